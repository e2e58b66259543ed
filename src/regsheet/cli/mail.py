"""``regsheet mail``: a draft for each head of service who has findings, and if asked for, the sending of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regsheet.cli.options import Day, config_option, workbook_argument

if TYPE_CHECKING:
    from email.headerregistry import Address

    from regsheet.config import LoadedConfig
    from regsheet.mail.contents import Contents
    from regsheet.mail.drafts import Draft, Mailing, MailOptions
    from regsheet.mail.sending import Sender
    from regsheet.model.owners_list import OwnersList

FAILED = 2
NO_OWNERS = (
    "There is no owners list, so nobody's address is known; name one with --owners, or as owners in regsheet.toml "
    "('regsheet template owners' writes a blank one)."
)
NOT_AN_ADDRESS = "{text!r} is not an e-mail address; write it as “Risk and Assurance <assurance@council.example>”."
NO_SENDER = "Nothing is sent without a sender; name one with --from, or as from under [mail] in regsheet.toml."
TOO_EARLY = "The day to reply by, {day}, is not after the day of the check, {as_of}; give a later one with --reply-by."


@click.command()
@workbook_argument
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Where the drafts go.  [default: NAME.mail beside the workbook]")  # fmt: skip
@click.option("--owners", type=click.Path(path_type=Path), metavar="FILE",
              help="The owners list, .csv or .xlsx.  [default: the one named in regsheet.toml]")  # fmt: skip
@config_option
@click.option("--from", "sender", metavar="ADDRESS", help="Who the mail is from.  [default: from under [mail]]")
@click.option("--reply-by", type=Day(), metavar="DATE",
              help="The day to reply by.  [default: 10 working days after the check]")  # fmt: skip
@click.option("--all", "everybody", is_flag=True, help="Also tell those who have nothing to do.")
@click.option("--redact", is_flag=True, help="Drop hidden sheets, other people's notes, properties and links from the "
              "attached workbooks.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show who gets what.")
@click.option("--force", is_flag=True, help="Replace drafts that somebody has changed.")
@click.option("--send", is_flag=True, help="Send the mail, and log what became of each message.")
@click.option("--smtp", metavar="HOST:PORT", help="The mail server: TLS on port 465, STARTTLS on any other. User and "
              "password come from REGSHEET_SMTP_USER and REGSHEET_SMTP_PASSWORD, or from the keyring.")  # fmt: skip
@click.option("--ca-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The certificate to check the mail server by.  [default: the computer's]")  # fmt: skip
@click.option("--insecure-plain", is_flag=True, help="Send without encryption, to a server on this computer only.")
def command(
    workbook: Path,
    folder: Path | None,
    owners: Path | None,
    config_path: Path | None,
    sender: str | None,
    reply_by: dt.date | None,
    everybody: bool,
    redact: bool,
    dry_run: bool,
    force: bool,
    send: bool,
    smtp: str | None,
    ca_file: Path | None,
    insecure_plain: bool,
) -> None:
    """Write a draft e-mail for each head of service in WORKBOOK.checked.xlsx who has findings.

    WORKBOOK is an annotated workbook. Each draft says what is wrong with that person's risks, what to do and by when,
    and has the workbook attached. Nothing is sent without --send.
    """
    from regsheet.cli.output import working
    from regsheet.config import find_config, load_config
    from regsheet.errors import ConfigurationError
    from regsheet.mail.contents import read_contents
    from regsheet.mail.drafts import make_mailing, write_drafts
    from regsheet.mail.server import server_of
    from regsheet.reports.screen import say

    if send and not smtp:
        raise click.UsageError("--send needs --smtp HOST:PORT, the server to hand the mail to.")
    loaded = load_config(config_path or find_config(workbook))
    server = server_of(smtp, ca_file=ca_file, plain=insecure_plain) if send and smtp and not dry_run else None
    with working(workbook.name):
        listed = _owners(loaded, owners)
        contents = read_contents(workbook, loaded.config)
        options = _options(loaded, contents, sender, reply_by, everybody=everybody, redacted=redact)
        if server is not None and options.sender is None:
            raise ConfigurationError(NO_SENDER)
        mailing = make_mailing(contents, listed, loaded.config, options)
    for remark in contents.remarks:
        say(f"The workbook was edited since it was annotated. {remark}")
    _tell(mailing, redact=redact)
    if dry_run:
        say("This was a dry run: nothing was written and nothing was sent.")
        return
    target = folder or workbook.with_name(f"{workbook.stem.removesuffix('.checked')}.mail")
    write_drafts(target, mailing.drafts, force=force)
    count = len(mailing.drafts)
    say(f"Wrote {count} draft{'' if count == 1 else 's'} to {target}.")
    if options.sender is None:
        say("No sender is set (from under [mail] in regsheet.toml): your mail program will put you there.")
    if server is not None and options.sender is not None:
        from regsheet.mail.sending import Sender

        _send(Sender(server, options.sender.addr_spec, target), mailing.drafts)


def _owners(loaded: LoadedConfig, path: Path | None) -> OwnersList:
    from regsheet.errors import ConfigurationError
    from regsheet.pipeline import Options, load_owners

    found = load_owners(Options(configuration=loaded, owners=path))
    if found is None:
        raise ConfigurationError(NO_OWNERS)
    return found


def _options(
    loaded: LoadedConfig, contents: Contents, sender: str | None, reply_by: dt.date | None, *, everybody: bool,
    redacted: bool,
) -> MailOptions:  # fmt: skip
    from regsheet.errors import ConfigurationError
    from regsheet.mail.days import working_days_after
    from regsheet.mail.drafts import MailOptions
    from regsheet.mail.wording import Wording

    settings = loaded.config.mail
    if reply_by is not None and reply_by <= contents.as_of:
        raise ConfigurationError(TOO_EARLY.format(day=reply_by, as_of=contents.as_of))
    folder = None
    if settings.templates and loaded.path is not None:
        folder = loaded.path.parent / settings.templates
    return MailOptions(
        reply_by=reply_by or working_days_after(contents.as_of, settings.reply_days, settings.holidays),
        sender=_address(sender or settings.sender),
        team=_address(settings.assurance_team),
        wording=Wording(folder, settings.subject),
        everybody=everybody,
        redacted=redacted,
    )


def _address(text: str) -> Address | None:
    from regsheet.errors import ConfigurationError
    from regsheet.mail.addresses import read_mailbox

    if not text:
        return None
    found = read_mailbox(text)
    if found is None:
        raise ConfigurationError(NOT_AN_ADDRESS.format(text=text))
    return found


def _tell(mailing: Mailing, *, redact: bool) -> None:
    """Who gets what, and what the attached workbooks hold."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from regsheet.reports.screen import Screen, say

    table = Table("To", "Findings", "Why it goes there", box=box.SIMPLE)
    table.columns[0].overflow = "fold"
    table.columns[0].min_width = min(max((len(draft.to) for draft in mailing.drafts), default=10), 44)
    table.columns[1].justify = "right"
    for draft in mailing.drafts:
        whom = ", ".join(dict.fromkeys(part for part in (draft.name, draft.role) if part))
        address = draft.to or "(no address)"
        texts = (f"{whom}\n{address}", str(draft.findings or "none"), "\n".join(draft.reasons))
        table.add_row(*map(Text, texts))
    if mailing.drafts:
        Screen().print(table)
    else:
        say("Nobody has a finding, so there is nothing to mail.")
    for sentence in mailing.dropped:
        say(f"Attached workbooks: {sentence}")
    for sentence in mailing.hidden:
        say(f"Warning: everybody who gets the workbook also gets what is hidden in it. {sentence} (HY004)"
            + ("" if redact else " --redact drops hidden sheets."))  # fmt: skip


def _send(sender: Sender, drafts: tuple[Draft, ...]) -> None:
    from collections import Counter
    from itertools import groupby

    from regsheet.mail.sending import LOG
    from regsheet.reports.screen import say

    results: Counter[str] = Counter()
    for answer, alike in groupby(sender.send(drafts), key=lambda sent: sent.answer):
        for sent in alike:
            results[sent.result] += 1
            whom = f"{sent.draft.name} <{sent.draft.to}>" if sent.draft.to else sent.draft.name
            say(f"{whom}: {sent.result}")
        if answer:  # once for all whom it concerns
            say(f"  {answer}")
    say(", ".join(f"{number} {result}" for result, number in results.items()) + f". Each is in {LOG}.")
    if set(results) - {"sent", "sent before"}:
        say("Run the same command again to send what was not sent.")
        click.get_current_context().exit(FAILED)
