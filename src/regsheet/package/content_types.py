"""What ``[Content_Types].xml`` says each part is, and how it is told of new parts."""

from collections.abc import Iterator

from lxml import etree

from regsheet.package.names import canonical, extension_of, loose_key

PART = "[Content_Types].xml"
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"

_BY_EXTENSION = frozenset({"rels", "vml", "png", "jpg", "jpeg", "gif", "emf", "wmf"})
"""Extensions whose parts are announced once for all, as Excel does; every other part gets an Override of its own."""


class ContentTypes:
    """The content types of a package: a view of the root element of ``[Content_Types].xml``.

    Changes are made in that element in place; whoever makes one must touch the part.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        namespace = etree.QName(root).namespace
        self._default = f"{{{namespace}}}Default" if namespace else "Default"
        self._override = f"{{{namespace}}}Override" if namespace else "Override"
        self._overrides: dict[str, etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        for element in root.iterchildren(self._default):
            self._defaults.setdefault(str(element.get("Extension") or "").lower(), element)
        for element in root.iterchildren(self._override):
            self._overrides.setdefault(loose_key(str(element.get("PartName") or "")), element)

    def of(self, part: str) -> str:
        """The content type of a part, '' when nothing is said of it."""
        element = self._overrides.get(loose_key(part))
        if element is None:
            element = self._defaults.get(extension_of(part))
        return "" if element is None else str(element.get("ContentType") or "")

    def overrides(self) -> Iterator[tuple[str, str]]:
        """Every Override as (part name, content type)."""
        for element in self._overrides.values():
            yield canonical(str(element.get("PartName") or "")), str(element.get("ContentType") or "")

    def set(self, part: str, content_type: str) -> bool:
        """Say what a part is; True when something had to be written for it."""
        if self.of(part) == content_type:
            return False
        extension = extension_of(part)
        if loose_key(part) in self._overrides:
            self._overrides[loose_key(part)].set("ContentType", content_type)
        elif extension in _BY_EXTENSION and extension not in self._defaults:
            element = etree.Element(self._default, Extension=extension, ContentType=content_type)
            self.root.insert(len(self._defaults), element)
            self._defaults[extension] = element
        else:
            element = etree.SubElement(self.root, self._override, PartName=f"/{part}", ContentType=content_type)
            self._overrides[loose_key(part)] = element
        return True

    def forget(self, part: str) -> bool:
        """Remove the Override of a part; True when there was one."""
        element = self._overrides.pop(loose_key(part), None)
        if element is None:
            return False
        self.root.remove(element)
        return True
