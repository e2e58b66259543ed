"""Excel tables: each has a name and a number that nothing else in the workbook has."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import local

TABLE_TYPE = "spreadsheetml.table+xml"


class TableNames:
    """The names of tables and defined names, and the numbers of tables, that are taken in a workbook."""

    def __init__(self, package: Package) -> None:
        self._names: set[str] = set()
        self._numbers: set[int] = set()
        for name in package.names:
            if package.content_type(name).endswith(TABLE_TYPE):
                self._note(package.tree(name))
        workbook = package.tree(package.main_part)
        for item in workbook.iter(etree.Element):
            if local(item) == "definedName":
                self._names.add(str(item.get("name") or "").casefold())

    def _note(self, table: etree._Element) -> None:
        self._names |= {str(table.get(key) or "").casefold() for key in ("name", "displayName")}
        number = str(table.get("id") or "")
        if number.isdigit():
            self._numbers.add(int(number))

    def adopt(self, table: etree._Element) -> None:
        """Give a table a free name and number."""
        wanted = str(table.get("displayName"))
        name, count = wanted, 1
        while name.casefold() in self._names:
            count += 1
            name = f"{wanted}_{count}"
        number = max(self._numbers, default=0) + 1
        table.set("name", name)
        table.set("displayName", name)
        table.set("id", str(number))
        self._note(table)
