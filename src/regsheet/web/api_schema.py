"""What the OpenAPI description says of the API: fields of the forms, and the shapes of the answers."""

from __future__ import annotations

from typing import Any

from regsheet.web.problems import PROBLEM_TYPE
from regsheet.web.work.downloads import XLSM, XLSX

_BINARY = {"type": "string", "format": "binary"}
_FIELDS: dict[str, dict[str, Any]] = {
    "file": {**_BINARY, "description": "The workbook."},
    "other": {"type": "array", "items": _BINARY, "description": "Other workbooks of the organisation that are checked "
              "in the same run, such as its assurance map. Nothing of them is given back."},
    "previous": {**_BINARY, "description": "Last quarter's workbook."},
    "owners": {**_BINARY, "description": "The owners list, .csv or .xlsx."},
    "config": {**_BINARY, "description": "A regsheet.toml. The owners list that it names has to be sent as well."},
    "as_of": {"type": "string", "format": "date", "description": "The day that counts as today. Default: today."},
    "select": {"type": "string", "description": "Run only these rules: codes or families, SC001,DT."},
    "ignore": {"type": "string", "description": "Leave these rules out."},
    "no_corrections": {"type": "boolean", "description": "Annotate, but correct no cell.", "default": False},
    "apply_suggestions": {"type": "boolean", "description": "Also make the corrections that are only suggested.",
                          "default": False},
}  # fmt: skip
_CHECKING = ("file", "other", "previous", "owners", "config", "as_of", "select", "ignore")

OPTIONS: dict[str, tuple[str, ...]] = {
    "inspect": ("file", "config"),
    "check": _CHECKING,
    "annotate": (*_CHECKING, "no_corrections", "apply_suggestions"),
}
"""The fields that each operation takes."""


def _form(operation: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["file"],
        "properties": {name: _FIELDS[name] for name in OPTIONS[operation]},
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


FORMS = {operation: _form(operation) for operation in OPTIONS}

_TEXT, _MAYBE = {"type": "string"}, {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


_LAYOUT = _object(
    file=_TEXT,
    tables={"type": "array", "items": _object(
        sheet=_TEXT, kind={"enum": ["register", "assurance-map", "scale", "matrix"]},
        header_rows={"type": "array", "items": {"type": "integer"}}, first_row={"type": ["integer", "null"]},
        last_row={"type": ["integer", "null"]}, n_risks={"type": "integer"},
        columns={"type": "object", "additionalProperties": _TEXT},
        unmapped={"type": "object", "additionalProperties": _TEXT}, scale={"type": "object"}, rating_rule=_TEXT,
        bands={"type": "array", "items": {"type": "array"}}, secondary={"type": "boolean"},
        confidence={"type": "number"}, column_confidence={"type": "object", "additionalProperties": {"type": "number"}},
        reasons=_TEXTS, unreadable={"type": "array", "items": {"type": "object"}},
    )},
)  # fmt: skip
_FINDING = _object(
    code=_TEXT, name=_TEXT, severity={"enum": ["error", "warning", "note"]}, sheet=_TEXT, cell=_MAYBE, ref=_MAYBE,
    title=_MAYBE, field=_MAYBE, owner=_MAYBE, value={}, message=_TEXT, advice=_TEXT,
    correction={"type": ["object", "null"]},
    status={"enum": ["open", "corrected", "correctable", "suggested", "waived"]},
)  # fmt: skip
_FINDINGS = _object(
    file=_TEXT, version=_TEXT, as_of={"type": "string", "format": "date"}, configuration=_TEXT,
    scoring={"type": "object"}, findings={"type": "array", "items": _FINDING},
    not_run={"type": "array", "items": _object(code=_TEXT, why=_TEXT)}, remarks=_TEXTS,
)  # fmt: skip
_PROBLEM = _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT)
_PROBLEM["properties"]["error"] = {"type": "string", "description": "The kind of refusal, as LayoutError."}

LAYOUT = {"description": "How the workbook was understood.", "content": {"application/json": {"schema": _LAYOUT}}}
FINDINGS = {"description": "The findings.", "content": {"application/json": {"schema": _FINDINGS}}}
ANNOTATED = {
    "description": "The annotated workbook.",
    "content": {kind: {"schema": _BINARY} for kind in (XLSX, XLSM)},
}
_REFUSALS = {
    400: "The form cannot be read.",
    401: "The server's token is missing or wrong.",
    403: "The request comes from another site.",
    408: "The files took too long to arrive.",
    413: "Too large, or too many files.",
    415: "Not a form.",
    421: "The server does not answer to that name.",
    422: "The workbook, the configuration or an option cannot be used; “detail” says why and what to do.",
    500: "Something in regsheet went wrong.",
    503: "Too many jobs wait, or the job took more time or memory than it may.",
}


def responses(answer: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """What an operation may answer."""
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "content": {PROBLEM_TYPE: {"schema": _PROBLEM}}}
        for status, words in _REFUSALS.items()
    }
    return {200: answer, **refusals}
