from __future__ import annotations

import pytest

from harness.changes.evidence import Case, gather
from harness.changes.pairing import pair
from harness.lens.step import write_step
from harness.model.exchange import Recording
from harness.model.json_text import Json
from harness.schema.operations import learn_operations
from harness.shims.document import Shim
from harness.shims.harm import harmed, without_harm
from tests.shims.answers import entry, learned, recording

RIGHT = {"rename": {"from": "b", "to": "a"}}
SPOILS = {"replace": {"at": "$.same", "value": 9}}
STATUS = {"status": {"from": 200, "to": 404}}


def cases(*bodies: tuple[Json, Json]) -> list[Case]:
    old: Recording = recording(*(("GET /x", body) for body, _ in bodies))
    new = recording(*(("GET /x", body) for _, body in bodies))
    operations = learn_operations(old.exchanges)
    return [case for group in gather(pair(old, new).pairs, operations.of) for case in group.cases]


PAIRS = cases(({"a": 1, "same": 2}, {"b": 1, "same": 2}), ({"a": 3, "same": 4}, {"b": 3, "same": 4}))


def names(shim: Shim) -> list[str]:
    return [name for step in shim.steps() for name in write_step(step)]


def test__harmed__pairs_with_a_spoilt_leaf_or_status__are_found() -> None:
    assert harmed(Shim(entries=(entry("GET /x", RIGHT),)), PAIRS) == []
    assert harmed(Shim(entries=(entry("GET /x", SPOILS),)), PAIRS) == PAIRS
    assert harmed(Shim(entries=(entry("GET /x", STATUS),)), PAIRS) == PAIRS


def test__without_harm__a_shim_with_good_and_bad_steps__keeps_the_good() -> None:
    shim = Shim(entries=(entry("GET /x", SPOILS, RIGHT, STATUS),), otherwise=learned(RIGHT))
    assert names(without_harm(shim, PAIRS)) == ["rename", "rename"]


@pytest.mark.parametrize("bad", [SPOILS, STATUS])
def test__without_harm__one_bad_step__keeps_the_good(bad: Json) -> None:
    assert names(without_harm(Shim(entries=(entry("GET /x", bad, RIGHT),)), PAIRS)) == ["rename"]


def test__without_harm__a_step_for_unknown_calls_that_spoils__is_left_out() -> None:
    assert names(without_harm(Shim(otherwise=learned(SPOILS, RIGHT)), PAIRS)) == ["rename"]


def test__without_harm__a_shim_without_harm__is_the_same() -> None:
    shim = Shim(entries=(entry("GET /x", RIGHT),))
    assert without_harm(shim, PAIRS) is shim
