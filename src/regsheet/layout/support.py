"""How well the kinds of values below a heading fit each field: the weight of every kind, and their sum."""

from __future__ import annotations

from collections.abc import Mapping

from regsheet.layout.evidence import Profile

_SCORE = {
    "integer": 1.0,
    "number": 0.9,
    "fraction": 1.0,
    "percent": 1.0,
    "level": 1.0,
    "composite": 1.0,
    "letter": 0.9,
    "colour": 0.5,
    "short": 0.35,
    "phrase": 0.1,
    "money": 0.6,
    "identifier": 0.5,
    "status": 0.2,
    "error": 0.8,
    "time": 0.5,
}
_PROSE = {
    "long": 1.0,
    "short": 0.85,
    "phrase": 1.0,
    "role": 0.75,
    "response": 0.4,
    "status": 0.5,
    "level": 0.08,
    "colour": 0.1,
    "identifier": 0.5,
    "composite": 0.08,
    "time": 0.4,
    "kind": 0.3,
    "letter": 0.3,
    "date": 0.2,
    "percent": 0.1,
}
_DATES = {
    "date": 1.0,
    "time": 0.95,
    "short": 0.5,
    "phrase": 0.4,
    "long": 0.25,
    "number": 0.3,
    "integer": 0.15,
    "status": 0.3,
    "identifier": 0.4,
}
_PEOPLE = {
    "role": 1.0,
    "short": 1.0,
    "phrase": 0.65,
    "long": 0.45,
    "letter": 0.7,
    "identifier": 0.4,
    "time": 0.5,
    "colour": 0.4,
    "level": 0.15,
}
_STATE = {
    "status": 1.0,
    "colour": 0.75,
    "short": 0.7,
    "phrase": 0.5,
    "level": 0.45,
    "long": 0.4,
    "percent": 0.6,
    "response": 0.7,
    "fraction": 0.5,
    "letter": 0.7,
    "kind": 0.5,
    "time": 0.6,
    "date": 0.3,
    "role": 0.4,
}

SUPPORT: Mapping[str, Mapping[str, float]] = {
    "likelihood": _SCORE,
    "impact": _SCORE,
    "rating": {**_SCORE, "colour": 0.9, "short": 0.35, "phrase": 0.1},
    "band": {
        **_SCORE,
        "colour": 1.0,
        "integer": 0.2,
        "number": 0.15,
        "fraction": 0.15,
        "percent": 0.15,
        "short": 0.45,
        "phrase": 0.1,
        "money": 0.0,
    },
    "previous_rating": _SCORE,
    "ref": {
        "identifier": 1.0,
        "integer": 1.0,
        "short": 0.55,
        "phrase": 0.15,
        "number": 0.85,
        "fraction": 0.4,
        "letter": 0.8,
        "role": 0.5,
        "composite": 0.7,
        "date": 0.2,
        "level": 0.1,
        "long": 0.05,
    },
    "title": {**_PROSE, "short": 1.0, "kind": 0.6, "status": 0.6},
    "description": _PROSE,
    "cause": _PROSE,
    "consequence": _PROSE,
    "controls": _PROSE,
    "actions": {**_PROSE, "response": 0.25, "status": 0.3},
    "commentary": {**_PROSE, "short": 0.9, "status": 0.6, "date": 0.5, "time": 0.6},
    "objective": {**_PROSE, "identifier": 0.8, "integer": 0.5},
    "category": {
        "short": 1.0,
        "phrase": 0.75,
        "role": 1.0,
        "level": 0.2,
        "long": 0.4,
        "kind": 0.5,
        "identifier": 0.6,
        "letter": 0.7,
        "response": 0.5,
        "status": 0.5,
        "composite": 0.5,
        "integer": 0.3,
    },
    "action_date": _DATES,
    "review_date": _DATES,
    "next_review_date": _DATES,
    "identified_date": _DATES,
    "owner": _PEOPLE,
    "action_owner": _PEOPLE,
    "response": {
        "response": 1.0,
        "short": 0.65,
        "phrase": 0.3,
        "status": 0.8,
        "long": 0.05,
        "role": 0.4,
        "letter": 0.6,
        "integer": 0.3,
    },
    "status": _STATE,
    "action_status": {**_STATE, "long": 0.6, "colour": 0.9},
    "direction_of_travel": {
        "arrow": 1.0,
        "letter": 1.0,
        "short": 0.8,
        "phrase": 0.5,
        "status": 0.6,
        "colour": 0.6,
        "integer": 0.4,
        "long": 0.2,
    },
    "appetite": {**_SCORE, "short": 0.8, "phrase": 0.6, "long": 0.4},
    "proximity": {**_SCORE, "date": 0.8, "short": 1.0, "phrase": 0.7, "time": 1.0},
}


def support(name: str, found: Profile) -> float:
    """How well the values below fit a field, 0 to 1. Without values, nothing speaks against it."""
    if not found.filled:
        return 0.85
    weights = SUPPORT.get(name)
    if weights is None:
        return 0.8
    return sum(weights.get(kind, 0.0) * count for kind, count in found.kinds.items()) / found.filled
