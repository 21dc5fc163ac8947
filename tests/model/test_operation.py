from __future__ import annotations

import pytest

from harness.model.operation import Operation


@pytest.mark.parametrize(
    ("operation", "text"),
    [(Operation("GET", "/a/{id}"), "GET /a/{id}"), (Operation("POST", "/graphql", "Users"), "POST /graphql Users")],
)
def test__operation__as_text__names_what_tells_it_apart(operation: Operation, text: str) -> None:
    assert str(operation) == text
