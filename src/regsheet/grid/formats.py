"""Conditional formats and data validations, in their classic place and in the extension list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from regsheet.grid.addresses import areas
from regsheet.grid.cells import ConditionalFormat, Validation
from regsheet.grid.colours import Palette
from regsheet.grid.styles import differential_fill
from regsheet.grid.xml import child, children, flag, number, path, texts


def read_conditional_formats(
    worksheet: etree._Element, fills: Sequence[str | None], palette: Palette
) -> list[ConditionalFormat]:
    """Every conditional format rule. ``fills`` are those of the workbook's differential formats."""
    found = [
        _classic_rule(rule, group.get("sqref", ""), fills)
        for group in children(worksheet, "conditionalFormatting")
        for rule in children(group, "cfRule")
    ]
    for groups in _extensions(worksheet, "conditionalFormattings"):
        for group in children(groups, "conditionalFormatting"):
            reference = " ".join(texts(group, "sqref"))
            found += [_extension_rule(rule, reference, palette) for rule in children(group, "cfRule")]
    return found


def read_validations(worksheet: etree._Element) -> list[Validation]:
    """Every data validation."""
    found = [
        Validation(
            areas=areas(each.get("sqref", "")),
            kind=each.get("type", "none"),
            operator=each.get("operator"),
            formulas=tuple(_formula(child(each, name)) for name in ("formula1", "formula2") if _has(each, name)),
        )
        for group in children(worksheet, "dataValidations")
        for each in children(group, "dataValidation")
    ]
    for group in _extensions(worksheet, "dataValidations"):
        found += [
            Validation(
                areas=areas(" ".join(texts(each, "sqref"))),
                kind=each.get("type", "none"),
                operator=each.get("operator"),
                formulas=tuple(
                    _formula(path(each, name, "f")) for name in ("formula1", "formula2") if _has(each, name)
                ),
                extension=True,
            )
            for each in children(group, "dataValidation")
        ]
    return found


def _classic_rule(rule: etree._Element, reference: str, fills: Sequence[str | None]) -> ConditionalFormat:
    look = number(rule, "dxfId", -1)
    return _rule(rule, reference, texts(rule, "formula"), fills[look] if 0 <= look < len(fills) else None, False)


def _extension_rule(rule: etree._Element, reference: str, palette: Palette) -> ConditionalFormat:
    return _rule(rule, reference, texts(rule, "f"), differential_fill(path(rule, "dxf", "fill"), palette), True)


def _rule(
    rule: etree._Element, reference: str, formulas: tuple[str, ...], fill: str | None, extension: bool
) -> ConditionalFormat:
    return ConditionalFormat(
        areas=areas(reference),
        kind=rule.get("type", ""),
        operator=rule.get("operator"),
        formulas=tuple(formula.removeprefix("=") for formula in formulas),
        fill=fill,
        text=rule.get("text"),
        priority=number(rule, "priority"),
        stop_if_true=flag(rule, "stopIfTrue"),
        extension=extension,
    )


def _extensions(worksheet: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of one name in the extension list."""
    for extension_list in children(worksheet, "extLst"):
        for extension in children(extension_list, "ext"):
            yield from children(extension, name)


def _has(element: etree._Element, name: str) -> bool:
    return child(element, name) is not None


def _formula(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").removeprefix("=")
