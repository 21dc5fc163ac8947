"""What a kind proposes at a place: which steps, in which words, and where nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from harness.changes.kinds.constant_changed import propose as constant_changed
from harness.changes.kinds.discriminator_changed import propose as discriminator_changed
from harness.changes.kinds.enum_value_renamed import propose as enum_value_renamed
from harness.changes.kinds.envelope_removed import propose as envelope_removed
from harness.changes.kinds.field_constant import propose as field_constant
from harness.changes.kinds.field_moved import propose as field_moved
from harness.changes.kinds.field_renamed import propose as field_renamed
from harness.changes.kinds.field_split import propose as field_split
from harness.changes.kinds.fields_joined import propose as fields_joined
from harness.changes.kinds.format_changed import propose as format_changed
from harness.changes.kinds.list_became_map import propose as list_became_map
from harness.changes.kinds.list_became_scalar import propose as list_became_scalar
from harness.changes.kinds.list_became_text import propose as list_became_text
from harness.changes.kinds.list_nested import propose as list_nested
from harness.changes.kinds.list_reordered import propose as list_reordered
from harness.changes.kinds.list_wrapped import propose as list_wrapped
from harness.changes.kinds.map_became_list import propose as map_became_list
from harness.changes.kinds.members_hoisted import propose as members_hoisted
from harness.changes.kinds.members_plunged import propose as members_plunged
from harness.changes.kinds.naming_convention_changed import propose as naming_convention_changed
from harness.changes.kinds.null_became_empty import propose as null_became_empty
from harness.changes.kinds.null_became_missing import propose as null_became_missing
from harness.changes.kinds.null_instead_of_missing import propose as null_instead_of_missing
from harness.changes.kinds.object_collapsed import propose as object_collapsed
from harness.changes.kinds.object_scattered import propose as object_scattered
from harness.changes.kinds.object_wrapped import propose as object_wrapped
from harness.changes.kinds.objects_became_rows import propose as objects_became_rows
from harness.changes.kinds.pairs_became_object import propose as pairs_became_object
from harness.changes.kinds.rows_became_objects import propose as rows_became_objects
from harness.changes.kinds.scalar_became_list import propose as scalar_became_list
from harness.changes.kinds.text_affix_changed import propose as text_affix_changed
from harness.changes.kinds.text_became_list import propose as text_became_list
from harness.changes.kinds.type_changed import propose as type_changed
from harness.changes.kinds.value_elsewhere import propose as value_elsewhere
from harness.changes.kinds.value_expanded import propose as value_expanded
from harness.changes.node import Node, Proposal
from harness.lens.steps.affix import Affix
from harness.lens.steps.combine import Combine
from harness.lens.steps.convert import Convert
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.divide import Divide
from harness.lens.steps.drop import Drop
from harness.lens.steps.entries import Entries
from harness.lens.steps.flatten import Flatten
from harness.lens.steps.head import Head
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.join import Join
from harness.lens.steps.key_by import KeyBy
from harness.lens.steps.listify import Listify
from harness.lens.steps.merge import Merge
from harness.lens.steps.move import Move
from harness.lens.steps.names import Names
from harness.lens.steps.plunge import Plunge
from harness.lens.steps.recase import Recase
from harness.lens.steps.rename import Rename
from harness.lens.steps.scatter import Scatter
from harness.lens.steps.sort import Sort
from harness.lens.steps.split import Split
from harness.lens.steps.table import Table
from harness.lens.steps.unwrap import Unwrap
from harness.lens.steps.values import Values
from harness.lens.steps.wrap import Wrap
from harness.model.json_text import Json
from tests.changes.bodies import node

Propose = Callable[[Node], Iterator[Proposal]]
AT = ("x",)
KEYS = [f"k{number}" for number in range(19)]

SAID: list[tuple[Propose, list[Json], list[Json], list[Proposal]]] = [
    (list_reordered, [[1, 2]], [[2, 1]], [Proposal(Sort(at=AT), "the list is no longer sorted by value", {"by": ""})]),
    (
        list_reordered,
        [[{"id": 1, "b": 2}, {"b": 3}]],
        [[{"b": 3}, {"id": 1, "b": 2}]],
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
    (
        constant_changed,
        [True] * 3,
        [{}] * 3,
        [
            Proposal(
                Table(at=AT, rows=(({}, True),)),
                "the value was always True and is always {}",
                {"old": True, "new": {}},
                cost=1.5,
            )
        ],
    ),
    (
        enum_value_renamed,
        ["open", "shut"] * 2,
        ["OPEN", "SHUT"] * 2,
        [
            Proposal(
                Table(at=AT, rows=(("OPEN", "open"), ("SHUT", "shut"))),
                "2 values are written differently",
                {"rows": [["OPEN", "open"], ["SHUT", "shut"]]},
                cost=1.5,
            )
        ],
    ),
    (
        enum_value_renamed,
        ["a", "b"] * 2,
        ["x", "b"] * 2,
        [
            Proposal(
                Table(at=AT, rows=(("x", "a"),)), "1 value is written differently", {"rows": [["x", "a"]]}, cost=1.25
            )
        ],
    ),
    (
        null_became_empty,
        ["", "x", ""],
        [None, "x", None],
        [Proposal(Table(at=AT, rows=((None, ""),)), "'' became None", {"old": "", "new": None})],
    ),
    (
        text_affix_changed,
        ["/v1/a", "/v1/b/c"],
        ["/v2/a", "/v2/b/c"],
        [
            Proposal(
                Affix(at=AT, prefix="/v2", to_prefix="/v1"),
                "the text's beginning '/v1' became '/v2'",
                {"old": "/v1", "new": "/v2"},
            )
        ],
    ),
    (
        text_affix_changed,
        ["fern.png", "mint.png", "x"],
        ["fern.jpg", "mint.jpg", "x"],
        [
            Proposal(
                Affix(at=AT, suffix="jpg", to_suffix="png"),
                "the text's end 'png' became 'jpg'",
                {"old": "png", "new": "jpg"},
            )
        ],
    ),
    (
        type_changed,
        [7, 8],
        ["7", "8"],
        [
            Proposal(
                Convert(at=AT, using="string-to-integer"),
                "the value is written differently (string-to-integer undoes it)",
                {"using": "string-to-integer"},
            ),
            Proposal(
                Convert(at=AT, using="string-to-number"),
                "the value is written differently (string-to-number undoes it)",
                {"using": "string-to-number"},
            ),
        ],
    ),
    (
        format_changed,
        ["a"],
        ["A"],
        [
            Proposal(
                Convert(at=AT, using="lower-case"),
                "the value is written differently (lower-case undoes it)",
                {"using": "lower-case"},
            )
        ],
    ),
    (
        field_constant,
        [{"n": n, "u": {}} for n in range(5)],
        [{"n": n} for n in range(5)],
        [
            Proposal(
                Default(at=AT, key="u", value={}),
                "'u' is gone; it was the same in all 5 answers",
                {"key": "u", "value": {}},
            )
        ],
    ),
    (
        null_became_missing,
        [{"t": None}, {"t": "x"}, {"s": 1}],
        [{}, {"t": "x"}, {"s": 1}],
        [
            Proposal(
                Default(at=AT, key="t", value=None), "'t' is left out where it was None", {"key": "t", "value": None}
            )
        ],
    ),
    (
        null_became_missing,
        [{"t": 9}] * 6,
        [{}] * 5 + [{"t": 9}],
        [Proposal(Default(at=AT, key="t", value=9), "'t' is left out where it was 9", {"key": "t", "value": 9})],
    ),
    (
        null_instead_of_missing,
        [{}, {"t": "x"}],
        [{"t": None}, {"t": "x"}],
        [Proposal(Drop(at=AT, keys=("t",), only_null=True), "'t' is null where it was left out", {"key": "t"})],
    ),
    (
        field_split,
        [{"name": "Ada Stone"}, {"name": "Bo Hill"}],
        [{"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}],
        [
            Proposal(
                Combine(at=AT, from_=("first", "last"), by=" ", to="name"),
                "'name' is now split into first, last",
                {"key": "name", "new": ["first", "last"], "by": " "},
            )
        ],
    ),
    (
        fields_joined,
        [{"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}],
        [{"name": "Ada Stone"}, {"name": "Bo Hill"}],
        [
            Proposal(
                Divide(at=AT, from_="name", by=" ", to=("first", "last")),
                "first, last are now joined in 'name'",
                {"old": ["first", "last"], "new": "name", "by": " "},
            )
        ],
    ),
    (
        field_renamed,
        [{"aa": "kim"}, {"aa": "lee"}],
        [{"zz": "kim"}, {"zz": "lee"}],
        [Proposal(Rename(at=AT, from_="zz", to="aa"), "'aa' is now called 'zz'", {"old": "aa", "new": "zz"})],
    ),
    (
        field_renamed,
        [{"a": "kim"}, {"a": "lee"}],
        [{"x": v, "y": v} for v in ("kim", "lee")],
        [
            Proposal(
                Rename(at=AT, from_="x", to="a"),
                "'a' is now called 'x'",
                {"old": "a", "new": "x", "open": ["a"]},
                rivals=("a from y",),
            )
        ],
    ),
    (
        field_renamed,
        [{"x": v, "y": v} for v in ("kim", "lee")],
        [{"a": "kim"}, {"a": "lee"}],
        [
            Proposal(
                Rename(at=AT, from_="a", to="x"),
                "'x' is now called 'a'",
                {"old": "x", "new": "a", "open": ["x", "y"]},
                rivals=("y from a",),
            )
        ],
    ),
    (
        field_moved,
        [{"b": {"r": 3, "w": 1}}, {"b": {"r": 12, "w": 2}}],
        [{"b": {"w": 1}, "r": 3}, {"b": {"w": 2}, "r": 12}],
        [Proposal(Move(at=AT, from_=("r",), to=("b", "r")), "$.b.r now stands at $.r", {"old": "$.b.r", "new": "$.r"})],
    ),
    (
        field_moved,
        [{"a": {"k": v}, "p": {}, "q": {}} for v in ("kim", "lee")],
        [{"a": {}, "q": {"k": v}, "p": {"k": v}} for v in ("kim", "lee")],
        [
            Proposal(
                Move(at=AT, from_=("p", "k"), to=("a", "k")),
                "$.a.k now stands at $.p.k",
                {"old": "$.a.k", "new": "$.p.k"},
                rivals=("$.q.k",),
            )
        ],
    ),
    (
        naming_convention_changed,
        [{"created_at": 1, "in": [{"user_name": 2}]}],
        [{"createdAt": 1, "in": [{"userName": 2}]}],
        [
            Proposal(
                Recase(at=AT, to="snake"),
                "2 names are written in another convention",
                {"names": ["created_at", "user_name"]},
            )
        ],
    ),
    (
        naming_convention_changed,
        [{"created_at": 1, "user_name": 2, "isOn": 3}],
        [{"createdAt": 1, "userName": 2, "isOn": 3}],
        [
            Proposal(
                Recase(at=AT, to="snake", keep=("isOn",)),
                "2 names are written in another convention",
                {"names": ["created_at", "user_name"]},
            )
        ],
    ),
    (
        value_elsewhere,
        [{"rate": {"n": 60}, "core": {"n": 60}}, {"rate": {"n": 50}, "core": {"n": 50}}],
        [{"core": {"n": 60}}, {"core": {"n": 50}}],
        [
            Proposal(
                Copy(at=AT, from_="$.core", to="rate"),
                "'rate' is gone; its value stands at $.core",
                {"key": "rate", "from": "$.core", "covered": 2, "having": 2, "rivals": []},
            )
        ],
    ),
    (
        value_elsewhere,
        [{"a": v, "p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee", "ada")],
        [{"p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee", "ada")],
        [
            Proposal(
                Copy(at=AT, from_="$.p.q", to="a"),
                "'a' is gone; its value stands at $.p.q",
                {
                    "key": "a",
                    "from": "$.p.q",
                    "covered": 3,
                    "having": 3,
                    "rivals": ["$.r.s", "@.r.s", "received($.r.s)"],
                },
            )
        ],
    ),
    (
        value_elsewhere,
        [{"a": v, "p": {"q": v}} for v in ("kim", "lee")] + [{"a": "x1y", "p": {}}, {"a": "x2y", "p": {}}],
        [{"p": {"q": v}} for v in ("kim", "lee")] + [{"p": {}}] * 2,
        [
            Proposal(
                Copy(at=AT, from_="$.p.q", to="a"),
                "'a' is gone; its value stands at $.p.q",
                {"key": "a", "from": "$.p.q", "covered": 2, "having": 4, "rivals": []},
            )
        ],
    ),
]


def name_of(value: object) -> str | None:
    """The module of a kind."""
    return value.__module__.rpartition(".")[2] if callable(value) else None


@pytest.mark.parametrize(("propose", "olds", "news", "expected"), SAID, ids=name_of)
def test__propose__says_what_it_saw(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[Proposal]
) -> None:
    assert list(propose(node(olds, news, AT))) == expected


STEPS: list[tuple[Propose, str, list[Json], list[Json], list[str]]] = [
    (list_reordered, "numbers, the greatest first", [[3, 1]], [[1, 3]], ["sort descending True"]),
    (list_reordered, "beside a list of one", [["a", "b"], [None]], [["b", "a"], [None]], ["sort "]),
    (
        list_reordered,
        "by two members",
        [[{"n": 0, "id": 1}, {"id": 2, "n": 0}]],
        [[{"id": 2, "n": 0}, {"n": 0, "id": 1}]],
        ["sort by n", "sort by n, descending True", "sort by id"],
    ),
    (
        list_reordered,
        "and another value",
        [[{"id": 1, "v": 1}, {"id": 2, "v": 2}]],
        [[{"id": 2, "v": 3}, {"id": 1, "v": 1}]],
        ["sort by id", "sort by v"],
    ),
    (
        list_reordered,
        "by one of twenty members",
        [[dict.fromkeys(KEYS, None) | {"a": at, "b": at} for at in (1, 2)]],
        [[dict.fromkeys(KEYS, None) | {"a": at, "b": at} for at in (2, 1)]],
        ["sort by a"],
    ),
    (list_reordered, "of two types", [[1, "a"]], [["a", 1]], []),
    (list_reordered, "sorted by nothing", [[1, 3, 2]], [[1, 2, 3]], []),
    (list_reordered, "other elements", [[1, 2]], [[1, 3]], []),
    (list_reordered, "not reordered", [[{"id": 1}, {"id": 2}]], [[{"id": 1}, {"id": 2}]], []),
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
    (constant_changed, "in two answers", [True] * 2, [{}] * 2, []),
    (constant_changed, "of an empty list", [[]] * 3, [0] * 3, ["table rows [[0, []]]"]),
    (constant_changed, "of a list", [[1]] * 3, [2] * 3, []),
    (constant_changed, "into a list", [2] * 3, [[1]] * 3, []),
    (constant_changed, "not always", [1, 1, 2], [3] * 3, []),
    (constant_changed, "not always the same", [1] * 3, [3, 3, 4], []),
    (constant_changed, "unchanged", [1] * 3, [1] * 3, []),
    (enum_value_renamed, "one, seen once", ["a", "b", "b", "b"], ["x", "b", "b", "b"], []),
    (
        enum_value_renamed,
        "two, of which one is seen once",
        ["a", "b", "b", "b"],
        ["x", "y", "y", "y"],
        ["table rows [['x', 'a'], ['y', 'b']]"],
    ),
    (enum_value_renamed, "too few", ["a", "b", "b"], ["x", "y", "y"], []),
    (enum_value_renamed, "most seen once", ["a", "b", "c", "c", "c", "c"], ["x", "y", "z", "z", "z", "z"], []),
    (
        enum_value_renamed,
        "booleans, null beside",
        [None, True, False, True, False],
        [None, "yes", "no", "yes", "no"],
        ["table rows [['yes', True], ['no', False]]"],
    ),
    (enum_value_renamed, "null became a name", ["a", "a", None], ["x", "x", "y"], []),
    (enum_value_renamed, "a name became null", ["a", "a", "b"], ["x", "x", None], []),
    (enum_value_renamed, "merged", ["a", "b"] * 2, ["x"] * 4, []),
    (enum_value_renamed, "in some answers", ["a"] * 4, ["x", "x", "a", "a"], []),
    (enum_value_renamed, "exchanged", ["a", "b"] * 2, ["b", "c"] * 2, []),
    (enum_value_renamed, "unchanged", ["a", "b"] * 2, ["a", "b"] * 2, []),
    (null_became_empty, "zero became an empty list", [0], [[]], ["table rows [[[], 0]]"]),
    (null_became_empty, "false is something", [False], [None], []),
    (null_became_empty, "a value", ["x"], [None], []),
    (null_became_empty, "a value came", [None], ["x"], []),
    (null_became_empty, "of several kinds", ["", 0], [None, None], []),
    (null_became_empty, "into several kinds", [None, None], ["", 0], []),
    (null_became_empty, "where OLD had both", ["", None], [None, None], []),
    (null_became_empty, "unchanged", [None], [None], []),
    (text_affix_changed, "at both", ["a-x-b", "a-y-b"], ["c-x-d", "c-y-d"], []),
    (text_affix_changed, "of one text", ["/v1/a", "/v1/a"], ["/v2/a", "/v2/a"], []),
    (text_affix_changed, "added", ["a", "b"], ["www.a", "www.b"], ["affix prefix www."]),
    (text_affix_changed, "removed", ["a.html", "b.html"], ["a", "b"], ["affix to_suffix .html"]),
    (text_affix_changed, "of several", ["ax", "by"], ["cx", "dy"], []),
    (text_affix_changed, "nothing in common", ["ab", "cd"], ["e", "f"], []),
    (
        text_affix_changed,
        "of what is no text",
        [1, "/v1/a", "/v1/b"],
        [2, "/v2/a", "/v2/b"],
        ["affix prefix /v2, to_prefix /v1"],
    ),
    (type_changed, "to null", [7, None], [None, "7"], []),
    (
        type_changed,
        "beside null",
        [7, None, 8],
        ["7", 5, None],
        ["convert using string-to-integer", "convert using string-to-number"],
    ),
    (format_changed, "of a container", [["a"]], [["A"]], []),
    (field_constant, "in four answers", [{"n": n, "u": {}} for n in range(4)], [{"n": n} for n in range(4)], []),
    (
        field_constant,
        "in five alike",
        [{"n": n // 2, "u": {}} for n in range(8)],
        [{"n": n // 2} for n in range(8)],
        [],
    ),
    (field_constant, "with another value", [{"n": n, "u": n // 4} for n in range(5)], [{"n": n} for n in range(5)], []),
    (
        field_constant,
        "in some",
        [{"n": n, "u": 1} for n in range(5)] + [{"n": 9}],
        [{"n": n} for n in range(5)] + [{"n": 9}],
        ["default key u, value 1"],
    ),
    (null_became_missing, "a default, four times", [{"t": 9}] * 5, [{}] * 4 + [{"t": 9}], []),
    (null_became_missing, "two values", [{"t": None}, {"t": ""}, {"t": 1}], [{}, {}, {"t": 1}], []),
    (null_became_missing, "nothing", [{"t": 1}], [{"t": 1}], []),
    (null_instead_of_missing, "a value beside", [{}, {}, {"t": "x"}], [{"t": None}, {"t": 1}, {"t": "x"}], []),
    (null_instead_of_missing, "beside a null of OLD's", [{}, {"t": None}], [{"t": None}, {"t": None}], []),
    (null_instead_of_missing, "beside a value that became null", [{}, {"t": "x"}], [{"t": None}, {"t": None}], []),
    (null_instead_of_missing, "nothing came", [{"t": 1}, {"t": 2}], [{"t": 1}, {}], []),
    (
        field_split,
        "in the other order, by nothing",
        [{"p": "ab12"}, {"p": "cd34"}],
        [{"a": "12", "b": "ab"}, {"a": "34", "b": "cd"}],
        ["combine from ['b', 'a'], by , to p"],
    ),
    (
        field_split,
        "twice",
        [{"p": "a-b", "q": "c-d"}, {"p": "e-f", "q": "g-h"}],
        [{"w": "a", "x": "b", "y": "c", "z": "d"}, {"w": "e", "x": "f", "y": "g", "z": "h"}],
        ["combine from ['w', 'x'], by -, to p", "combine from ['y', 'z'], by -, to q"],
    ),
    (field_split, "of one text", [{"p": "a-b"}] * 2, [{"w": "a", "x": "b"}] * 2, []),
    (
        field_split,
        "beside a number",
        [{"p": "a-b"}, {"p": "c-d"}],
        [{"n": 1, "w": "a", "x": "b"}, {"n": 2, "w": "c", "x": "d"}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (
        field_split,
        "one that does not fit",
        [{"p": "a-b"}, {"p": "c-d"}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "e"}],
        [],
    ),
    (
        field_split,
        "where it was no text",
        [{"p": "a-b"}, {"p": "c-d"}, {"p": None}, {}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}, {}, {}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (field_split, "where a part is missing", [{"p": "a-b"}, {"p": "c-d"}], [{"w": "a", "x": "b"}, {"w": "c"}], []),
    (
        fields_joined,
        "in the other order",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"p": "b-a"}, {"p": "d-c"}],
        ["divide from p, by -, to ['x', 'w']"],
    ),
    (
        fields_joined,
        "of four",
        [{"a": "1", "b": "2", "c": "3", "d": "4"}, {"a": "5", "b": "6", "c": "7", "d": "8"}],
        [{"p": "1.2.3.4"}, {"p": "5.6.7.8"}],
        ["divide from p, by ., to ['a', 'b', 'c', 'd']"],
    ),
    (
        fields_joined,
        "of five",
        [dict(zip("abcde", text, strict=True)) for text in ("12345", "67890")],
        [{"p": "1.2.3.4.5"}, {"p": "6.7.8.9.0"}],
        [],
    ),
    (
        fields_joined,
        "twice",
        [{"w": "a", "x": "b", "y": "c", "z": "d"}, {"w": "e", "x": "f", "y": "g", "z": "h"}],
        [{"p": "a-b", "q": "c-d"}, {"p": "e-f", "q": "g-h"}],
        ["divide from p, by -, to ['w', 'x']", "divide from q, by -, to ['y', 'z']"],
    ),
    (fields_joined, "by nothing", [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}], [{"p": "ab"}, {"p": "cd"}], []),
    (fields_joined, "of one text", [{"w": "a", "x": "b"}] * 2, [{"p": "a-b"}] * 2, []),
    (
        fields_joined,
        "beside a number",
        [{"n": 1, "w": "a", "x": "b"}, {"n": 2, "w": "c", "x": "d"}],
        [{"p": "a-b"}, {"p": "c-d"}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (
        fields_joined,
        "one that does not fit",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"p": "a-b"}, {"p": "c-e"}],
        [],
    ),
    (
        fields_joined,
        "into what is no text everywhere",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}, {}],
        [{"p": "a-b"}, {"p": "c-d"}, {"p": 1}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (
        fields_joined,
        "of seven, by the sixth",
        [{c: c + n for c in "abcdefg"} for n in "12"],
        [{"p": f"a{n} f{n}"} for n in "12"],
        ["divide from p, by  , to ['a', 'f']"],
    ),
    (
        fields_joined,
        "of seven, by the seventh",
        [{c: c + n for c in "abcdefg"} for n in "12"],
        [{"p": f"a{n} g{n}"} for n in "12"],
        [],
    ),
    (
        field_renamed,
        "a counter that ran on",
        [{"aa": 1000}, {"aa": 2000}, {"aa": 3000}],
        [{"zz": 1020}, {"zz": 2040}, {"zz": 2940}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "a counter that ran far",
        [{"aa": 1000}, {"aa": 2000}, {"aa": 3000}],
        [{"zz": 1021}, {"zz": 2040}, {"zz": 2940}],
        [],
    ),
    (field_renamed, "a small number", [{"aa": 99}, {"aa": 98}, {"aa": 97}], [{"zz": 100}, {"zz": 99}, {"zz": 98}], []),
    (
        field_renamed,
        "beside four, alone in one",
        [{"aa": v} for v in ("kim", "lee", "ada", "bo")] + [{"aa": "cy"}],
        [{"zz": v} for v in ("kim", "lee", "ada", "bo")] + [{}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "beside three, alone in one",
        [{"aa": v} for v in ("kim", "lee", "ada")] + [{"aa": "cy"}],
        [{"zz": v} for v in ("kim", "lee", "ada")] + [{}],
        [],
    ),
    (
        field_renamed,
        "words that were told before",
        [{"sum_rx": 1000 + n, "now_rx": n} for n in range(3)],
        [{"sum_recv": 1000 + n, "now_recv": 5} for n in range(3)],
        ["rename from sum_recv, to sum_rx"],
    ),
    (
        field_renamed,
        "the only list",
        [{"aa": [1, 2, 3, 4], "n": 1}],
        [{"zz": [1, 2, 3, 9], "n": 1}],
        ["rename from zz, to aa"],
    ),
    (field_renamed, "one of two lists", [{"aa": [1, 2, 3, 4], "n": 1}], [{"zz": [1, 2, 3, 9], "yy": [7, 8, 9, 9]}], []),
    (field_renamed, "a short list", [{"aa": [1, 2, 3], "n": 1}], [{"zz": [1, 2, 9], "n": 1}], []),
    (
        field_renamed,
        "an object that took a value's name",
        [{"of": 7, "by": {"id": 9, "n": "ann"}}],
        [{"of": {"id": 9, "n": "ann"}}],
        ["rename from of, to by"],
    ),
    (field_renamed, "true is no number", [{"aa": True}], [{"zz": 1}], []),
    (
        field_moved,
        "down",
        [{"b": {}, "r": 3}, {"b": {}, "r": 12}],
        [{"b": {"r": 3}}, {"b": {"r": 12}}],
        ["move from $.b.r, to $.r"],
    ),
    (
        field_moved,
        "where both have it",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {}}],
        [{"b": {}, "q": 30}, {"b": {}, "q": 12}, {"b": {}}],
        ["move from $.q, to $.b.r"],
    ),
    (
        field_moved,
        "with another value once",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {"r": 13}}],
        [{"b": {}, "r": 30}, {"b": {}, "r": 12}, {"b": {}, "r": 14}],
        [],
    ),
    (
        field_moved,
        "missing once",
        [{"b": {"r": 30}}, {"b": {"r": 12}}, {"b": {"r": 13}}],
        [{"b": {}, "r": 30}, {"b": {}, "r": 12}, {"b": {}}],
        [],
    ),
    (
        field_moved,
        "to the one of its name",
        [{"a": {"k": v}, "p": {}, "q": {}} for v in ("kim", "lee")],
        [{"a": {}, "p": {"z": v}, "q": {"k": v}} for v in ("kim", "lee")],
        ["move from $.q.k, to $.a.k"],
    ),
    (
        field_moved,
        "two to one",
        [{"a": {"k": v}, "b": {"k": v}} for v in ("kim", "lee")],
        [{"a": {}, "b": {}, "k": v} for v in ("kim", "lee")],
        ["move from $.k, to $.a.k"],
    ),
    (
        field_moved,
        "a flag of its name",
        [{"b": {"vip": True}}],
        [{"b": {}, "vip": True}],
        ["move from $.vip, to $.b.vip"],
    ),
    (field_moved, "a flag of another name", [{"b": {"vip": True}}], [{"b": {}, "gold": True}], []),
    (
        field_moved,
        "a flag of its whole name",
        [{"b": {"vip": True}}],
        [{"b": {}, "b_vip": True}],
        ["move from $.b_vip, to $.b.vip"],
    ),
    (field_moved, "within its object", [{"r": v} for v in ("kim", "lee")], [{"q": v} for v in ("kim", "lee")], []),
    (
        field_moved,
        "into a new object",
        [{"r": v, "b": {}} for v in ("kim", "lee")],
        [{"b": {}, "q": {"r": v}} for v in ("kim", "lee")],
        [],
    ),
    (
        field_moved,
        "out of an object that went",
        [{"q": {"r": v}} for v in ("kim", "lee")],
        [{"r": v} for v in ("kim", "lee")],
        ["move from $.r, to $.q.r"],
    ),
    (
        field_moved,
        "four deep",
        [{"a": {"b": {"c": {"d": v}}}} for v in ("kim", "lee")],
        [{"a": {"b": {"c": {}}}, "d": v} for v in ("kim", "lee")],
        ["move from $.d, to $.a.b.c.d"],
    ),
    (
        field_moved,
        "five deep",
        [{"a": {"b": {"c": {"d": {"e": v}}}}} for v in ("kim", "lee")],
        [{"a": {"b": {"c": {"d": {}}}}, "e": v} for v in ("kim", "lee")],
        [],
    ),
    (field_moved, "no object", [1], [2], []),
    (naming_convention_changed, "of one", [{"created_at": 1}], [{"createdAt": 1}], []),
    (naming_convention_changed, "to two", [{"created_at": 1, "user-name": 2}], [{"createdAt": 1, "userName": 2}], []),
    (
        naming_convention_changed,
        "of values",
        [{"a": "created_at", "b": "user_name"}],
        [{"a": "createdAt", "b": "userName"}],
        [],
    ),
    (
        value_elsewhere,
        "in one place",
        [{"total": v, "of": {"count": v}} for v in (17, 42)],
        [{"of": {"count": v}} for v in (17, 42)],
        ["copy from $.of.count, to total"],
    ),
    (
        value_elsewhere,
        "in two places",
        [{"a": v, "p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}, "r": {"s": v}} for v in ("kim", "lee")],
        ["copy from $.p.q, to a or $.r.s or @.r.s or received($.r.s)"],
    ),
    (
        value_elsewhere,
        "in the place of its name",
        [{"name": v, "p": {"q": v}, "r": {"name": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}, "r": {"name": v}} for v in ("kim", "lee")],
        ["copy from $.r.name, to name"],
    ),
    (value_elsewhere, "once only", [{"a": 1000, "p": {"q": 1000}}], [{"p": {"q": 1000}}], []),
    (
        value_elsewhere,
        "in less than half",
        [{"a": v, "p": {"q": v}} for v in ("kim", "lee")] + [{"a": f"x{n}y", "p": {}} for n in "123"],
        [{"p": {"q": v}} for v in ("kim", "lee")] + [{"p": {}}] * 3,
        [],
    ),
    (
        value_elsewhere,
        "as a text",
        [{"id": v, "p": {"id": str(v)}} for v in (17, 42)],
        [{"p": {"id": str(v)}} for v in (17, 42)],
        ["copy from $.p.id, to id, using string-to-integer"],
    ),
    (format_changed, "to capitals in some", ["a", "b"], ["A", "b"], ["convert using lower-case"]),
    (field_constant, "but for the first", [{"n": n, "u": n > 0} for n in range(5)], [{"n": n} for n in range(5)], []),
    (field_constant, "but for the second", [{"n": n, "u": n == 1} for n in range(5)], [{"n": n} for n in range(5)], []),
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
    (
        field_renamed,
        "lists of which half are long",
        [{"aa": [1, 2, 3, 4]}, {"aa": [1]}],
        [{"zz": [1, 2, 3, 9]}, {"zz": [2]}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "lists of which a third is long",
        [{"aa": [1, 2, 3, 4]}, {"aa": [1]}, {"aa": [5]}],
        [{"zz": [1, 2, 3, 9]}, {"zz": [2]}, {"zz": [6]}],
        [],
    ),
    (
        field_renamed,
        "a counter from a hundred on",
        [{"aa": 100}, {"aa": 200}, {"aa": 300}],
        [{"zz": 102}, {"zz": 204}, {"zz": 306}],
        ["rename from zz, to aa"],
    ),
    (
        field_renamed,
        "objects that are mostly alike",
        [
            {
                "aa": {"a": "kim", "b": "lee", "c": "ada", "d": "bodil", "e": 1},
                "bb": {"f": "oslo", "g": "bonn", "h": "bern", "i": "rome", "j": 1},
            }
        ],
        [
            {
                "yy": {"a": "kim", "b": "lee", "c": "ada", "d": "bodil", "e": 5},
                "zz": {"f": "oslo", "g": "bonn", "h": "bern", "i": "rome", "j": 5},
            }
        ],
        ["rename from yy, to aa", "rename from zz, to bb"],
    ),
    (
        field_renamed,
        "objects that are half alike",
        [{"aa": {"a": "kim", "b": "lee", "c": 1, "d": 2}, "bb": {"f": "oslo", "g": "bonn", "h": 3, "i": 4}}],
        [{"yy": {"a": "kim", "b": "lee", "c": "x", "d": "y"}, "zz": {"f": "oslo", "g": "bonn", "h": "u", "i": "v"}}],
        [],
    ),
    (
        value_elsewhere,
        "once, in the place of its name",
        [{"name": "kim", "r": {"name": "kim"}}],
        [{"r": {"name": "kim"}}],
        ["copy from $.r.name, to name"],
    ),
    (value_elsewhere, "once, of little worth", [{"name": 7, "r": {"name": 7}}], [{"r": {"name": 7}}], []),
    (
        field_split,
        "beside a number that is gone",
        [{"k": 1, "p": "a-b"}, {"k": 2, "p": "c-d"}],
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        ["combine from ['w', 'x'], by -, to p"],
    ),
    (
        fields_joined,
        "beside a text that came",
        [{"w": "a", "x": "b"}, {"w": "c", "x": "d"}],
        [{"k": "z", "p": "a-b"}, {"k": "y", "p": "c-d"}],
        ["divide from p, by -, to ['w', 'x']"],
    ),
    (null_became_empty, "null became empty", [None, "x"], ["", "x"], ["table rows [['', None]]"]),
    (null_became_empty, "empty where OLD had both", [None, ""], ["", ""], []),
    (text_affix_changed, "of which one changed more", ["ab-x", "ab-y"], ["cb-x", "cd-y"], []),
    (
        field_moved,
        "beside one within its object",
        [{"b": {"r": v}} for v in ("kim", "lee")],
        [{"b": {"q": "z"}, "r": v} for v in ("kim", "lee")],
        ["move from $.r, to $.b.r"],
    ),
    (
        field_moved,
        "up or down",
        [{"m": {"k": v}, "a": {}} for v in ("kim", "lee")],
        [{"m": {}, "a": {"k": v}, "k": v} for v in ("kim", "lee")],
        ["move from $.k, to $.m.k or $.a.k"],
    ),
    (
        field_moved,
        "that is still there once",
        [{"b": {"r": 30}}, {"b": {"r": 40}}],
        [{"b": {"r": 30}, "r": 30}, {"b": {}, "r": 40}],
        [],
    ),
    (
        field_moved,
        "into a new object in an object",
        [{"r": v, "b": {}} for v in ("kim", "lee")],
        [{"b": {"q": {"r": v}}} for v in ("kim", "lee")],
        [],
    ),
    (
        field_moved,
        "of just enough worth",
        [{"b": {"r": "kim"}}, {"b": {"r": 7}}],
        [{"b": {}, "q": "kim"}, {"b": {}, "q": 7}],
        ["move from $.q, to $.b.r"],
    ),
    (
        field_renamed,
        "in words that were told before",
        [{"sum_rx": 1000 + n, "sum_tx": 2000 + n, "rx": 50 + n} for n in range(3)],
        [{"all_recv": 1000 + n, "all_sent": 2000 + n, "recv": 52 + n} for n in range(3)],
        ["rename from all_recv, to sum_rx", "rename from all_sent, to sum_tx", "rename from recv, to rx"],
    ),
    (
        field_renamed,
        "of which one in four differs",
        [{"aa": v} for v in ("kim", "lee", "ada", "bo")],
        [{"zz": v} for v in ("kim", "lee", "ada", "x y")],
        [],
    ),
    (
        field_renamed,
        "the likeliest first",
        [{"aa": v, "of_it": 1} for v in ("kim", "lee")],
        [{"zz": v, "ofIt": 1} for v in ("kim", "lee")],
        ["rename from ofIt, to of_it", "rename from zz, to aa"],
    ),
    (
        field_renamed,
        "beside one of its name",
        [{"user_name": v} for v in ("kimberly", "leonardo")],
        [{"zz": v, "userName": other} for v, other in (("kimberly", "abcdefgh"), ("leonardo", "ijklmnop"))],
        ["rename from zz, to user_name"],
    ),
    (
        value_elsewhere,
        "beside one that is nowhere",
        [{"k": f"z{v}", "a": v, "p": {"q": v}} for v in ("kim", "lee")],
        [{"p": {"q": v}} for v in ("kim", "lee")],
        ["copy from $.p.q, to a"],
    ),
    (
        naming_convention_changed,
        "beside a name of none",
        [{"created_at": 1, "user_name": 2, "x-Y_z": 3}],
        [{"createdAt": 1, "userName": 2, "x-Y_z": 3}],
        ["recase to snake"],
    ),
]


@pytest.mark.parametrize(
    ("propose", "olds", "news", "expected"),
    [pytest.param(propose, *row, id=f"{name_of(propose)}: {what}") for propose, what, *row in STEPS],
)
def test__propose__gives_steps_where_they_fit(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[str]
) -> None:
    assert [" or ".join((each.step.describe(), *each.rivals)) for each in propose(node(olds, news))] == expected


MANY: list[tuple[Propose, list[Json], list[Json], int]] = [
    (list_became_map, [[dict.fromkeys("abcdefg", "k")]], [{"k": 1}], 31),  # keyed by one of many
    (list_wrapped, [[1]], [{name: [1] for name in "abcdefghi"}], 8),  # at most eight
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
    (enum_value_renamed, [chr(97 + n) for n in range(12)] * 2, [chr(65 + n) for n in range(12)] * 2, 1),  # twelve
    (enum_value_renamed, [chr(97 + n) for n in range(13)] * 2, [chr(65 + n) for n in range(13)] * 2, 0),  # thirteen
]


@pytest.mark.parametrize(("propose", "olds", "news", "most"), MANY, ids=name_of)
def test__propose__of_many_members__is_bounded(propose: Propose, olds: list[Json], news: list[Json], most: int) -> None:
    assert len(list(propose(node(olds, news)))) == most


CARD: dict[str, Json] = {"type": "card", "number": 1}
SEPA: dict[str, Json] = {"type": "sepa", "iban": 2}
PLAIN: dict[str, Json] = {"type": "sepa", "number": 2}


@pytest.mark.parametrize(
    ("objects", "news", "found"),
    [
        ([CARD, SEPA] * 2, ["credit", "debit"] * 2, True),
        ([CARD, PLAIN] * 2, ["credit", "debit"] * 2, False),  # the members are the same
        ([CARD, CARD, SEPA, PLAIN], ["credit", "credit", "debit", "debit"], False),  # one value, two sorts of objects
        ([CARD, CARD, CARD, SEPA], ["credit", "credit", "credit", "debit"], False),  # one object shows no variant
        ([CARD, SEPA] * 2, ["card", "sepa"] * 2, False),
    ],
)
def test__discriminator__is_what_decides_which_members_there_are(
    objects: list[dict[str, Json]], news: list[Json], found: bool
) -> None:
    here = node([each["type"] for each in objects], news, AT)
    samples = [replace(sample, beside=each) for sample, each in zip(here.samples, objects, strict=True)]
    told = "2 values are written differently, and tell the variants apart"
    step = Table(at=AT, rows=(("credit", "card"), ("debit", "sepa")))
    proposal = Proposal(step, told, {"rows": [["credit", "card"], ["debit", "sepa"]]}, cost=1.35)
    assert list(discriminator_changed(Node(AT, samples))) == ([proposal] if found else [])


def test__discriminator__of_what_is_no_member__is_none() -> None:
    assert not list(discriminator_changed(node(["card", "sepa"] * 2, ["credit", "debit"] * 2)))


def test__reordered__where_two_runs_differ__gives_nothing() -> None:
    here = node([[1, 2]], [[2, 1]])
    here.noisy = True
    assert not list(list_reordered(here))
