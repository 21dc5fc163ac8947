"""What kinds propose for lists that became something else, or another list: in full, as steps in words, and never too many."""

from __future__ import annotations

import pytest

from harness.changes.kinds.elements_added import propose as elements_added
from harness.changes.kinds.list_became_map import propose as list_became_map
from harness.changes.kinds.list_became_scalar import propose as list_became_scalar
from harness.changes.kinds.list_became_text import propose as list_became_text
from harness.changes.kinds.list_nested import propose as list_nested
from harness.changes.kinds.list_reordered import propose as list_reordered
from harness.changes.kinds.list_wrapped import propose as list_wrapped
from harness.changes.kinds.scalar_became_list import propose as scalar_became_list
from harness.changes.kinds.text_became_list import propose as text_became_list
from harness.changes.node import Proposal
from harness.lens.steps.entries import Entries
from harness.lens.steps.flatten import Flatten
from harness.lens.steps.head import Head
from harness.lens.steps.join import Join
from harness.lens.steps.listify import Listify
from harness.lens.steps.sort import Sort
from harness.lens.steps.split import Split
from harness.lens.steps.unwrap import Unwrap
from harness.model.json_text import Json
from tests.changes.bodies import node
from tests.changes.kinds.proposing import AT, Many, Propose, Said, Steps, described, name_of

KEYS = [f"k{number}" for number in range(19)]

SAID: list[Said] = [
    (
        list_reordered,
        [[1, 2, 3, 4], [5, 6]],
        [[2, 1, 3, 4], [5, 6]],
        [Proposal(Sort(at=AT), "the list is no longer sorted by value", {"by": ""})],
    ),
    (
        list_reordered,
        [[{"id": 1, "b": 2}, {"b": 3}, {"b": 4}], [{"b": 5}, {"b": 6}, {"b": 7}]],
        [[{"b": 3}, {"id": 1, "b": 2}, {"b": 4}], [{"b": 6}, {"b": 5}, {"b": 7}]],
        [Proposal(Sort(at=AT, by="b"), "the list is no longer sorted by b", {"by": "b"})],
    ),
    (
        list_became_map,
        [[{"n": "a", "t": "u", "v": 1}]],
        [{"a": {"t": "u", "v": 1}}],
        [
            Proposal(Entries(at=AT), "a list became an object", cost=1.1),
            Proposal(Entries(at=AT, key="n", add=True), "a list became an object keyed by 'n'", {"key": "n"}),
            Proposal(
                Entries(at=AT, key="n", value="t"),
                "a list became an object keyed by 'n'",
                {"key": "n", "value": "t"},
                cost=1.2,
            ),
            Proposal(
                Entries(at=AT, key="n", value="v"),
                "a list became an object keyed by 'n'",
                {"key": "n", "value": "v"},
                cost=1.2,
            ),
        ],
    ),
    (
        list_became_scalar,
        [["a"], [1], ["b", "c"], []],
        ["a", 1, True, None],
        [Proposal(Listify(at=AT, only=("number", "string")), "a list became a single value")],
    ),
    (
        list_became_text,
        [["a", "b"], ["c"], []],
        ["a,b", "c", ""],
        [Proposal(Split(at=AT, by=","), "a list became a text with ',' between its parts", {"by": ","})],
    ),
    (
        text_became_list,
        ["a|b", "c"],
        [["a", "b"], ["c"]],
        [Proposal(Join(at=AT, by="|"), "a text with '|' between its parts became a list", {"by": "|"})],
    ),
    (list_nested, [[{"n": 1}], []], [[[{"n": 1}]], [[]]], [Proposal(Flatten(at=AT), "a list stands in another list")]),
    (scalar_became_list, ["a", None], [["a"], ["b"]], [Proposal(Head(at=AT), "a single value became a list")]),
    (
        list_wrapped,
        [[1], [2]],
        [{"n": 1, "e": [], "z": [1]}, {"z": [2]}],
        [
            Proposal(Unwrap(at=AT, key="z"), "the list now stands in member 'z' of an object", {"key": "z"}),
            Proposal(Unwrap(at=AT, key="e"), "the list now stands in member 'e' of an object", {"key": "e"}),
        ],
    ),
]


@pytest.mark.parametrize(("propose", "olds", "news", "expected"), SAID, ids=name_of)
def test__propose__says_what_it_saw(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[Proposal]
) -> None:
    assert list(propose(node(olds, news, AT))) == expected


STEPS: list[Steps] = [
    (list_reordered, "numbers, the greatest first", [[4, 3, 2, 1]] * 2, [[1, 2, 3, 4]] * 2, ["sort descending True"]),
    (list_reordered, "of one pair", [[1, 2, 3, 4, 5]], [[5, 4, 3, 2, 1]], []),
    (list_reordered, "three elements, twice the same", [[1, 2, 3]] * 2, [[3, 2, 1]] * 2, []),
    (list_reordered, "twice three elements", [[1, 2, 3], [4, 5, 6]], [[3, 2, 1], [6, 4, 5]], ["sort "]),
    (list_reordered, "beside a list of one", [[*"abcd"], [*"efgh"], [None]], [[*"bacd"], [*"efgh"], [None]], ["sort "]),
    (
        list_reordered,
        "by two members",
        [[{"n": 0, "id": at} for at in (1, 2, 3, 4)]] * 2,
        [[{"n": 0, "id": at} for at in (2, 1, 3, 4)]] * 2,
        ["sort by n", "sort by n, descending True", "sort by id"],
    ),
    (
        list_reordered,
        "and another value",
        [[{"id": at, "v": at} for at in (1, 2, 3, 4)]] * 2,
        [[{"id": 2, "v": 9}, {"id": 1, "v": 1}, {"id": 3, "v": 3}, {"id": 4, "v": 4}]] * 2,
        ["sort by id", "sort by v"],
    ),
    (
        list_reordered,
        "by one of twenty members",
        [[dict.fromkeys(KEYS, None) | {"a": at, "b": at} for at in (1, 2, 3, 4)]] * 2,
        [[dict.fromkeys(KEYS, None) | {"a": at, "b": at} for at in (2, 1, 3, 4)]] * 2,
        ["sort by a"],
    ),
    (list_reordered, "of two types", [[1, "a"]], [["a", 1]], []),
    (list_reordered, "sorted by nothing", [[1, 3, 2]], [[1, 2, 3]], []),
    (list_reordered, "other elements", [[1, 2]], [[1, 3]], []),
    (list_reordered, "not reordered", [[{"id": 1}, {"id": 2}]], [[{"id": 1}, {"id": 2}]], []),
    (
        elements_added,
        "by a member, in every list",
        [[{"k": "a", "n": 1}], [{"k": "b", "n": 2}], []],
        [
            [{"k": "sys", "n": 9}, {"k": "a", "n": 1}],
            [{"k": "b", "n": 2}, {"k": "sys", "n": 8}],
            [{"k": "sys", "n": 7}],
        ],
        ["without values ['sys'], key k"],
    ),
    (elements_added, "texts", [["a"], ["b"]], [["sys", "a"], ["sys", "b"]], ["without values ['sys']"]),
    (elements_added, "to half of the lists", [["a"], ["b"], ["c"], ["d"]], [["z", "a"], ["z", "b"], ["c"], ["d"]], []),
    (elements_added, "to one list, read twice", [["a"], ["a"]], [["z", "a"], ["z", "a"]], []),
    (elements_added, "alone", [[], []], [[{"k": "z", "n": 1}], [{"k": "z", "n": 2}]], []),
    (elements_added, "in place of others", [["a", "b"], ["a", "c"]], [["z", "b"], ["z", "c"]], []),
    (elements_added, "that OLD has as well", [["a", "z"], ["b"]], [["z", "a"], ["z", "b"]], []),
    (
        elements_added,
        "with ids of their own",
        [[{"id": "a"}], [{"id": "b"}]],
        [[{"id": "1234567"}, {"id": "a"}]] * 2,
        [],
    ),
    (list_became_map, "of scalars", [["a"]], [{"a": 1}], ["entries "]),
    (list_became_map, "keyed by none", [[{"n": 1}]], [{"a": 1}], ["entries "]),
    (
        list_became_map,
        "of two lists",
        [[{"n": "a"}], [{"n": "b", "v": 1}, 3]],
        [{"a": {}}, {"b": {}}],
        ["entries ", "entries key n, add True"],
    ),
    (list_became_map, "no list", [1], [{"a": 1}], []),
    (list_became_scalar, "of several", [["a", "b"]], ["a"], []),
    (list_became_scalar, "still a list", [["a"]], [["b"]], []),
    (list_became_text, "by a comma and a space", [["a", "b"]], ["a, b"], ["split by , "]),
    (list_became_text, "of one", [["a"]], ["a"], []),
    (list_became_text, "one that does not fit", [["a", "b"], ["c", "d"]], ["a,b", "c-d"], []),
    (text_became_list, "of one", ["a"], [["a"]], []),
    (text_became_list, "with a number beside", ["a,b", "c"], [["a", "b"], [1]], ["join by ,"]),
    (text_became_list, "one that does not fit", ["a,b", "c,d"], [["a", "b"], ["c", "e"]], []),
    (list_nested, "of lists before", [[[1]]], [[[[1]]]], []),
    (list_nested, "of which one is none", [[1, 2]], [[[1], 2]], []),
    (list_nested, "an empty one before", [[]], [[[]]], []),
    (list_nested, "an empty one after", [[1]], [[]], []),
    (scalar_became_list, "null beside", ["a", None], [["a"], []], ["head empty True"]),
    (scalar_became_list, "empty beside a value", ["a", "b"], [["a"], []], ["head "]),
    (scalar_became_list, "empty all", ["a"], [[]], []),
    (scalar_became_list, "a list before", [["a"]], [["a"]], []),
    (list_wrapped, "an object for a list", [[1]], [{"d": {"a": 1}}], ["unwrap key d"]),
    (list_wrapped, "objects beside", [[1], {"a": 1}], [{"d": [1]}, {"d": {"a": 1}}], []),
]


@pytest.mark.parametrize(
    ("propose", "olds", "news", "expected"),
    [pytest.param(propose, *row, id=f"{name_of(propose)}: {what}") for propose, what, *row in STEPS],
)
def test__propose__gives_steps_where_they_fit(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[str]
) -> None:
    assert described(propose, olds, news) == expected


MANY: list[Many] = [
    (list_became_map, [[dict.fromkeys("abcdefg", "k")]], [{"k": 1}], 31),  # keyed by one of many
    (list_wrapped, [[1]], [{name: [1] for name in "abcdefghi"}], 8),  # at most eight
]


@pytest.mark.parametrize(("propose", "olds", "news", "most"), MANY, ids=name_of)
def test__propose__of_many_members__is_bounded(propose: Propose, olds: list[Json], news: list[Json], most: int) -> None:
    assert len(list(propose(node(olds, news)))) == most


def test__reordered__where_two_runs_differ__gives_nothing() -> None:
    here = node([[1, 2]], [[2, 1]])
    here.noisy = True
    assert not list(list_reordered(here))
