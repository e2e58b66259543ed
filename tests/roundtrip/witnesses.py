"""The evaluation folder's own judges of a round trip."""

import importlib.util
import io
from collections import Counter
from pathlib import Path
from types import ModuleType


def tool(folder: Path, name: str) -> ModuleType:
    """A program of the evaluation folder as a module."""
    spec = importlib.util.spec_from_file_location(name, folder / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(folder: Path, before: bytes, after: bytes) -> list[str]:
    """What the evaluation's own witnesses say."""
    fidelity, validate = tool(folder, "fidelity"), tool(folder, "validate")
    report = fidelity.compare(io.BytesIO(before), io.BytesIO(after))
    found = [*(f"gone: {name}" for name in report["gone"]), *(f"lost in {name}" for name in report["lost"])]
    old_wrong, old_errors, old_readers = validate.examine(io.BytesIO(before))
    wrong, errors, readers = validate.examine(io.BytesIO(after))
    found += (Counter(wrong) - Counter(old_wrong)).elements()
    found += [f"schema: {message}" for message in errors - old_errors]
    return found + [f"{name} cannot open it" for name, error in readers.items() if error and not old_readers.get(name)]
