"""Addresses and texts of headers: nothing that comes from a list or a workbook can add a header or a recipient."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address
from email.utils import parseaddr

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
AMBIGUOUS = set("ßς\u200c\u200d")
"""Letters that the two standards for domain names write differently: the mail might go to somebody else's domain."""

LONGEST_LOCAL, LONGEST_DOMAIN, LONGEST_TEXT = 64, 253, 300


def usable_address(text: str) -> str | None:
    """One plain address, a domain of other letters in its ASCII form; None where the text is not exactly one.

    A letter outside ASCII before the ``@`` is not usable: most mail servers do not take it.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or len(local) > LONGEST_LOCAL or LOCAL.fullmatch(local) is None:
        return None
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if AMBIGUOUS & set(domain):
        return None
    labels = plain.split(".")
    if len(plain) > LONGEST_DOMAIN or len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        return None
    return f"{local}@{plain.lower()}"


def header_text(text: str) -> str:
    """A text fit for a header: on one line, nothing invisible, nothing that a mail program would decode."""
    visible = "".join(" " if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else letter
                      for letter in text)  # fmt: skip
    line = " ".join(visible.split())
    # "=?…?=" would be decoded by whoever reads it, line ends in it and all.
    line = line.replace("=?", "= ?").replace("?=", "? =")
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def mailbox(name: str, address: str) -> Address:
    """A name and a usable address for a header. A quotation mark or backslash in the name is left out."""
    return Address(header_text(name).replace('"', "'").replace("\\", "/"), addr_spec=address)


def read_mailbox(text: str) -> Address | None:
    """``Risk and Assurance <assurance@council.example>`` or a bare address; None where it is neither."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        return None
    found = re.fullmatch(r"\s*(.*?)\s*<([^<>]+)>\s*", text)
    name, address = (found[1].strip().strip('"'), found[2]) if found else ("", parseaddr(text)[1] or text)
    usable = usable_address(address)
    if usable is None or (not found and usable_address(text) is None):
        return None
    return mailbox(name, usable)
