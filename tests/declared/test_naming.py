from __future__ import annotations

import pytest

from harness.declared.calls import Spot
from harness.declared.naming import gone, scope_of, unchecked
from harness.declared.request_rules import request_rules
from harness.model.change import Level
from harness.model.paths import EACH


@pytest.mark.parametrize(
    ("spot", "scope"),
    [
        (Spot("body"), "body"),
        (Spot("body", "", ("a",)), "property"),
        (Spot("query", "q"), "parameter"),
        (Spot("query", "q", (EACH,)), "parameter"),
        (Spot("query", "q", ("a",)), "parameter-property"),
    ],
)
def test__scope_of__a_spot__is_what_ids_call_it(spot: Spot, scope: str) -> None:
    assert scope_of(spot) == scope


def test__what_cannot_be_decided__is_a_risk_with_a_question() -> None:
    for each in (gone(None, path_served=False), unchecked()):
        assert each.level is Level.RISK
        assert each.question
        assert each.kind in request_rules()
