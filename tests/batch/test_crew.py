"""Processes that die, hang or fail take no other work with them."""

from __future__ import annotations

import operator
import os
import time
from functools import partial
from typing import Any

import pytest

from regsheet.batch.crew import ENDED, Lost, Pool

call = operator.call if hasattr(operator, "call") else operator.methodcaller("__call__")


def answers(jobs: int, tasks: list[Any], seconds: float = 60) -> dict[int, Any]:
    with Pool(jobs, seconds) as crew:
        return dict(crew.run(call, tasks))


def test_every_task_has_its_answer() -> None:
    assert answers(2, [partial(abs, -number) for number in range(9)]) == {number: number for number in range(9)}


def test_a_process_that_dies_costs_its_own_task_only() -> None:
    tasks = [partial(abs, -number) for number in range(8)]
    tasks[3] = partial(os._exit, 9)
    tasks[6] = partial(os.abort)
    found = answers(2, tasks)
    assert found.pop(3) == found.pop(6) == Lost(ENDED)
    assert found == {0: 0, 1: 1, 2: 2, 4: 4, 5: 5, 7: 7}


def test_a_process_that_hangs_is_given_up() -> None:
    found = answers(2, [partial(abs, -1), partial(time.sleep, 60), partial(abs, -2)], seconds=1.2)
    assert found.pop(1) == Lost(
        "It took longer than 0.02 minutes and was given up; keep the register in a smaller workbook."
    )
    assert found == {0: 1, 2: 2}


def test_a_failure_in_our_own_code_is_raised() -> None:
    with pytest.raises(TypeError):
        answers(1, [partial(abs, "text")])


def test_the_processes_are_gone_at_the_end() -> None:
    with Pool(2) as crew:
        pids = {pid for _, pid in crew.run(call, [partial(os.getpid) for _ in range(6)])}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(int(str(pid)), 0)
