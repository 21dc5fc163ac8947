from __future__ import annotations

from harness.lens.step import read_step
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.probing.candidate import AS_BEFORE, Candidate

OPERATION = Operation("PUT", "/items/{id}")
STEP = read_step({"rename": {"at": "$.query", "from": "a", "to": "b"}})


def test__rewrite__a_call__is_asked_at_the_place_and_with_the_steps() -> None:
    candidate = Candidate("PATCH /v2/items/{id}").with_steps((STEP,), "why")
    asked = candidate.rewrite(OPERATION)(Request("PUT", "http://x.test/items/7%2F8?a=1&c=%20", (), b"{}"))
    assert asked == Request("PATCH", "http://x.test/v2/items/7%2F8?b=1&c=%20", (), b"{}")
    assert str(candidate) == "PATCH /v2/items/{id}; rename at $.query, from a, to b"


def test__rewrite__as_before_or_of_another_path__changes_nothing() -> None:
    request = Request("PUT", "http://x.test/others/7?a=1")
    assert Candidate("PATCH /v2/items/{id}", (STEP,)).rewrite(OPERATION)(request) is request
    mine = Request("PUT", "http://x.test/items/7?a=1")
    assert AS_BEFORE.rewrite(OPERATION)(mine) == mine
