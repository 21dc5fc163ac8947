from __future__ import annotations

from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.model.paths import EACH
from harness.shims.evidence import evidence
from harness.shims.noise_behind import noise_behind
from tests.shims.answers import answer, call, entry, program, recording

RENAMES = program(entry("GET /a", {"rename": {"from": "now", "to": "t"}}))


def at(started: str, body: Json) -> Recording:
    return Recording((Exchange(call("GET /a"), answer(body), id="c0", started=started),), "x")


def test__noise_behind__with_second_runs__moves_with_the_steps() -> None:
    old, new, again = (recording(("GET /a", body)) for body in ({"t": 1}, {"now": 2}, {"now": 3}))
    known = evidence(old, new, None, again)
    assert list(noise_behind(RENAMES, known.pairs, known.operation_of, known.noise).places.values()) == [
        {("now",), ("t",)}
    ]


def test__noise_behind__without_a_second_run__is_what_tells_the_time_or_measures() -> None:
    old = at("2026-01-01T00:00:00Z", {"t": "2026-01-01T00:00:00Z", "name": "a", "all": [{"memory_used": 5000}]})
    new = at("2026-01-02T00:00:00Z", {"now": "2026-01-02T00:00:00Z", "name": "b", "all": [{"memory_used": 5100}]})
    known = evidence(old, new)
    assert list(noise_behind(RENAMES, known.pairs, known.operation_of, known.noise).places.values()) == [
        {("t",), ("all", EACH, "memory_used")}
    ]
    assert known.noise.places == {}
