"""How the parts of a cell are spelled in a worksheet's XML, as XlsxWriter spells them."""

from __future__ import annotations

import re
from collections.abc import Sequence

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
LOOKS_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What a reader would take for an escaped character, so its underscore is escaped itself."""

SEPARATOR = "\x02"
"""Stands between texts that are looked at together; none that is printable has it."""

IN_ATTRIBUTE = '&<>"\n'
SHORT = 10**15
"""A whole number below it is spelled with all its figures."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def in_text(text: str) -> str:
    """A text as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_attribute(text: str) -> str:
    """A text as the value of an attribute."""
    if text.isalnum():
        return text
    return in_text(text).replace('"', "&quot;").replace("\n", "&#xA;")


def text_element(text: str) -> str:
    """A text that has been made printable (``texts.printable``), as the element that holds it in a cell."""
    return _element(LOOKS_ESCAPED.sub(r"_x005F\1", text) if "_x" in text else text)


def any_text_element(text: str) -> str:
    """The same for any text: control characters are escaped as Excel does."""
    return _element(CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", LOOKS_ESCAPED.sub(r"_x005F\1", text)))


def _element(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = in_text(text)
    if text[:1].isspace() or text[-1:].isspace():
        return f'<t xml:space="preserve">{text}</t>'
    return f"<t>{text}</t>"


BEFORE_TEXT, BEHIND_TEXT = ' t="inlineStr"><is><t>', "</t></is></c>"
"""What stands around most texts in a cell, from behind its look."""


def inline(text: str) -> str:
    """The rest of a cell, from behind its look, that holds this text itself; a blank cell for no text."""
    if text.isalnum():
        return f"{BEFORE_TEXT}{text}{BEHIND_TEXT}"
    return f' t="inlineStr"><is>{text_element(text)}</is></c>' if text else "/>"


def inline_together(texts: Sequence[str]) -> list[str]:
    """The same for many texts."""
    spelled = between_texts([text for text in texts if text])
    if spelled is None:
        return list(map(inline, texts))
    rests = (f"{BEFORE_TEXT}{text}{BEHIND_TEXT}" for text in spelled)
    return [next(rests) if text else "/>" for text in texts]


def between_texts(texts: Sequence[str]) -> Sequence[str] | None:
    """What stands between ``BEFORE_TEXT`` and ``BEHIND_TEXT`` for each of the texts; None unless that fits them all."""
    joined = SEPARATOR.join(texts)
    # Blanks around one text, or what looks escaped, sends all of them the long way.
    if "_x" in joined or not all(texts) or list(map(str.strip, texts)) != list(texts):
        return None
    return in_text(joined).split(SEPARATOR) if "&" in joined or "<" in joined or ">" in joined else texts


def in_attributes(texts: Sequence[str]) -> Sequence[str]:
    """Many texts as the values of attributes."""
    joined = "".join(texts)
    is_plain = not any(map(joined.__contains__, IN_ATTRIBUTE))
    return texts if is_plain else list(map(in_attribute, texts))


def formula(spelled: str, value: str | float) -> str:
    """The rest of a cell with a formula, spelled already (``in_text``), and what it gives now."""
    before, after = around_formula(value)
    return f"{before}{spelled}{after}"


def around_formula(value: str | float) -> tuple[str, str]:
    """What stands before and behind a formula, from behind the cell's look, for what it gives now."""
    if not isinstance(value, str):
        return "><f>", f"</f><v>{value}</v></c>"
    # A blank result makes some programs work it out at once; it has no type.
    kind = "" if not value else ' t="e"' if value in ERRORS else ' t="str"'
    return f"{kind}><f>", f"</f><v>{in_text(value)}</v></c>"


def array_formula(at: str, spelled: str, value: str | float) -> str:
    """The same for a formula that goes through areas, in the cell ``at``."""
    kind = "" if _reads_as_number(value) else ' t="str"'
    return f'{kind}><f t="array" ref="{at}">{spelled}</f><v>{in_text(str(value))}</v></c>'


def _reads_as_number(value: str | float) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def number(value: float) -> str:
    """The rest of a cell with a finite number."""
    if type(value) is int and -SHORT < value < SHORT:
        return f"><v>{value}</v></c>"
    return f"><v>{value:.16G}</v></c>"
