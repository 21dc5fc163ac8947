from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.model.outcome import PluginRun, Result, Side
from harness.record.outcome import agreed, compare_outcome, same_outcome

OLD = PluginRun(Side.OLD, Result.WORKS, "2 pages")


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ({"a": 1}, {"a": 2}, "$.a is 2, on old 1"),
        ({"a": [1, 2]}, {"a": []}, "$.a has 0 elements, on old 2"),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": None}]}, "$.a[1].b is null, on old 2"),
        ({"a": 1, "b": 2}, {"b": 3}, "2 of 2 observations differ: $.a is missing, on old it is 1"),
        (
            {"a": 1, "b": {"x": 1, "y": 2}, "c": 3},
            {"b": {"y": 2, "x": 1}, "c": 4, "a": 1},
            "1 of 3 observations differ: $.c is 4, on old 3",
        ),
        ({}, {"x y": 1}, '$["x y"] is 1, on old it is missing'),
        ({"a": 1}, {"a": True}, "$.a is true, on old 1"),
        ({"a": "x" * 99}, {"a": ""}, '$.a is "", on old "' + "x" * 58 + "…"),
    ],
)
def test__compare__with_other_observations__is_broken_and_says_the_first_difference(
    old: dict[str, Any], new: dict[str, Any], difference: str
) -> None:
    judged = compare_outcome([replace(OLD, observations=old)], replace(OLD, side=Side.NEW, observations=new))
    assert (judged.result, judged.headline) == (Result.BROKEN, difference)


def test__compare__with_other_page_errors__is_broken() -> None:
    run = replace(OLD, observations={"a": 1, "b": 2})
    judged = compare_outcome([run], replace(run, page_errors=("TypeError: x",)))
    assert (judged.result, judged.headline) == (Result.BROKEN, "page error: TypeError: x")


def test__compare__with_equal_observations__works_whatever_the_order_of_keys() -> None:
    judged = compare_outcome(
        [replace(OLD, observations={"a": 1, "b": [{}]})],
        replace(OLD, side=Side.SHIMMED, observations={"b": [{}], "a": 1}),
    )
    assert judged == replace(
        OLD, side=Side.SHIMMED, observations={"a": 1, "b": [{}]}, headline="the same outcome as on old"
    )


@pytest.mark.parametrize(("old", "new"), [(Result.WORKS, Result.BROKEN), (Result.BROKEN, Result.WORKS)])
def test__compare__where_one_is_broken_already__leaves_the_run_as_it_is(old: Result, new: Result) -> None:
    run = replace(OLD, result=new, headline="mine", observations={"a": 1})
    assert compare_outcome([replace(OLD, result=old)], run) is run


NEW = replace(OLD, side=Side.NEW)
SNAPSHOT = "- list:\n  - listitem: 3 bikes"


@pytest.mark.parametrize(
    ("changed", "headline"),
    [
        ({"exit_code": 3}, "exit code 3, on old 0"),
        (
            {"snapshots": {"cart": SNAPSHOT.replace("3", "0")}},
            'snapshot "cart": [1] is "  - listitem: 0 bikes", on old',
        ),
        ({"snapshots": {}}, 'snapshot "cart" is missing'),
        ({"snapshots": {"cart": SNAPSHOT, "more": ""}}, 'snapshot "more" is new'),
        ({"worker_errors": ("TypeError: x",)}, "worker error: TypeError: x"),
    ],
)
def test__compare__what_else_a_run_came_to__decides(changed: dict[str, Any], headline: str) -> None:
    old = replace(OLD, exit_code=0, snapshots={"cart": SNAPSHOT})
    judged = compare_outcome([old, old], replace(old, side=Side.NEW, **changed))
    assert judged.result is Result.BROKEN
    assert judged.headline.startswith(headline)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"made": {"GET /a": 3}}, "GET /a was called 3 times, on old 1 to 2 times"),
        ({"made": {"GET /a": 1, "GET /b": 1}}, "GET /b was called once, on old never"),
        ({"made": {"GET /a": 2}}, None),
        ({"pages": {"/": "- heading"}}, 'page "/": [0] is "- heading", on old "- main"'),
        ({"console_errors": ("lost",)}, "console error: lost"),
        ({"console_errors": ("Failed to load resource: 404",)}, None),
        ({"dialogs": ("alert: x",)}, "dialog: alert: x"),
    ],
)
def test__compare__what_decides_in_an_ablation_only__leaves_the_plugin_working(
    changed: dict[str, Any], words: str | None
) -> None:
    olds = [replace(OLD, made={"GET /a": number}, pages={"/": "- main"}) for number in (1, 2)]
    run = replace(olds[0], side=Side.NEW, **changed)
    assert same_outcome(olds, run) == words
    judged = compare_outcome(olds, run)
    assert judged.result is Result.WORKS
    assert judged.headline == "the same outcome as on old" + (f", but {words}" if words and "called" in words else "")


def test__same_outcome__of_a_run_that_broke__is_its_headline() -> None:
    assert same_outcome([OLD], replace(OLD, result=Result.BROKEN, headline="TypeError: x")) == "TypeError: x"


def test__same_outcome__of_a_plugin_that_is_broken_anyway__compares_what_it_did() -> None:
    broken = replace(OLD, result=Result.BROKEN, headline="exit code 1", exit_code=1)
    assert same_outcome([broken], broken) is None
    assert same_outcome([broken], replace(broken, exit_code=2)) == "exit code 2, on old 1"


def test__agreed__runs_of_one_version__are_flaky_where_one_works_and_one_does_not() -> None:
    works, broken = NEW, replace(NEW, result=Result.BROKEN, headline="TypeError: x")
    assert agreed(works, works) is works
    assert agreed(broken, replace(broken, headline="y")) is broken
    for runs in ((works, broken), (broken, works)):
        flaky = agreed(*runs)
        assert (flaky.result, flaky.headline) == (Result.FLAKY, "works in 1 of 2 runs (2 pages), else: TypeError: x")


@pytest.mark.parametrize(
    ("usual", "words"), [(("at 9:01", "at 9:02"), None), (("lost", "lost"), "console error: at 9:03")]
)
def test__same_outcome__of_what_varies_from_run_to_run__is_noise(usual: tuple[str, str], words: str | None) -> None:
    olds = [replace(OLD, console_errors=(each,)) for each in usual]
    assert same_outcome(olds, replace(OLD, console_errors=("at 9:03",))) == words
