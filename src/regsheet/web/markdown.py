"""The pages of rules as HTML: the few forms of Markdown that they are written in, everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")
_TABLE = Markup(
    '<div class="scroll" tabindex="0" role="region" aria-label="Example {}"><table>'
    "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
)
_STRONG = re.compile(r"\*\*([^*]+)\*\*")


def to_html(text: str) -> Markup:
    """Headings, paragraphs, lists, tables and code."""
    tables = count(1)
    return Markup("\n").join(_block(block, tables) for block in _blocks(text))


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in (*text.splitlines(), ""):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _block(lines: list[str], tables: Iterator[int]) -> Markup:
    first = lines[0]
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        return Markup("<h{0}>{1}</h{0}>").format(level, _inline(first.lstrip("# ")))
    if first.startswith("|"):
        return _table(lines, next(tables))
    if first.startswith("- "):
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(_inline(item))
                                                            for item in _items(lines)))  # fmt: skip
    if all(line.startswith("    ") for line in lines):
        return Markup("<pre><code>{}</code></pre>").format("\n".join(line[4:] for line in lines))
    return Markup("<p>{}</p>").format(_inline(" ".join(lines)))


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += " " + line.strip()
    return items


def _table(lines: list[str], number: int) -> Markup:
    """A table that can be scrolled by keyboard; its name has a number, so that no two are called alike."""
    rows = [[cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]] for line in lines]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_inline(cell)) for cell in rows[0])
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_inline(cell)) for cell in row))
        for row in rows[2:]
    )
    return _TABLE.format(number, head, body)


def _inline(text: str) -> Markup:
    escaped = str(escape(text)).replace("&lt;br&gt;", "<br>")
    escaped = _CODE.sub(r"<code>\1</code>", escaped)
    return Markup(_STRONG.sub(r"<strong>\1</strong>", escaped))  # noqa: S704 - escaped above
