"""What each file is, told from what it holds: register, map, last quarter's register, owners list, configuration."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from regsheet.config import load_config
from regsheet.errors import LayoutError, RegsheetError
from regsheet.limits import MAX_CONFIGURATION_BYTES
from regsheet.model.book import Book
from regsheet.model.owners_list import read_owners
from regsheet.model.previous import pair_with_previous
from regsheet.model.register import Register
from regsheet.pipeline import understand
from regsheet.reports.wording import counted
from regsheet.web.work.given import configuration_of, open_given, under_their_names
from regsheet.web.work.orders import GivenFile, Order, Role

SHARED_RISKS = 0.5
"""From this share of risks on that stand in two registers, one is taken for an earlier state of the other."""


class Recognised(msgspec.Struct, frozen=True):
    """What a file was taken for, and why in a few words; ``refusal`` is the sentence where it cannot be read at all."""

    role: Role
    seen: str
    refusal: str = ""


@dataclass(slots=True)
class _Look:
    given: GivenFile
    found: Recognised
    book: Book | None = None


def recognise(order: Order) -> list[Recognised]:
    """What each of the order's workbooks is. Nothing is refused here: what cannot be read is said file by file."""
    folder = Path(order.folder)
    order = msgspec.structs.replace(order, config=_configuration_among(order))
    looks = [_look(given, order, folder) for given in order.workbooks]
    _find_last_quarter(looks)
    return [look.found for look in looks]


def _configuration_among(order: Order) -> GivenFile | None:
    """The configuration among the files: it may say how the others are to be read."""
    return next((given for given in order.workbooks if _is_configuration(Path(order.folder, given.stored))), None)


def _is_configuration(path: Path) -> bool:
    """Whether a file is written in TOML; one of no keys at all is not."""
    if path.suffix == ".toml":
        return True
    if path.stat().st_size > MAX_CONFIGURATION_BYTES:
        return False
    try:
        return bool(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return False


def _look(given: GivenFile, order: Order, folder: Path) -> _Look:
    with_it = msgspec.structs.replace(order, workbooks=(given,))
    try:
        with under_their_names(with_it):
            if _is_configuration(folder / given.stored):
                load_config(folder / given.stored)
                return _Look(given, Recognised("config", "Configuration"))
            return _look_into(given, with_it, folder)
    except RegsheetError as error:
        role: Role = "config" if _is_configuration(folder / given.stored) else "ignore"
        return _Look(given, Recognised(role, "Cannot be used", str(error)))


def _look_into(given: GivenFile, order: Order, folder: Path) -> _Look:
    opened = open_given(given, folder)
    try:
        config = configuration_of(order).config
    except RegsheetError:  # said of the configuration itself
        config = load_config(None).config
    try:
        book = understand(opened, config)
    except LayoutError as refusal:
        try:
            owners = read_owners(opened.grid, given.name)
        except RegsheetError:
            raise refusal from None
        return _Look(given, Recognised("owners", f"Owners list: {counted(len(owners.owners), 'post')}"))
    return _Look(given, Recognised("register" if book.registers else "map", _seen(book)), book)


def _seen(book: Book) -> str:
    risks = sum(register.table.n_risks for register in book.registers)
    items = sum(len(one.frame) for one in book.maps)
    parts = []
    if book.registers:
        parts.append(f"Risk register: {counted(risks, 'risk')}")
    if book.maps:
        parts.append(f"{'assurance' if parts else 'Assurance'} map: {counted(items, 'item')} of assurance")
    return ", ".join(parts)


def _find_last_quarter(looks: Sequence[_Look]) -> None:
    """Of two registers with mostly the same risks, the one that was reviewed earlier is last quarter's."""
    registers = [look for look in looks if look.book is not None and look.book.registers]
    for look in registers:
        for other in registers:
            if look is not other and "register" == look.found.role == other.found.role and _is_earlier(look, other):
                seen = f"{look.found.seen}; earlier than {other.given.name}"
                look.found = Recognised("previous", seen)


def _is_earlier(look: _Look, other: _Look) -> bool:
    assert look.book is not None  # noqa: S101 - registers have been read
    assert other.book is not None  # noqa: S101
    days, later = _days(look.book.registers), _days(other.book.registers)
    if not (days and later and days < later):
        return False
    pairings = [pair_with_previous(register, look.book) for register in other.book.registers]
    paired = sum(len(pairing.pairs) for pairing in pairings if pairing is not None)
    risks = min(sum(r.count for r in book.registers) for book in (look.book, other.book))
    return paired >= SHARED_RISKS * max(risks, 1)


def _days(registers: Sequence[Register]) -> tuple[int, ...]:
    """When registers were last worked on: the median day of their reviews, else of their actions' dates."""
    medians = []
    for field in ("review_date", "next_review_date", "action_date"):
        days = sorted(
            day.toordinal() for register in registers if register.has(field)
            for day in register.frame[field].dropna().dt.date
        )  # fmt: skip
        medians.append(days[len(days) // 2] if days else 0)
    return tuple(medians) if any(medians) else ()
