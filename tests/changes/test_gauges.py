from __future__ import annotations

import pytest

from harness.changes.findings import findings, remarks
from harness.changes.gauges import gauges
from harness.changes.study import study
from harness.model.json_text import Json
from tests.changes.bodies import calls, pairs


@pytest.mark.parametrize(
    ("old", "new", "passed"),
    [
        ({"uptime": 100.5}, {"uptime": 230.1}, True),
        ({"p": {"heapUsed": 900}}, {"p": {"heapUsed": 800}}, True),
        ({"query_duration": 5}, {"query_duration": 45}, True),
        ({"rss": 4_000_000}, {"rss": 4_000}, False),  # another unit
        ({"rss": 4000}, {"rss": 40_000}, False),
        ({"rss": 40_000}, {"rss": 4000}, False),
        ({"load": 0.5}, {"load": 0.25}, True),
        ({"load": 0.25}, {"load": 1.5}, True),
        ({"uptime": 100}, {"uptime": "230"}, False),
        ({"uptime": "1 hour"}, {"uptime": "2 hours"}, False),
        ({"uptime": True}, {"uptime": False}, False),
        ({"uptime": 0}, {"uptime": 5}, False),
        ({"price": 100}, {"price": 110}, False),
        ({"members": 100}, {"members": 110}, False),  # "mem" is a word of its own
        ([{"cpu": 3.5}], [{"cpu": 4.5}], True),
    ],
)
def test__gauges__are_numbers_of_such_a_name_that_are_near(old: Json, new: Json, passed: bool) -> None:
    assert bool(gauges(pairs([old], [new]))) is passed


def test__gauges__of_which_one_value_is_far__are_compared() -> None:
    assert not gauges(pairs([{"load": 1.0}, {"load": 1.0}], [{"load": 1.5}, {"load": 50.0}]))


def test__study__without_second_runs__passes_over_them_and_says_so() -> None:
    old, new = calls("/stat", {"uptime": 100}), calls("/stat", {"uptime": 200})
    found = study(old, new)
    assert findings(found) == []
    assert remarks(found) == [
        "1 answer: $.uptime of GET /stat looks like a live measurement: not compared, for want of a second run"
    ]


def test__study__with_second_runs__measures() -> None:
    old, new = calls("/stat", {"uptime": 100}), calls("/stat", {"uptime": 200})
    assert [each.kind for each in findings(study(old, new, old, new))] == ["response-value-changed"]
