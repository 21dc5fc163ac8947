"""What kinds propose for objects, maps and rows in another form: in full, as steps in words, and never too many."""

from __future__ import annotations

import pytest

from harness.changes.kinds.envelope_removed import propose as envelope_removed
from harness.changes.kinds.map_became_list import propose as map_became_list
from harness.changes.kinds.members_hoisted import propose as members_hoisted
from harness.changes.kinds.members_plunged import propose as members_plunged
from harness.changes.kinds.object_collapsed import propose as object_collapsed
from harness.changes.kinds.object_scattered import propose as object_scattered
from harness.changes.kinds.object_wrapped import propose as object_wrapped
from harness.changes.kinds.objects_became_rows import propose as objects_became_rows
from harness.changes.kinds.pairs_became_object import propose as pairs_became_object
from harness.changes.kinds.rows_became_objects import propose as rows_became_objects
from harness.changes.kinds.value_expanded import propose as value_expanded
from harness.changes.node import Proposal
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.key_by import KeyBy
from harness.lens.steps.merge import Merge
from harness.lens.steps.names import Names
from harness.lens.steps.plunge import Plunge
from harness.lens.steps.scatter import Scatter
from harness.lens.steps.unwrap import Unwrap
from harness.lens.steps.values import Values
from harness.lens.steps.wrap import Wrap
from harness.model.json_text import Json
from tests.changes.bodies import node
from tests.changes.kinds.proposing import AT, Many, Propose, Said, Steps, described, name_of

KEYS = [f"k{number}" for number in range(19)]

SAID: list[Said] = [
    (
        object_wrapped,
        [{"a": 1}],
        [{"data": {"a": 1}, "a": {"b": 2}}],
        [Proposal(Unwrap(at=AT, key="data"), "the value now stands in member 'data' of an object", {"key": "data"})],
    ),
    (
        value_expanded,
        [7],
        [{"id": 7, "name": "ann", "of": [7]}],
        [Proposal(Unwrap(at=AT, key="id"), "the value is now member 'id' of an object", {"key": "id"})],
    ),
    (
        envelope_removed,
        [{"data": [1]}, {"data": {"a": 1}}],
        [[1], {"a": 1}],
        [
            Proposal(
                Wrap(at=AT, key="data", only=("array", "object")),
                "the value of member 'data' now stands bare",
                {"key": "data"},
                cost=0.0,
            )
        ],
    ),
    (
        object_collapsed,
        [{"id": 7, "n": "a"}, {"id": 8, "n": "b"}],
        [7, 8],
        [
            Proposal(
                Wrap(at=AT, key="id", only=("number",)),
                "only 'id' of the object is left",
                {"key": "id", "having": 1},
                cost=0.9,
            )
        ],
    ),
    (
        object_scattered,
        [{"a": 1, "l": [1, 2], "k": []}],
        [[{"a": 1}, {"l": 1}, {"l": 2}]],
        [
            Proposal(Merge(at=AT), "an object became a list of objects"),
            Proposal(
                Merge(at=AT, lists=("k", "l")),
                "an object became a list of objects, its lists an object for each element",
                {"lists": ["k", "l"]},
                cost=1.3,
            ),
        ],
    ),
    (
        pairs_became_object,
        [[{"a": 1}, {"b": 2}]],
        [{"a": 1, "b": 2}],
        [Proposal(Scatter(at=AT), "a list of one-member objects became an object")],
    ),
    (
        members_hoisted,
        [{"id": 1, "of": {"a": 2, "b": 3}}],
        [{"id": 1, "a": 2, "b": 3}],
        [Proposal(Plunge(at=AT, into="of", keep=("id",)), "the members of 'of' now stand beside it", {"key": "of"})],
    ),
    (
        members_plunged,
        [{"id": 1, "a": 2, "b": 3}],
        [{"id": 1, "of": {"b": 3, "a": 2, "c": 4}}],
        [
            Proposal(
                Hoist(at=AT, key="of"), "members now stand inside 'of'", {"into": "of", "moved": ["b", "a"]}, cost=1.3
            )
        ],
    ),
    (
        map_became_list,
        [{"a": {"v": 1}, "b": {"v": 2}}],
        [[{"v": 1, "n": "a"}, {"v": 2, "n": "b"}]],
        [
            Proposal(KeyBy(at=AT, key="n"), "an object keyed by 'n' became a list", {"key": "n"}),
            Proposal(KeyBy(at=AT, key="n", drop=True), "an object keyed by 'n' became a list", {"key": "n"}),
            Proposal(
                KeyBy(at=AT, key="n", value="v"),
                "an object keyed by 'n' became a list",
                {"key": "n", "value": "v"},
                cost=1.2,
            ),
        ],
    ),
    (
        objects_became_rows,
        [{"id": 1, "n": "a"}, {"id": 2, "n": "b"}],
        [[1, "a"], [2, "b"]],
        [
            Proposal(
                Names(at=AT, from_="$.columns"),
                "an object became a list of values, its names stand in $.columns",
                cost=0.8,
                least=0.4,
            ),
            Proposal(
                Names(at=AT, keys=("id", "n")), "an object became a list of 2 values", {"keys": ["id", "n"]}, least=0.4
            ),
        ],
    ),
    (
        rows_became_objects,
        [[1, "a"], [2, "b"]],
        [{"id": 1, "n": "a"}, {"id": 2, "n": "b"}],
        [
            Proposal(Values(at=AT), "a list of values became an object", cost=0.5, least=0.4),
            Proposal(
                Values(at=AT, keys=("id", "n")),
                "a list of values became an object with 2 members",
                {"keys": ["id", "n"]},
                least=0.4,
            ),
        ],
    ),
]


@pytest.mark.parametrize(("propose", "olds", "news", "expected"), SAID, ids=name_of)
def test__propose__says_what_it_saw(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[Proposal]
) -> None:
    assert list(propose(node(olds, news, AT))) == expected


STEPS: list[Steps] = [
    (object_wrapped, "a list", [[1]], [{"d": [1]}], []),
    (value_expanded, "a list", [[7]], [{"id": [7]}], []),
    (value_expanded, "not opened", [7], [8], []),
    (envelope_removed, "a list for an object", [{"d": {"a": 1}}], [[1]], ["wrap key d, only ['array']"]),
    (envelope_removed, "of a number", [{"id": 7, "name": "ann"}], [8], ["wrap key id, only ['number']"]),
    (envelope_removed, "a list of one", [{"d": 1}], [[1]], []),
    (envelope_removed, "with a member in common", [{"d": {"a": 1}, "a": 1}], [{"a": 1}], []),
    (envelope_removed, "of a scalar", [1], [1], []),
    (
        object_collapsed,
        "to one of two",
        [{"id": 7, "no": 7}],
        [7],
        ["wrap key id, only ['number']", "wrap key no, only ['number']"],
    ),
    (object_collapsed, "of which another is", [{"id": 7, "n": 8}, {"id": 8, "n": 1}, {"n": 1, "m": 9}], [7, 8, 9], []),
    (object_collapsed, "to nothing", [{"id": None, "n": "a"}], [None], []),
    (object_collapsed, "of one member", [{"id": 7}], [7], []),
    (object_collapsed, "to a list", [{"id": [7], "n": 1}], [[7]], []),
    (object_collapsed, "beside what is none", [{"id": 7, "n": "a"}, 8], [7, 8], ["wrap key id, only ['number']"]),
    (object_scattered, "without a list", [{"a": 1}], [[{"a": 1}]], ["merge "]),
    (object_scattered, "into scalars", [{"a": 1}], [[1]], []),
    (object_scattered, "into nothing", [{"a": 1}], [[]], []),
    (pairs_became_object, "of larger ones", [[{"a": 1, "b": 2}]], [{"a": 1, "b": 2}], []),
    (pairs_became_object, "of scalars", [["a"]], [{"a": 1}], []),
    (pairs_became_object, "of nothing", [[]], [{"a": 1}], []),
    (
        members_hoisted,
        "two answers",
        [{"id": 1, "of": {"a": 2}}, {"of": {"a": 2}, "no": 1}],
        [{"id": 1, "a": 2}, {"a": 2, "no": 1}],
        ["plunge into of, keep ['id', 'no']"],
    ),
    (members_hoisted, "all of them: an envelope", [{"of": {"a": 2}}], [{"a": 2}], []),
    (members_hoisted, "still there", [{"id": 1, "of": {"a": 2}}], [{"id": 1, "a": 2, "of": {}}], []),
    (members_hoisted, "none of it", [{"id": 1, "of": {"a": 2}}], [{"id": 1, "b": 2}], []),
    (members_hoisted, "a member that stood there", [{"id": 1, "of": {"id": 2}}], [{"id": 1}], []),
    (members_plunged, "two answers", [{"a": 1}, {"b": 1}], [{"of": {"a": 1}}, {"of": {"b": 1}}], ["hoist key of"]),
    (members_plunged, "an object that was there", [{"a": 1, "of": {}}], [{"of": {"a": 1}}], []),
    (members_plunged, "into none", [{"a": 1}], [{"of": 1}], []),
    (members_plunged, "beside itself", [{"a": 1}], [{"a": 1, "of": {"a": 1}}], ["hoist key of"]),
    (
        map_became_list,
        "with more elements",
        [{"a": 1}],
        [[{"n": "a"}, {"n": "b"}]],
        ["key-by key n", "key-by key n, drop True"],
    ),
    (map_became_list, "with fewer elements", [{"a": 1, "b": 2}], [[{"n": "a"}]], []),
    (map_became_list, "in one of two answers", [{"a": 1}, {"b": 1}], [[{"n": "a"}], [{"n": "x"}]], []),
    (map_became_list, "of scalars", [{"a": 1}], [["a"]], []),
    (map_became_list, "into nothing", [{"a": 1}], [[]], []),
    (
        objects_became_rows,
        "in another order",
        [{"id": 1, "n": "a"}, {"id": 2, "n": "b"}],
        [["a", 1], ["b", 2]],
        ["names from $.columns", "names keys ['n', 'id']"],
    ),
    (
        objects_became_rows,
        "with more values",
        [{"id": 1}],
        [["a", 1, "b"]],
        ["names from $.columns", "names keys ['_0', 'id', '_2']"],
    ),
    (objects_became_rows, "with too many values", [{"id": 1}], [["a", 1, "b", "c"]], ["names from $.columns"]),
    (objects_became_rows, "with fewer values", [{"id": 1, "n": "a"}], [[1]], ["names from $.columns"]),
    (objects_became_rows, "of several widths", [{"id": 1}, {"id": 2}], [[1], [2, 3]], ["names from $.columns"]),
    (objects_became_rows, "of nothing", [{}], [[1]], ["names from $.columns"]),
    (
        objects_became_rows,
        "a member is missing in one",
        [{"id": 1, "n": "a"}, {"id": 2}],
        [[1, "a"], [2, None]],
        ["names from $.columns", "names keys ['id', 'n']"],
    ),
    (objects_became_rows, "no row", [{"id": 1}], [1], []),
    (
        rows_became_objects,
        "in another order",
        [[1, "a"], [2, "b"]],
        [{"n": "a", "id": 1}, {"n": "b", "id": 2}],
        ["values ", "values keys ['id', 'n']"],
    ),
    (
        rows_became_objects,
        "with other values of the same type",
        [[1, "a"]],
        [{"n": "b", "id": 1}],
        ["values ", "values keys ['id', 'n']"],
    ),
    (rows_became_objects, "with other values", [[1, "a"]], [{"n": None, "id": 1}], ["values "]),
    (rows_became_objects, "of several widths", [[1, "a"], [2]], [{"id": 1, "n": "a"}, {"id": 2}], ["values "]),
    (
        rows_became_objects,
        "a member that one lacks",
        [[1], [2]],
        [{"id": 1, "n": 1}, {"n": 2}],
        ["values ", "values keys ['n']"],
    ),
    (rows_became_objects, "of nothing", [[]], [{"id": 1}], ["values "]),
    (rows_became_objects, "twice the same", [[1, 1]], [{"a": 1, "b": 1}], ["values ", "values keys ['a', 'b']"]),
    (rows_became_objects, "no row", [1], [{"id": 1}], []),
    (
        rows_became_objects,
        "in the order of the values",
        [[1, 2]],
        [{"a": 2, "b": 1}],
        ["values ", "values keys ['b', 'a']"],
    ),
    (
        rows_became_objects,
        "of several widths, with all members",
        [[1, 2], [3]],
        [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
        ["values "],
    ),
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
    (envelope_removed, [dict.fromkeys("abcdefghi", 1)], [1], 8),  # at most eight
    (members_hoisted, [{"id": 1} | {name: {"a": 1} for name in "bcdefghij"}], [{"id": 1, "a": 1}], 8),  # at most eight
    (members_plunged, [{"id": 1}], [{name: {"id": 1} for name in "bcdefghij"}], 8),  # at most eight
    (map_became_list, [{"a": 1}], [[dict.fromkeys(KEYS[:11], 0) | {"y": "a", "z": "a"}]], 6),  # by the twelfth
    (
        map_became_list,
        [{"a": 1}],
        [[{"n": "a", "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}]],
        6,
    ),  # into one with many members
]


@pytest.mark.parametrize(("propose", "olds", "news", "most"), MANY, ids=name_of)
def test__propose__of_many_members__is_bounded(propose: Propose, olds: list[Json], news: list[Json], most: int) -> None:
    assert len(list(propose(node(olds, news)))) == most
