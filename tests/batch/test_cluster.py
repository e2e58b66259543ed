"""A run on a Dask cluster of two workers, one of which is killed while it works."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import AS_OF, RISKS, hashes, request, run, write_map, write_register

from regsheet.batch.cluster import Cluster
from regsheet.batch.results import write_results
from regsheet.batch.run import run_batch
from regsheet.errors import BatchError
from regsheet.outcome.records import Outcome

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


@pytest.fixture
def cluster() -> Iterator[distributed.LocalCluster]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Dask's own modules warn of
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as found:
            yield found


class Killer:
    """Kills one of the workers when the first workbook is checked."""

    def __init__(self, pid: int) -> None:
        self.pid: int | None = pid

    def begin(self, stage: str, total: int) -> None:
        pass

    def finished(self, file: str, outcome: Outcome | None = None, *, again: bool = False) -> None:
        if outcome is not None and self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)
            self.pid = None

    def end(self) -> None:
        pass


@pytest.mark.filterwarnings("ignore")
def test_the_same_bytes_though_a_worker_is_killed(tmp_path: Path, cluster: distributed.LocalCluster) -> None:
    home = tmp_path / "in"
    for number in range(5):
        titles = [f"{risk} in district {number}" for risk in RISKS]
        write_register(home / f"Service {number}/risk register.xlsx", titles, {0: {"Residual Rating": 20}})
        write_register(tmp_path / f"then/Service {number}/risk register.xlsx", titles[1:])
    write_map(home / "Service 0/assurance map.xlsx", [f"{risk} in district 0" for risk in RISKS[:4]])
    (home / "list.csv").write_text("Ref,Risk Title,Likelihood,Impact,Score\n" + "".join(
        f"R{n},{title},2,3,6\n" for n, title in enumerate(RISKS, 1)), "utf-8")  # fmt: skip
    (home / "broken.xlsx").write_bytes(b"PK nothing")
    asked = request(home, tmp_path / "cluster/out", previous=tmp_path / "then")
    with Cluster(cluster.scheduler_address) as crew:
        killer = Killer(next(iter(cluster.workers.values())).pid)
        result = run_batch(asked, crew, killer)
    write_results(result, asked.output)
    assert killer.pid is None
    assert [one.file for one in result.run.outcomes if one.stage == "failed"] == ["broken.xlsx"]
    assert result == run(home, tmp_path / "local/out", 2, previous=tmp_path / "then")
    assert hashes(tmp_path / "cluster/out") == hashes(tmp_path / "local/out")
    assert result.run.as_of == AS_OF


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_with_another_version_is_refused(cluster: distributed.LocalCluster,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("regsheet.batch.cluster.VERSION", "99.9")
    with pytest.raises(BatchError, match=r"and this is 99\.9; install the same version"):
        Cluster(cluster.scheduler_address)


def test_without_dask_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BatchError, match=r"pip install 'regsheet\[distributed\]'"):
        Cluster("tcp://127.0.0.1:8786")
