"""The workbook file as a package of parts (the zip, its relationships and content types); it knows nothing of risks.

::

    package = open_package("register.xlsx")             # PackageError says in one sentence what to do
    for sheet in package.relationships(package.main_part).of_kind("worksheet"):
        names = package.namespaces(sheet.target)         # Transitional or Strict
        root = package.tree(sheet.target)                # parsed once; change it in place, then ...
        package.touch(sheet.target)                      # ... say so
    package.save("register.checked.xlsx")                # whole or not at all; OutputError says what to do

What is not touched goes out with the compressed bytes it came in with. Parts are named as in the zip, with forward
slashes and no leading one; ``[Content_Types].xml`` and the ``.rels`` parts are among ``names`` too, and are kept right
by ``add``, ``drop`` and ``Relationships.add``/``remove``.
"""

from regsheet.package.namespaces import STRICT, TRANSITIONAL, Namespaces, qualified
from regsheet.package.package import Package, open_package
from regsheet.package.refusals import ForeignFormatError
from regsheet.package.relationships import Relationship, Relationships
from regsheet.package.saving import is_folder, write_whole
from regsheet.package.xml import serialise

__all__ = [
    "STRICT",
    "TRANSITIONAL",
    "ForeignFormatError",
    "Namespaces",
    "Package",
    "Relationship",
    "Relationships",
    "is_folder",
    "open_package",
    "qualified",
    "serialise",
    "write_whole",
]
