"""What a running server consists of, made once and handed to every page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from regsheet.web.checks import Checks
from regsheet.web.folders import PrivateFolders
from regsheet.web.queueing import FairQueue
from regsheet.web.sessions import Sessions
from regsheet.web.settings import Settings
from regsheet.web.uploads import Budget
from regsheet.web.workers import Workers


@dataclass(frozen=True, slots=True)
class Services:
    """Queue, workers, folders and checks of one server."""

    settings: Settings
    sessions: Sessions
    folders: PrivateFolders
    queue: FairQueue
    workers: Workers
    budget: Budget
    checks: Checks


def make_services(settings: Settings, sessions: Sessions) -> Services:
    """Everything, started."""
    queue, budget = FairQueue(), Budget()
    folders = PrivateFolders(settings.folder)
    workers = Workers(settings.worker_count, queue)
    workers.start()
    return Services(settings, sessions, folders, queue, workers, budget, Checks(folders, queue, budget))


def services_of(request: Request) -> Services:
    """The services of the server that a request came to."""
    services: Services = request.app.state.services
    return services
