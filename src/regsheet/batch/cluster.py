"""A Dask cluster that works on the files of a run. Files travel as bytes: the machines need no common disk."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

from regsheet.batch.crew import Lost
from regsheet.errors import BatchError
from regsheet.version import VERSION

if TYPE_CHECKING:
    from distributed import Client

Task = TypeVar("Task")
Answer = TypeVar("Answer")

MISSING = "For --scheduler Dask is needed; install it with: pip install 'regsheet[distributed]'"
PATIENCE = 15
"""Seconds to wait for the scheduler."""

SILENT = "The scheduler {address} does not answer ({why}); check its address."
KILLED = "Every machine that worked on it was lost; see the logs of the cluster, or run it on this computer."
FAILED = "The cluster could not do it ({fault}); see its logs, or run it on this computer."

AHEAD = 2
"""Tasks that are handed over for each thread of the cluster, so that none waits for the next."""


def version_there() -> str:
    """The version of regsheet on a worker."""
    return VERSION


class Cluster:
    """The workers of a Dask scheduler. A context manager: at its end the connection is closed, the cluster is not."""

    shares_disk = False

    def __init__(self, address: str) -> None:
        """Connect. Raises ``BatchError`` with a sentence where that cannot be."""
        try:
            from distributed import Client
        except ImportError:
            raise BatchError(MISSING) from None
        _knock(address)
        try:
            self._client: Client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError) as error:
            raise BatchError(SILENT.format(address=address, why=_short(error))) from None
        try:
            self._check_workers(address)
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._close()

    def run(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Lost]]:
        """Do a task after another; one whose worker is lost is done again by another worker."""
        from distributed import as_completed

        rest = iter(enumerate(tasks))
        places: dict[Any, int] = {}

        def submit() -> Any:
            place, task = next(rest, (-1, None))
            if task is None:
                return None
            future = self._client.submit(work, task, pure=False)
            places[future.key] = place
            return future

        first = [future for _ in range(self._ahead()) if (future := submit()) is not None]
        finished = as_completed(first, loop=self._client.loop)  # type: ignore[no-untyped-call]
        for future in finished:
            following = submit()
            if following is not None:
                finished.add(following)  # type: ignore[no-untyped-call]
            place = places.pop(future.key)
            yield place, _answer(future)
            future.release()

    def _ahead(self) -> int:
        threads = sum(self._client.nthreads().values())  # type: ignore[no-untyped-call]
        return max(AHEAD * int(threads), 1)

    def _check_workers(self, address: str) -> None:
        """Raise ``BatchError`` where there are no workers, or none of ours."""
        try:
            versions = self._client.run(version_there)
        except ImportError:
            raise BatchError(f"The workers of {address} have no regsheet; install version {VERSION} there.") from None
        if not versions:
            raise BatchError(f"The scheduler {address} has no workers; start some with 'dask worker {address}'.")
        others = sorted({version for version in versions.values() if version != VERSION})
        if others:
            raise BatchError(f"The workers of {address} have regsheet {', '.join(others)}, and this is {VERSION}; "
                             "install the same version everywhere.")  # fmt: skip

    def _close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]


def _answer(future: Any) -> Any:
    """What a task gave, or that it was lost."""
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return Lost(KILLED)
    except Exception as error:  # noqa: BLE001 - one task must not end the run over all others
        return Lost(FAILED.format(fault=type(error).__name__))


def _knock(address: str) -> None:
    """Raise ``BatchError`` where nobody listens: Dask would try for half a minute."""
    try:
        place = urlsplit(address)
        host, port = place.hostname, place.port
    except ValueError:
        host = port = None
    if not (host and port):
        raise BatchError(f"{address} is no address of a scheduler; write it as tcp://host:8786.")
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError as error:
        raise BatchError(SILENT.format(address=address, why=_short(error))) from None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
