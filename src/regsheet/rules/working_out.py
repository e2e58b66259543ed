"""What rules work out about a register, once for all of them, for as long as it is checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from regsheet.model.register import Register
from regsheet.remembered import forgotten_with_registers

Item = TypeVar("Item")
About = Callable[[Register, str], Item]
"""Works something out about a register: about the field or the stage of that name."""

_Known = WeakKeyDictionary[Register, dict[str, Any]]
_handed_on: list[tuple[_Known, frozenset[str]]] = []


def kept(work: About[Item], fields: Collection[str] = ()) -> About[Item]:
    """What is worked out once and changed by nobody. ``fields``: what it follows from, where not from one field."""
    known: _Known = WeakKeyDictionary()
    forgotten_with_registers(known.clear)
    _handed_on.append((known, frozenset(fields)))

    @wraps(work)
    def ask(register: Register, about: str) -> Item:
        found = known.get(register)
        if found is None:
            found = known[register] = {}
        if about not in found:
            found[about] = work(register, about)
        answer: Item = found[about]
        return answer

    return ask


def worked_out_once(work: About[Sequence[Item]], fields: Collection[str] = ()) -> About[list[Item]]:
    """The same of a list: whoever asks gets a list of its own."""
    known = kept(work, fields)

    @wraps(work)
    def ask(register: Register, about: str) -> list[Item]:
        return list(known(register, about))

    return ask


def worked_out_from(*fields: str) -> Callable[[About[Sequence[Item]]], About[list[Item]]]:
    """The same of a list that follows from these fields together."""
    return lambda work: worked_out_once(work, fields)


def hand_on(then: Register, now: Register, same: Collection[str]) -> None:
    """What was worked out about a register holds of what corrections made of it, as far as these fields are the same.

    What was worked out about a stage is worked out again. What is about several fields names them with spaces between.
    """
    alike = frozenset(same)
    for known, fields in _handed_on:
        found = {about: answer for about, answer in known.get(then, {}).items()
                 if alike.issuperset(fields or about.split() or (about,))}  # fmt: skip
        if found and then is not now:
            known.setdefault(now, {}).update(found)
