"""Mail drafts for the owners of a check that is done, as ``regsheet mail`` writes them, in one zip. Nothing is sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from regsheet.config import Config
from regsheet.errors import ConfigurationError
from regsheet.mail.addresses import read_mailbox
from regsheet.mail.contents import read_contents
from regsheet.mail.days import working_days_after
from regsheet.mail.drafts import Mailing, MailOptions, make_mailing, write_drafts
from regsheet.mail.wording import Wording
from regsheet.model.owners_list import OwnersList
from regsheet.web.work.checking import RESULT
from regsheet.web.work.downloads import ZIP, Downloads
from regsheet.web.work.given import configuration_of, owners_of
from regsheet.web.work.orders import Order
from regsheet.web.work.results import Download, Result
from regsheet.web.work.wording import words

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the zip: the same drafts give the same bytes."""


def mail(order: Order, say: Callable[[str], None]) -> None:
    """Write the drafts for every annotated workbook of the result, and offer them beside it."""
    say("mailing")
    folder = Path(order.folder)
    result = msgspec.json.decode((folder / RESULT).read_bytes(), type=Result)
    config, owners = configuration_of(order).config, owners_of(order)
    if owners is None:
        raise ConfigurationError(words("notices")["no_owners"])
    stream, said = io.BytesIO(), []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for download in result.downloads:
            if download.main:
                mailing = _mailing(folder, download, config, owners)
                said += [words("notices")["hidden"].format(what=sentence) for sentence in mailing.hidden]
                _pack(archive, folder, download, mailing)
    downloads = Downloads(folder, [one for one in result.downloads if one.media_type != ZIP])
    downloads.add(stream.getvalue(), "mail-drafts.zip", ZIP, "mail")
    notices = tuple(dict.fromkeys((*result.notices, *said)))
    found = msgspec.structs.replace(result, downloads=tuple(downloads.written), notices=notices)
    (folder / RESULT).write_bytes(msgspec.json.encode(found))


def _mailing(folder: Path, download: Download, config: Config, owners: OwnersList) -> Mailing:
    """The letters about one workbook. Templates of a team's own are files of this computer, and are not read here."""
    contents = replace(read_contents(folder / download.stored, config), path=Path(download.name))
    settings = config.mail
    options = MailOptions(
        reply_by=working_days_after(contents.as_of, settings.reply_days, settings.holidays),
        sender=read_mailbox(settings.sender) if settings.sender else None,
        team=read_mailbox(settings.assurance_team) if settings.assurance_team else None,
        wording=Wording(None, settings.subject),
    )
    return make_mailing(contents, owners, config, options)


def _pack(archive: zipfile.ZipFile, folder: Path, download: Download, mailing: Mailing) -> None:
    """Put the folder that the command line would write into the zip."""
    drafts = folder / f"drafts-{download.key}"
    drafts.mkdir(exist_ok=True)
    write_drafts(drafts, mailing.drafts, force=True)
    name = f"{Path(download.name).stem.removesuffix('.checked')}.mail"
    for path in sorted(drafts.iterdir()):
        archive.writestr(zipfile.ZipInfo(f"{name}/{path.name}", EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED)
        path.unlink()
    drafts.rmdir()
