"""Whatever the OpenAPI description allows can be sent, and much that it does not: the server never breaks."""

from __future__ import annotations

import httpx
import hypothesis
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

FEW = hypothesis.settings(max_examples=8, deadline=None, derandomize=True, database=None,
                          suppress_health_check=list(HealthCheck), phases=[hypothesis.Phase.generate])  # fmt: skip
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


def test_nothing_that_can_be_sent_breaks_the_server(app: FastAPI) -> None:
    address = app.state.address
    schema = schemathesis.openapi.from_dict(httpx.get(f"{address}/api/openapi.json", trust_env=False).json())
    schema.config.update(base_url=address)
    seen = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @FEW
        @hypothesis.given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal seen
            case.call_and_validate(checks=CHECKS)
            seen += 1

        ask()
    assert seen >= 12
