"""Sending: every message by itself, each result written down at once, and nothing sent twice."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from regsheet.errors import OutputError
from regsheet.mail.drafts import Draft
from regsheet.mail.message import as_sent
from regsheet.mail.server import NotLetInError, Server
from regsheet.reports.csv_report import inert
from regsheet.reports.screen import printable

LOG = "sent.csv"
HEADINGS = ("Time", "File", "To", "Subject", "SHA-256", "Result", "Answer")
PAUSES = (20.0, 60.0, 120.0)
"""Seconds before what a server put off is tried again: greylisting asks for a minute or so."""

Result = Literal["sent", "sent before", "refused", "try again later", "not sent"]
NO_ADDRESS = "there is no address to send it to; set assurance_team or from under [mail]"
DROPPED = "the connection was dropped"
BAD_LOG = (
    "The log of what was sent, {path}, cannot be read, so nothing was sent: somebody might get mail twice. "
    "Put it right, or move it away to send everything again."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message; ``answer`` is what the server said, or why it was not asked."""

    draft: Draft
    result: Result
    answer: str = ""


class Sender:
    """Sends drafts over one connection, made again when it breaks."""

    def __init__(
        self, server: Server, sender: str, folder: Path, *, pauses: Sequence[float] = PAUSES,
        pause: Callable[[float], None] = time.sleep, now: Callable[[], dt.datetime] | None = None,
    ) -> None:  # fmt: skip
        """``sender`` is the address that mail comes from, ``folder`` holds the log."""
        self._server = server
        self._from = sender
        self._log = folder / LOG
        self._pauses = pauses
        self._pause = pause
        self._now = now or (lambda: dt.datetime.now(dt.UTC).astimezone())
        self._connection: smtplib.SMTP | None = None

    def send(self, drafts: Sequence[Draft]) -> Iterator[Sent]:
        """Send what was not sent before, and say of each message what became of it, when that is known."""
        done = sent_before(self._log)
        yield from (Sent(draft, "sent before") for draft in drafts if draft.sha256 in done)
        waiting = [draft for draft in drafts if draft.sha256 not in done and draft.to]
        nowhere = [draft for draft in drafts if draft.sha256 not in done and not draft.to]
        yield from (self._noted(Sent(draft, "not sent", NO_ADDRESS)) for draft in nowhere)
        try:
            if waiting:
                yield from self._send_all(waiting)
        finally:
            self._close()

    def _send_all(self, waiting: list[Draft]) -> Iterator[Sent]:
        try:
            self._connection = self._server.connect()
        except OutputError as error:
            yield from (self._noted(Sent(draft, "not sent", str(error))) for draft in waiting)
            return
        put_off: list[Sent] = []
        for number in range(len(self._pauses) + 1):
            if number:
                self._pause(self._pauses[number - 1])
            put_off = []
            for place, draft in enumerate(waiting):
                try:
                    sent = self._try(draft)
                except NotLetInError as error:
                    yield from (self._noted(Sent(left, "not sent", str(error))) for left in waiting[place:])
                    yield from (self._noted(sent) for sent in put_off)
                    return
                if sent.result == "try again later":
                    put_off.append(sent)
                else:
                    yield self._noted(sent)
            waiting = [sent.draft for sent in put_off]
            if not waiting:
                return
        yield from (self._noted(sent) for sent in put_off)

    def _try(self, draft: Draft) -> Sent:
        """Hand one message in; where the connection breaks, once more over a new one."""
        sent = Sent(draft, "try again later", DROPPED)
        for _ in range(2):
            try:
                if self._connection is None:
                    self._connection = self._server.connect()
                sent = self._hand_in(self._connection, draft)
            except NotLetInError:
                raise
            except OutputError as error:
                return Sent(draft, "try again later", str(error))
            except (smtplib.SMTPServerDisconnected, OSError):
                self._close()
                continue
            return sent
        return sent

    def _hand_in(self, connection: smtplib.SMTP, draft: Draft) -> Sent:
        try:
            connection.sendmail(self._from, [draft.to], as_sent(draft.content, self._now()))
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return self._refused(draft, code, text)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPResponseException as error:
            return self._refused(draft, error.smtp_code, error.smtp_error)
        except smtplib.SMTPException as error:
            return Sent(draft, "refused", " ".join(str(error).split()))
        return Sent(draft, "sent")

    def _refused(self, draft: Draft, code: int, text: bytes | str) -> Sent:
        """A code of 400 to 499 asks to come again, one from 500 on is final."""
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        if code == 421:  # the server says so before it hangs up
            self._close()
        result: Result = "try again later" if 400 <= code < 500 else "refused"
        return Sent(draft, result, f"{code} {' '.join(words.split())}")

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _noted(self, sent: Sent) -> Sent:
        """Write a result into the log, down to the disk."""
        new = not self._log.exists()
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        if new:
            writer.writerow(HEADINGS)
        draft = sent.draft
        texts = (self._now().isoformat(timespec="seconds"), draft.file_name, draft.to, draft.subject, draft.sha256,
                 sent.result, sent.answer)  # fmt: skip
        writer.writerow([inert(printable(text)) for text in texts])
        try:
            with self._log.open("ab") as stream:
                stream.write(out.getvalue().encode("utf-8-sig" if new else "utf-8", "replace"))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise OutputError(f"The log {self._log} cannot be written: {error.strerror or error}.") from error
        return sent


def sent_before(log: Path) -> set[str]:
    """The hashes of the messages that the log has as sent. Raises ``OutputError`` where it cannot be read."""
    if not log.exists():
        return set()
    try:
        rows = list(csv.DictReader(io.StringIO(log.read_text("utf-8-sig"))))
        return {row["SHA-256"] for row in rows if row["Result"] == "sent"}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise OutputError(BAD_LOG.format(path=log)) from error
