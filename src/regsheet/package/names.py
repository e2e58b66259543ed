"""Names of parts: all arithmetic with them is here.

A part name is the member's name in the zip with forward slashes and without a leading slash: ``xl/workbook.xml``.
Names are the same part when they differ only in case or percent-encoding. Targets of relationships are URI references
relative to the part they come from; real files also have absolute, backslashed and wrongly rooted ones.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

_PLAIN_IN_TARGETS = "/!$&'()*+,;=:@~-._"


def canonical(name: str) -> str:
    """The name with forward slashes, without leading, doubled or trailing slashes and without dot segments."""
    if name[:1] not in "/." and "/." not in name and "//" not in name and "\\" not in name and name[-1] != "/":
        return name  # most names
    segments: list[str] = []
    for segment in name.replace("\\", "/").split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments)


def key(name: str) -> str:
    """What two spellings of one part's name have in common."""
    return canonical(name).lower()


def loose_key(name: str) -> str:
    """As ``key``, and without percent-encoding."""
    return key(unquote(name))


def is_unsafe(stored: str) -> bool:
    """Whether a zip member's name could point outside a folder it were unpacked into."""
    path = stored.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or "\0" in path or ".." in path.split("/") or not path


def folder_of(name: str) -> str:
    """The folder part of a name, '' at the root."""
    return name.rpartition("/")[0]


def extension_of(name: str) -> str:
    """The extension in lower case without its dot, '' when there is none."""
    file = name.rpartition("/")[2]
    return file.rpartition(".")[2].lower() if "." in file else ""


def relationships_name(source: str) -> str:
    """The part that holds the relationships of ``source``; '' stands for the package."""
    folder, _, file = source.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def is_relationships(name: str) -> bool:
    """Whether a part holds the relationships of another one."""
    folder, _, file = name.rpartition("/")
    return file.lower().endswith(".rels") and folder.rpartition("/")[2].lower() == "_rels"


def source_of(relationships: str) -> str:
    """The part whose relationships a part holds; '' for those of the package. The reverse of the above."""
    folder, _, file = relationships.rpartition("/")
    return canonical(f"{folder.rpartition('/')[0]}/{file[: -len('.rels')]}")


def scheme_of(target: str) -> str:
    """The scheme of an absolute URI such as ``https://…`` (or a drive letter), '' for a reference to a part."""
    head, colon, _ = target.partition(":")
    return head if colon and head[:1].isalpha() and all(c.isalnum() or c in "+-." for c in head) else ""


def resolve(source: str, target: str, find: Callable[[str], str | None]) -> str:
    """The part name that ``target``, a reference in the relationships of ``source``, means.

    ``find`` gives the name of a part as stored, or None. The right reading comes first: relative to the source's
    folder or, with a leading slash, from the root of the package; then the other of the two, for files that mix them
    up; each as it stands and percent-decoded. When no part answers, the right reading is returned. A mere fragment
    (``#Sheet1!A1``) points at no part and comes back as it is.
    """
    path = target.partition("#")[0].partition("?")[0].replace("\\", "/")
    if not path:
        return target
    from_root, from_folder = path, f"{folder_of(source)}/{path}"
    right, wrong = (from_root, from_folder) if path.startswith("/") else (from_folder, from_root)
    for reading in (right, unquote(right), wrong, unquote(wrong)):
        found = find(canonical(reading))
        if found is not None:
            return found
    return canonical(unquote(right))


def relative_target(source: str, part: str) -> str:
    """The reference to ``part`` that belongs into the relationships of ``source``."""
    start, end = list(PurePosixPath(folder_of(source)).parts), part.split("/")
    shared = 0
    while shared < min(len(start), len(end) - 1) and start[shared] == end[shared]:
        shared += 1
    steps = [".."] * (len(start) - shared) + end[shared:]
    # A percent sign stays: part names in the zip are percent-encoded already where they need it.
    return quote("/".join(steps), safe=_PLAIN_IN_TARGETS + "%")
