"""Charts that say what XlsxWriter leaves to custom.

What a chart leaves out, a reader may take as the specification's default or as Excel 2007's, and some decide by which
program saved the workbook. Grafted into a host of another program a chart must look the same, so it says everything.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from regsheet.package import TRANSITIONAL
from regsheet.writer.markup import insert_in_order, local

LABELS = (
    "delete", "numFmt", "spPr", "txPr", "dLblPos", "showLegendKey", "showVal", "showCatName", "showSerName",
    "showPercent", "showBubbleSize", "separator", "showLeaderLines", "leaderLines", "extLst",
)  # fmt: skip
SPACE = ("date1904", "lang", "roundedCorners", "AlternateContent", "style", "clrMapOvr", "pivotSource", "protection",
         "chart", "spPr", "txPr", "externalData", "printSettings", "userShapes", "extLst")  # fmt: skip
CHART = ("title", "autoTitleDeleted", "pivotFmts", "view3D", "floor", "sideWall", "backWall", "plotArea", "legend",
         "plotVisOnly", "dispBlanksAs", "extLst")  # fmt: skip
TITLE = ("tx", "layout", "overlay", "spPr", "txPr", "extLst")
LEGEND = ("legendPos", "legendEntry", "layout", "overlay", "spPr", "txPr", "extLst")
AXIS = ("axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt", "majorTickMark",
        "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossesAt", "auto", "lblAlgn",
        "lblOffset", "crossBetween", "noMultiLvlLbl", "extLst")  # fmt: skip
BARS = ("barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "serLines", "axId", "extLst")

SETTINGS: dict[str, tuple[Sequence[str], dict[str, str]]] = {
    "chartSpace": (SPACE, {"roundedCorners": "0"}),
    "chart": (CHART, {"autoTitleDeleted": "0", "plotVisOnly": "1", "dispBlanksAs": "gap"}),
    "title": (TITLE, {"overlay": "0"}),
    "legend": (LEGEND, {"overlay": "0"}),
    "catAx": (AXIS, {"delete": "0"}),
    "valAx": (AXIS, {"delete": "0"}),
    "barChart": (BARS, {"varyColors": "0"}),
    "dLbls": (LABELS, dict.fromkeys(LABELS[5:11], "0")),
}
"""For each element: the order of its children, and the settings it should not leave out."""

TAGS = tuple(f"{{{TRANSITIONAL.chart}}}{name}" for name in SETTINGS)


def say_everything(root: etree._Element) -> None:
    """Write the settings that are left out into a chart part, in place."""
    for element in list(root.iter(*TAGS)):
        order, settings = SETTINGS[local(element)]
        present = {local(item) for item in element}
        for name, value in settings.items():
            if name not in present:
                new = etree.Element(f"{{{TRANSITIONAL.chart}}}{name}", val=value)
                insert_in_order(element, new, order)
