from __future__ import annotations

from typing import Any

import pytest

from harness.changes.asked import ASKED, proven, written
from harness.changes.evidence import gather
from harness.changes.pairing import pair
from harness.changes.requests import rewriting
from harness.lens.step import read_step, write_step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.schema.operations import learn_operations

PAGE = {"page": {"at": "$.query", "start": "s", "end": "e", "page": "p", "size": "z"}}
Call = tuple[str, str, list[Any]]


def learned(*calls: Call) -> list[Any]:
    """The steps that the study takes from calls: OLD's query, NEW's, and the steps that NEW's call carries."""
    old = [
        Exchange(Request("GET", f"http://x.test/a?{ours}"), Response(200), id=str(n))
        for n, (ours, _, _) in enumerate(calls)
    ]
    new = [
        Exchange(
            Request("GET", f"http://x.test/a?{theirs}"), Response(200), id=str(n), meta={ASKED: steps} if steps else {}
        )
        for n, (_, theirs, steps) in enumerate(calls)
    ]
    pairs = pair(Recording(tuple(old)), Recording(tuple(new))).pairs
    [cases] = gather(pairs, learn_operations(old).of)
    return [write_step(each.step) for each in rewriting(cases).explained if each.step is not None]


ONE: Call = ("s=20&e=30", "p=3&z=10", [PAGE])


def test__proven__steps_that_one_call_carries__are_taken_as_they_are() -> None:
    assert learned(ONE) == [PAGE]


def test__proven__calls_that_do_not_carry_them__are_told_apart() -> None:
    [[(name, parameters)]] = [step.items() for step in learned(ONE, ("s=0&e=10&q=x", "s=0&e=10&q=x", []))]
    assert (name, parameters["when"]) == ("page", {"query": {"q": False}})


def test__proven__calls_that_the_steps_do_not_touch__need_no_condition() -> None:
    assert learned(ONE, ("tag=a", "tag=a", [])) == [PAGE]


@pytest.mark.parametrize(
    "carried",
    [
        [{"page": {**PAGE["page"], "first": 0}}],
        [{"no-such-step": {}}],
        [{"page": 7}],
        "page",
        [{"status": {"from": 200, "to": 201}}],
    ],
    ids=["what they do is not what was asked", "unknown", "malformed", "no list", "no step on a body"],
)
def test__proven__steps_that_do_not_make_news_call_of_olds__are_not_taken(carried: Any) -> None:
    found = learned(("s=20&e=30", "p=3&z=10", carried))
    assert not any(step in found for step in carried)
    assert not any("page" in step for step in found)


def test__proven__nothing_carried__is_nothing() -> None:
    assert proven([], []) == []


def test__written__steps__are_read_again() -> None:
    assert [read_step(each) for each in written([read_step(PAGE)])] == [read_step(PAGE)]
