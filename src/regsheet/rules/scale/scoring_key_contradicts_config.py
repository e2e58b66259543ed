"""SL004: the workbook's scoring key is not the organisation's."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.layout.tables import Band, Scale
from regsheet.model.choose_scoring import bands_of_matrix, describe
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.table_places import heading_cell

SCORING = {"scoring": {"bands": [
    {"name": "green", "low": 1, "high": 7, "colour": "00B050"}, {"name": "amber", "low": 8, "high": 14,
     "colour": "FFC000"}, {"name": "red", "low": 15, "high": 25, "colour": "FF0000"}]}}  # fmt: skip


class ScoringKeyContradictsConfig(RegisterRule):
    """The workbook's own scale or bands differ from the configured ones.

    ## What it does
    Compares the bands and levels that the workbook shows on its scoring sheet with those of regsheet.toml.

    ## Why it matters
    Readers go by the key in the workbook, the checks by the configuration. Where the two differ, a rating that is
    right for one is wrong for the other.

    ## When it is legitimate
    While a new policy is being brought in: then the workbook's key should say from when it counts.

    ## Correction
    None: which of the two counts is for the organisation to say.
    """

    code = "SL004"
    name = "scoring-key-contradicts-config"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": 12},),
            bands=(Band("Green", 1, 7), Band("Amber", 8, 14), Band("Red", 15, 25)),
            settings=SCORING,
            why="the same bands",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": 12},),
            bands=(Band("Green", 1, 5), Band("Amber", 6, 11), Band("Red", 12, 25)),
            settings=SCORING,
            finds=((-1, "residual_rating"),),
            why="12 is red here and amber there",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """The configuration and the workbook must both have bands or levels."""
        setting = context.config.scoring
        if not (setting.bands or setting.likelihood or setting.impact):
            return "the configuration has no scoring"
        if not own_bands(register, context) and not own_scales(register, context):
            return f"the workbook shows no scale and no bands for sheet {register.sheet_name!r}"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Bands and scales that differ."""
        setting = context.config.scoring
        cell, field = heading_cell(register)
        bands = own_bands(register, context)
        configured = tuple(Band(band.name, band.low, band.high) for band in setting.bands)
        if bands and configured and band_ends(bands) != band_ends(configured):
            yield self.table_finding(
                register, cell, field, f"the workbook's bands ({describe(bands)}) are not those of the configuration "
                f"({describe(sorted(configured, key=lambda band: band.low))}).", "Bring the two into line.",
            )  # fmt: skip
        for scale in own_scales(register, context):
            levels = setting.likelihood if scale.axis == "likelihood" else setting.impact
            own = sorted(level.score for level in scale.levels)
            if levels and own != sorted(levels.values()):
                here = f"{plain(own[0])} to {plain(own[-1])}"
                there = f"{plain(min(levels.values()))} to {plain(max(levels.values()))}"
                message = f"the workbook's scale of {scale.axis} ({here}) is not that of the configuration ({there})."
                yield self.table_finding(register, cell, field, message, "Bring the two into line.")


def own_bands(register: Register, context: Context) -> tuple[Band, ...]:
    """The bands that the workbook itself shows for a register, lowest first."""
    if register.table.bands:
        return tuple(sorted(register.table.bands, key=lambda band: band.low))
    matrices = [register.table.matrix, *(table.matrix for table in context.book.layout.tables)]
    found = next((matrix for matrix in matrices if matrix is not None), None)
    return bands_of_matrix(found) if found else ()


def own_scales(register: Register, context: Context) -> tuple[Scale, ...]:
    """The scales that the workbook itself shows for a register."""
    if register.table.scales:
        return register.table.scales
    return tuple(scale for table in context.book.layout.tables if table.kind == "scale" for scale in table.scales)


def band_ends(bands: tuple[Band, ...]) -> list[float]:
    """Where each band but the lowest begins: what decides which band a rating is in."""
    return sorted(band.low for band in bands)[1:]
