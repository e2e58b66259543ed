"""One letter as an e-mail: RFC 5322 and MIME by the standard library, the same bytes for the same contents."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from regsheet.mail.letter import picture_name

POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "vnd.ms-excel.sheet.macroEnabled.12"
NO_DOMAIN = "regsheet.invalid"
HOUR = dt.time(9, tzinfo=dt.UTC)
HEADER_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A workbook that goes with a letter."""

    name: str
    content: bytes


def compose(
    sender: Address | None, to: Address | None, subject: str, text: str, html: str, pictures: Sequence[bytes],
    attachment: Attachment | None, day: dt.date,
) -> bytes:  # fmt: skip
    """An unsent draft, which a mail program opens ready to send. ``pictures`` may hold empty ones, which are left out.

    Without ``sender`` the mail program puts its own user there. Date, Message-ID and boundaries come from the day of
    the check and from the contents, never from a clock or chance.
    """
    parts = (str(sender), str(to), subject, text, html, *pictures, *((attachment.content,) if attachment else ()))
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "replace") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    key = digest.hexdigest()
    message = EmailMessage(policy=POLICY)
    if sender is not None:
        message["From"] = sender
    if to is not None:
        message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(dt.datetime.combine(day, HOUR))
    message["Message-ID"] = f"<{key[:40]}@{sender.domain if sender is not None else NO_DOMAIN}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    _add_pictures(message, pictures)
    if attachment is not None:
        subtype = XLSM if attachment.name.lower().endswith(".xlsm") else XLSX
        message.add_attachment(attachment.content, maintype="application", subtype=subtype, filename=attachment.name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{key[:32]}_{number}")
    return message.as_bytes()


def _add_pictures(message: EmailMessage, pictures: Sequence[bytes]) -> None:
    page = message.get_body(("html",))
    assert isinstance(page, EmailMessage)  # noqa: S101 - it was added just now
    for number, png in enumerate(pictures, 1):
        if png:
            name = picture_name(number)
            page.add_related(
                png, "image", "png", cid=f"<{name}@regsheet>", filename=f"{name}.png", disposition="inline"
            )


def as_sent(draft: bytes, moment: dt.datetime) -> bytes:
    """A draft as it is sent: dated with the moment of sending, no longer marked as unsent."""
    head, end, body = draft.partition(HEADER_END)
    head = re.sub(rb"(?im)^X-Unsent:[^\r\n]*\r\n", b"", head + b"\r\n").removesuffix(b"\r\n")
    dated = f"Date: {format_datetime(moment)}".encode()
    return re.sub(rb"(?im)^Date:[^\r\n]*", lambda _: dated, head, count=1) + end + body
