"""Each task by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from regsheet.web.work.api_tasks import annotate_for_api, check_for_api, inspect_for_api
from regsheet.web.work.checking import Say, check
from regsheet.web.work.given import under_their_names
from regsheet.web.work.mailing import mail
from regsheet.web.work.orders import Order, Task
from regsheet.web.work.recognise import recognise

RECOGNISED = "recognised.json"


def recognise_files(order: Order, say: Say) -> None:
    """Write what each file is into the order's folder."""
    say("looking")
    Path(order.folder, RECOGNISED).write_bytes(msgspec.json.encode(recognise(order)))


TASKS: dict[Task, Callable[[Order, Say], None]] = {
    "recognise": recognise_files,
    "check": check,
    "mail": mail,
    "api-inspect": inspect_for_api,
    "api-check": check_for_api,
    "api-annotate": annotate_for_api,
}


def carry_out(order: Order, say: Say) -> None:
    """Do what an order asks. Raises ``RegsheetError`` with a sentence that names files as they were sent."""
    with under_their_names(order):
        TASKS[order.task](order, say)
