"""Every letter of one mailing, and the folder that the drafts are written to."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from pathlib import Path

from regsheet.config import Config
from regsheet.errors import OutputError
from regsheet.mail.addresses import mailbox
from regsheet.mail.attached import Copies
from regsheet.mail.contents import Contents
from regsheet.mail.letter import Kind, letter_for
from regsheet.mail.message import Attachment, compose
from regsheet.mail.names import free_name, safe_name
from regsheet.mail.recipients import Share, shares
from regsheet.mail.wording import Wording
from regsheet.model.owners_list import OwnersList
from regsheet.package import write_whole
from regsheet.reports.csv_report import inert
from regsheet.reports.screen import printable
from regsheet.rules.base import Context
from regsheet.rules.hygiene.hidden_content import HiddenContent

LIST = "drafts.csv"
HEADINGS = ("File", "To", "Name", "Role", "Subject", "Findings", "SHA-256")
TEAM = "Assurance team"
NOT_OURS = (
    "{path} is not a draft of regsheet's any more, or has been changed since regsheet wrote it; "
    "move it away, name another folder with -o, or use --force to replace it."
)
NO_FOLDER = "The drafts cannot be written to {folder}: {error}. Name another folder with -o."
NO_LIST = "The list of drafts {path} cannot be read; move it away, or name another folder with -o."


@dataclass(frozen=True, slots=True)
class MailOptions:
    """How a mailing is made. Without ``sender`` the mail program that opens a draft fills the sender in."""

    reply_by: dt.date
    sender: Address | None = None
    team: Address | None = None
    wording: Wording = field(default_factory=Wording)
    everybody: bool = False
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsent message. ``to`` is empty where the assurance team has no address; ``findings`` leaves out waived ones.

    ``sha256`` is that of ``content``, by which a message is known again.
    """

    file_name: str
    kind: Kind
    to: str
    name: str
    role: str
    subject: str
    findings: int
    reasons: tuple[str, ...]
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """The drafts, what redaction dropped from the attached workbooks, and what is hidden in them still."""

    drafts: tuple[Draft, ...]
    dropped: tuple[str, ...]
    hidden: tuple[str, ...]


def make_mailing(contents: Contents, owners: OwnersList, config: Config, options: MailOptions) -> Mailing:
    """Write every letter. The same contents and options give the same bytes."""
    copies = Copies(contents, redacted=options.redacted)
    taken: set[str] = set()
    drafts = []
    for share in shares(contents, owners, everybody=options.everybody):
        draft = _draft(contents, share, copies, options, taken)
        taken.add(draft.file_name.casefold())
        drafts.append(draft)
    return Mailing(tuple(drafts), copies.said, tuple(hidden_content(contents, config, seen_only=options.redacted)))


def hidden_content(contents: Contents, config: Config, *, seen_only: bool = False) -> Iterator[str]:
    """What rule HY004 says of the workbook, a sentence each; ``seen_only``: of sheets that are seen."""
    if contents.book is None:
        return
    states = {sheet.name: sheet.state for sheet in contents.book.grid.sheets}
    for finding in HiddenContent().check(Context(contents.book, config, contents.as_of)):
        if not seen_only or states.get(finding.sheet) == "visible":
            where = f"{finding.sheet}: " if finding.cell else ""
            yield f"{where}{finding.message[:1].upper() if not where else finding.message[:1]}{finding.message[1:]}"


def _draft(contents: Contents, share: Share, copies: Copies, options: MailOptions, taken: set[str]) -> Draft:
    person = share.person
    called = TEAM if person is None else ", ".join(dict.fromkeys(part for part in (person.name, person.role) if part))
    findings = sum(not finding.is_waived for finding in share.findings)
    attachment = None
    if findings:
        name = safe_name(f"{contents.path.stem} {TEAM if person is None else person.called}", plain=True)
        attachment = Attachment(f"{name}{contents.path.suffix.lower()}", copies.for_owners(share.owners))
    letter, maps = letter_for(
        contents, share, sender=options.sender.display_name if options.sender else "",
        attachment=attachment.name if attachment else "", reply_by=options.reply_by,
    )  # fmt: skip
    subject, text, html = options.wording.write(letter)
    to = options.team or options.sender if person is None else mailbox(person.name or person.role, person.address)
    pictures = [one.png for one in maps]
    content = compose(options.sender, to, subject, text, html, pictures, attachment, contents.as_of)
    return Draft(
        file_name=free_name(safe_name(called), ".eml", taken),
        kind=letter.kind,
        to=to.addr_spec if to is not None else "",
        name=TEAM if person is None else person.called,
        role="" if person is None else person.role,
        subject=subject,
        findings=findings,
        reasons=tuple(f"{reason.told} ({number})" for reason, number in share.reasons.items()),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


# -- the folder --------------------------------------------------------------------------------------------------


def write_drafts(folder: Path, drafts: Sequence[Draft], *, force: bool = False) -> None:
    """Write the drafts and a list of them; drafts of an earlier run that are not needed any more are removed.

    Raises ``OutputError`` before anything is written where a file stands that regsheet did not write, or that was
    changed since, and ``force`` is not given.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(NO_FOLDER.format(folder=folder, error=error.strerror or error)) from error
    earlier = _listed(folder / LIST)
    for draft in drafts:
        path = folder / draft.file_name
        known = {draft.sha256, earlier.get(draft.file_name.casefold())}
        if not force and path.exists() and _hash(path) not in known:
            raise OutputError(NOT_OURS.format(path=path))
    for draft in drafts:
        write_whole(folder / draft.file_name, draft.content)
    _remove_old(folder, earlier, {draft.file_name.casefold() for draft in drafts})
    write_whole(folder / LIST, _list(drafts).encode("utf-8-sig"))


def _remove_old(folder: Path, earlier: dict[str, str], needed: set[str]) -> None:
    """Remove drafts of an earlier run that nobody needs, as long as they are as they were written."""
    for path in sorted(folder.iterdir()):
        name = path.name.casefold()
        if name not in needed and name in earlier and path.is_file() and _hash(path) == earlier[name]:
            path.unlink()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _list(drafts: Sequence[Draft]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for draft in drafts:
        texts = (draft.file_name, draft.to, draft.name, draft.role, draft.subject, str(draft.findings), draft.sha256)
        writer.writerow([inert(printable(text)) for text in texts])
    return out.getvalue()


def _listed(path: Path) -> dict[str, str]:
    """The drafts of an earlier run: name in lower case to hash."""
    if not path.exists():
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        return {row["File"].removeprefix("'").casefold(): row["SHA-256"] for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
        raise OutputError(NO_LIST.format(path=path)) from error
