from __future__ import annotations

import pytest

from harness.corridor.sides import is_safe
from harness.model.exchange import Exchange, Recording, Request


@pytest.mark.parametrize(
    ("methods", "safe"),
    [([], True), (["GET", "HEAD", "OPTIONS"], True), (["GET", "POST"], False), (["DELETE"], False), (["get"], False)],
)
def test__is_safe__a_recording__whose_calls_cannot_have_changed_anything(methods: list[str], safe: bool) -> None:
    calls = tuple(Exchange(Request(method, "http://system.test/"), None) for method in methods)
    assert is_safe(Recording(calls)) is safe
