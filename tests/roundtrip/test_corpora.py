"""Every workbook at hand there and back: kept, or refused in one sentence, and none of it lost."""

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from measure import Judge, Measured, measure, table
from witnesses import judged

OWN = Path(__file__).resolve().parent.parent / "data" / "roundtrip"
MOST_REFUSED = 4
WORKERS = 2


def workbooks(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.suffix in {".xlsx", ".xlsm"}]


def measured(paths: list[Path], judges: tuple[Judge, ...] = ()) -> list[Measured]:
    work: Callable[[Path], Measured] = partial(measure, judges=judges)
    # A fresh process each: one that is forked beside threads may hang.
    context = multiprocessing.get_context("spawn")
    here = (0, str(Path(__file__).parent))
    with ProcessPoolExecutor(WORKERS, context, initializer=sys.path.insert, initargs=here) as pool:
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
