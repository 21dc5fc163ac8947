from __future__ import annotations

import pytest

from harness.changes.node import Node
from harness.changes.search import SAMPLES, best_steps
from harness.lens.condition import ALWAYS, Condition
from harness.model.json_text import Json
from tests.changes.bodies import node

SHUT: list[Json] = [{"d": "no", "why": "closed"}, {"d": "yes", "why": "full", "by": "ann"}]
"""What must be left alone, and would lose something if its envelope were opened."""


def names(here: Node) -> list[str]:
    """The kinds of the best steps, [] where none helps."""
    best = best_steps(here)
    return [] if best is None else [found.kind.id for found in best[0]]


@pytest.mark.parametrize(
    ("olds", "news", "expected"),
    [
        ([[1, 2], [3]], [{"d": [1, 2]}, {"d": [3]}], ["response-list-wrapped"]),
        (["a", "b"], [["a"], ["b"]], ["response-value-became-list"]),
        ([7, 8], ["7", "8"], ["response-property-type-changed"]),
        (
            [{"a": {"n": 1}}, {"c": {"n": 5}}],
            [{"d": [{"k": "a", "n": 1}]}, {"d": [{"k": "c", "n": 5}]}],
            ["response-object-wrapped", "response-map-became-list"],
        ),
        ([1, 2], [1, 2], []),
        (["a", "b"], ["x", "y"], []),
        ([{"a": 1}], [{"a": 2}], []),
    ],
)
def test__best_steps__at_a_place__are_the_shortest_way_to_old(
    olds: list[Json], news: list[Json], expected: list[str]
) -> None:
    assert names(node(olds, news)) == expected


def test__best_steps__change_nothing_themselves() -> None:
    here = node([[1], [2]], [{"d": [1]}, {"d": [2]}])
    assert best_steps(here) is not None
    assert [sample.new for sample in here.samples] == [sample.answer.body for sample in here.samples]
    assert here.samples[0].new == {"d": [1]}


def test__best_steps__that_would_harm_some__get_a_condition_that_keeps_them_away() -> None:
    here = node([["x"], ["y"], *SHUT], [{"d": ["x"]}, {"d": ["y"]}, *SHUT])
    best = best_steps(here)
    assert best is not None
    assert best[1] == Condition(body=(("$.d", "array"),))


def test__best_steps__that_leave_the_first_answers_alone__are_taken_for_the_others() -> None:
    best = best_steps(node(["s", "t", [1, 2], [3]], ["s", "t", {"d": [1, 2]}, {"d": [3]}]))
    assert best is not None
    assert ([found.kind.id for found in best[0]], best[1]) == (["response-list-wrapped"], ALWAYS)


def test__best_steps__that_lose_something_elsewhere__get_a_condition_though_nothing_was_right() -> None:
    lost: list[Json] = [{"d": [n], "k": f"kim {n}", "l": f"lee {n}"} for n in range(2)]
    worse: list[Json] = [{**each, "m": 1} for each in lost]
    best = best_steps(node([["x"], ["y"], *worse], [{"d": ["x"]}, {"d": ["y"]}, *lost]))
    assert best is not None
    assert best[1] == Condition(body=(("$.k", "missing"),))


def test__best_steps__helped_by_chance_once__are_not_taken_under_a_condition() -> None:
    assert best_steps(node([["x"], *SHUT], [{"d": ["x"]}, *SHUT])) is None


def test__best_steps__that_cancel_each_other_elsewhere__are_not_taken() -> None:
    assert best_steps(node([["x"], SHUT[0]], [{"d": ["x"]}, SHUT[0]])) is None


def test__best_steps__harm_that_nothing_tells_apart__are_none() -> None:
    here = node(["a", "b", ["c"], ["d"]], [["a"], ["b"], ["c"], ["d"]])
    assert best_steps(here) is None


@pytest.mark.parametrize("where", ["first", "last"])
def test__best_steps__many_samples__see_the_rare_case(where: str) -> None:
    common, rare = [{"d": [n]} for n in range(4 * SAMPLES)], SHUT
    rows: list[tuple[Json, Json]] = [(new["d"], new) for new in common]
    spared: list[tuple[Json, Json]] = [(new, new) for new in rare]
    every = [*spared, *rows] if where == "first" else [*rows, *spared]
    best = best_steps(node([old for old, _ in every], [new for _, new in every]))
    assert best is not None
    assert best[1] != ALWAYS


def test__best_steps__to_an_empty_object__prove_no_other_form() -> None:
    assert names(node([{}], [{"n": 1, "tags": []}])) == []
    assert names(node([[]], [{"n": 0, "data": []}])) == ["response-list-wrapped"]
    assert names(node([[]], [{"data": [], "errors": []}])) == []  # either may be the one


def test__best_steps__under_a_condition_of_the_call__keep_to_the_form_that_was_seen() -> None:
    plain: list[Json] = [{"id": n, "of": n * 7} for n in range(1, 4)]
    told: list[Json] = [{"id": n, "of": {"value": n, "label": f"no {n}"}} for n in range(1, 3)]
    here = node([*map(list, map(dict.values, plain)), *told], [*plain, *told])
    for sample in here.samples[3:]:
        sample.answer.call.query["labels"] = "on"  # type: ignore[index]
    best = best_steps(here)
    assert best is not None
    assert best[1] == Condition(query=(("labels", False),), body=(("$.*", "scalar"),))
