"""Every workbook at hand there and back: kept, or refused in one sentence, and none of it lost."""

import importlib.util
import io
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from measure import Judge, Measured, measure, table

OWN = Path(__file__).resolve().parent.parent / "data" / "roundtrip"
MOST_REFUSED = 4
WORKERS = 2


def workbooks(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.suffix in {".xlsx", ".xlsm"}]


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


def measured(paths: list[Path], judges: tuple[Judge, ...] = ()) -> list[Measured]:
    work: Callable[[Path], Measured] = partial(measure, judges=judges)
    with ProcessPoolExecutor(WORKERS, initializer=sys.path.insert, initargs=(0, str(Path(__file__).parent))) as pool:
        return list(pool.map(work, paths, chunksize=4))


def lost(results: list[Measured]) -> dict[str, tuple[str, ...]]:
    return {result.file: result.wrong[:5] for result in results if result.wrong}


def test_our_own_workbooks_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    results = measured(workbooks(OWN))
    with capsys.disabled():
        print("\n" + table([("our own", results)]))  # noqa: T201 - the figures are what this is for
    assert len(results) > 15
    assert not lost(results)
    assert not [result.refused for result in results if result.refused]


@pytest.mark.evaluation
def test_the_evaluation_workbooks_lose_nothing(evaluation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judges = (partial(judged, evaluation),)
    sets = [(name, measured(workbooks(evaluation / name), judges)) for name in ("corpus", "real")]
    with capsys.disabled():
        print("\n" + table(sets))  # noqa: T201
    for _, results in sets:
        assert not lost(results)
        assert sum(bool(result.refused) for result in results) <= MOST_REFUSED
