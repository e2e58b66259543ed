"""Whatever a workbook's bytes are: it is opened, or refused with a sentence; nothing else comes out."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from regsheet.errors import RegsheetError
from regsheet.package import Package

PIECES = [b"", b"<", b">", b"/", b'"', b"&", b"..", b"\\", b"%2F", b"%", b":", b"#", b"?", b"\xff", b"\0", b"a" * 70]
PIECES += [b"Target", b"TargetMode", b"External", b"PartName", b"Id", b"xmlns", b"]]>", b"<!--", b"<?x?>", b"{0}"]


def use(package: Package) -> None:
    """Everything a later stage may ask of a package."""
    assert package.main_part in package
    for source in ("", *package.names):
        package.content_type(source)
        for relationship in package.relationships(source):
            package.find(relationship.target)
    package.namespaces()
    name = package.add(package.free_name("xl/worksheets/sheet{}.xml"), b"<a/>", "application/xml")
    identity = package.relationships(package.main_part).add("worksheet", name)
    again = Package(package.to_bytes())
    found = again.relationships(again.main_part).by_id(identity)
    assert found is not None
    assert found.target == name


@given(seed=st.integers(0, 2**32), changes=st.integers(1, 5), strict_zip=st.booleans())
@settings(max_examples=300)
def test_parts_with_odd_bytes(seed: int, changes: int, strict_zip: bool, make_parts, make_zip) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    parts = make_parts()
    for _ in range(changes):
        name = chance.choice(list(parts))
        content = parts[name]
        at = chance.randrange(len(content) + 1)
        parts[name] = content[:at] + chance.choice(PIECES) + content[at + chance.choice([0, 0, 1, 5, 40]) :]
    data = make_zip(parts)
    if not strict_zip:
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(PIECES) + data[at + chance.choice([0, 1, 9]) :]
    try:
        use(Package(data))
    except RegsheetError as error:
        assert str(error).endswith(".")
