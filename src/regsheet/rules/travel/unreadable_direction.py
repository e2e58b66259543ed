"""TR006: a direction that nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.cell_colours import is_rag
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import typed
from regsheet.rules.words import says_nothing
from regsheet.values.data import word_list
from regsheet.values.direction import read_direction
from regsheet.values.text import one_line


class UnreadableDirection(RegisterRule):
    """The direction of travel is neither an arrow nor a word that is known.

    ## What it does
    Reports a direction of travel that is no arrow, no letter of a symbol font, no known word and no coloured cell.

    ## Why it matters
    A letter that was an arrow in its font means nothing in another: readers of the printed minutes see "é" and wonder.

    ## When it is legitimate
    Where the sheet explains its own signs. Arrows or words need no explanation.

    ## Correction
    None: what was meant must be asked.
    """

    code = "TR006"
    name = "unreadable-direction"
    severity = Severity.WARNING
    reads = frozenset({"direction_of_travel"})
    needs = ("direction_of_travel",)
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "direction_of_travel": text}
                       for n, text in enumerate(("↑", "Increasing", "→", "Static", "NEW", None, "▼", "n/a"))),
            why="arrows, words, and nothing",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "direction_of_travel": "é"},
                  {"ref": "R2", "title": "B", "direction_of_travel": "see above"}),
            finds=((0, "direction_of_travel"), (1, "direction_of_travel")),
            why="a letter that has lost its font, and words that are none",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every direction that cannot be read."""
        cells = typed(register, "direction_of_travel")
        fonts = {None, *(style.font_name for style in register.sheet.styles if draws_arrows(style.font_name))}
        doubtful = {
            value
            for value in set(cells)
            if not says_nothing(value) and any(read_direction(value, font) is None for font in fonts)
        }
        for index in [index for index, value in enumerate(cells) if value in doubtful] if doubtful else ():
            value, where = cells[index], register.position(index, "direction_of_travel")
            if where is None:
                continue
            style = register.sheet.style(*where)
            if read_direction(value, style.font_name) is None and not is_rag(style.fill):
                yield self.finding(register, index, "direction_of_travel",
                                   f"the direction of travel “{value}” is neither an arrow nor a known word.",
                                   "Use an arrow or a word: ↑, ↓, →, or up, down, same.")  # fmt: skip


def draws_arrows(font_name: str | None) -> bool:
    """Whether a font draws letters as arrows: in any other, a text says the same."""
    return font_name is not None and one_line(font_name).casefold() in word_list("direction")["fonts"]
