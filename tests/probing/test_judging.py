from __future__ import annotations

from typing import Any

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import serialize
from harness.probing.judging import Verdict, is_telling, judge, places


def answered(body: Any, status: int = 200) -> Exchange:
    response = Response(status, (("Content-Type", "application/json"),), serialize(body))
    return Exchange(Request("GET", "http://x.test/a"), response)


def judged(*pairs: tuple[Any, Any], status: int = 200) -> Verdict:
    return judge([(answered(old), answered(new, status)) for old, new in pairs])


ROWS = [{"id": n, "name": f"number {n}"} for n in range(5)]
TEXTS = [{"id": str(n), "title": f"number {n}"} for n in range(5)]


@pytest.mark.parametrize(
    ("old", "new", "good"),
    [
        (ROWS, ROWS, 1),
        (ROWS, {"data": TEXTS, "total": 5}, 1),
        (ROWS, [], 0),
        (ROWS, {"error": "unknown parameter"}, 0),
        ({"ok": True, "state": "on", "kind": "x"}, {"error": "no"}, 0),
        (ROWS, [{"id": n, "name": f"another {n * 7}"} for n in range(20, 25)], 0),
    ],
    ids=["equal", "explained", "empty", "another answer", "constants", "other rows"],
)
def test__judge__an_answer__comes_back_where_steps_make_it_olds_without_inventing(
    old: Any, new: Any, good: int
) -> None:
    assert judged((old, new)).good == good


def test__judge__what_a_step_would_say_by_itself__does_not_come_back() -> None:
    pairs = [({"id": n, "kind": "item", "api": "v1"}, {"id": n, "kind": "item", "api": "v2"}) for n in range(1, 7)]
    assert max(judged(*pairs).shares) < 1.0


def test__places__of_an_answer__are_more_where_it_says_more() -> None:
    less, more = answered({"a": [{"b": 1}, {"b": 2}]}), answered({"a": [{"b": 3}], "c": None})
    assert places(less.response) < places(more.response)
    assert places(answered({"a": 1}, 404).response) == places(None)


def test__judge__a_failed_answer__brings_nothing() -> None:
    assert judged((ROWS, ROWS), status=404).shares == (0.0,)


def test__judge__members_that_are_missing_and_back__are_named() -> None:
    verdict = judged(({"a": 1, "b": {"c": 2, "d": [1]}}, {"b": {"d": [1]}}))
    assert (verdict.missing, verdict.back({"d"}), verdict.back({"a"})) == (("a", "c"), 1, 0)


def test__verdict__of_live_values__goes_by_the_form() -> None:
    old = {f"gauge {n}": n for n in range(30)}
    live = {f"gauge {n}": n * 1000 + 500 for n in range(30)}
    assert judged((old, live)).likeness == 1.0
    assert judged((old, {f"word {n}": "x" for n in range(30)})).likeness < 0.5
    assert judged(({"id": 1, "n": 2, "m": 3}, {"id": 70, "n": 80, "m": 90})).form == 0.0


@pytest.mark.parametrize(("one", "other", "holds"), [((1.0, 0.0), (0.9, 0.0), True), ((0.1, 1.0), (1.0, 0.0), False)])
def test__holds__another_verdict__where_no_call_that_came_back_is_lost(
    one: tuple[float, ...], other: tuple[float, ...], holds: bool
) -> None:
    assert Verdict(one).holds(Verdict(other)) is holds


@pytest.mark.parametrize(
    ("body", "status", "telling"), [(ROWS, 200, True), ([], 200, False), (ROWS, 404, False), (7, 200, False)]
)
def test__is_telling__an_answer__that_succeeded_and_says_enough(body: Any, status: int, telling: bool) -> None:
    assert is_telling(answered(body, status)) is telling
