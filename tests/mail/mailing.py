"""Short ways to what these tests look at."""

import datetime as dt
import email
import io
import warnings
from email import policy
from email.headerregistry import Address

import openpyxl

from regsheet.config import Config
from regsheet.mail.contents import read_contents
from regsheet.mail.drafts import MailOptions, make_mailing
from regsheet.model.owners_list import Owner, OwnersList

STRICT = policy.SMTP.clone(raise_on_defect=True)
REPLY_BY = dt.date(2025, 1, 15)
SENDER = Address("Assurance", addr_spec="assurance@council.example")


def people(*owners):
    """An owners list."""
    return OwnersList(tuple(Owner(**owner) if isinstance(owner, dict) else owner for owner in owners))


PROPERTY = Owner("Head of Property", "Jo Wren", "jo.wren@council.example")


def drafts_of(path, owners=None, config=None, **more):
    """The drafts for an annotated workbook, by address."""
    options = MailOptions(**{"reply_by": REPLY_BY, "sender": SENDER, **more})
    config = config or Config()
    mailing = make_mailing(read_contents(path, config), owners or people(PROPERTY), config, options)
    return {draft.to: draft for draft in mailing.drafts}


def parsed(draft):
    """A draft as a strict parser reads it."""
    return email.message_from_bytes(draft.content if hasattr(draft, "content") else draft, policy=STRICT)


def text_of(draft, kind="plain"):
    return parsed(draft).get_body((kind,)).get_content()


def attached(draft):
    """The attached workbook's bytes."""
    (part,) = parsed(draft).iter_attachments()
    return part.get_content()


def opened(data):
    """A workbook's bytes, or the file at a path, as openpyxl reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl does not know
        return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)


def sheet_of(data, name="Findings"):
    return opened(data)[name]
