from __future__ import annotations

from harness.ablation.edits import How
from harness.ablation.needs import Needs
from harness.model.reads import Need
from tests.ablation.found import ERROR, NEEDS


def test__of__a_place__says_what_happens_without_it_and_is_unobserved_elsewhere() -> None:
    assert NEEDS.of("GET /bikes", "$.rows").difference == ERROR
    assert NEEDS.of("GET /bikes", "$.rows", How.RETYPED).need is Need.TOLERATED
    for unknown in (("GET /bikes", "$.x"), ("POST /bikes", "$.rows"), ("GET /bikes", "$.took", How.NULL)):
        assert NEEDS.of(*unknown).need is Need.UNOBSERVED


def test__plain__places_that_stand_in_for_each_other__are_unobserved() -> None:
    assert NEEDS.plain()["GET /bikes"] == {
        "$.rows": {"removed": Need.NEEDED, "null": Need.NEEDED, "retyped": Need.TOLERATED},
        "$.took": {"removed": Need.TOLERATED},
        "$.name": {"removed": Need.UNOBSERVED},
        "$.title": {"removed": Need.UNOBSERVED},
        "header etag": {"removed": Need.UNOBSERVED},
        "status": {"retyped": Need.TOLERATED},
    }


def test__count__of_places__takes_each_once() -> None:
    assert {need: NEEDS.count(need) for need in Need} == {Need.NEEDED: 2, Need.TOLERATED: 4, Need.UNOBSERVED: 1}
    assert Needs().count(Need.NEEDED) == 0
