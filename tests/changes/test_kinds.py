"""Every kind on its witness: it is named, alone, and what it proposes makes NEW's answer OLD's again."""

from __future__ import annotations

import pytest

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, kinds
from harness.changes.kinds._conversions import conversions
from harness.model.json_text import Json
from tests.changes.bodies import applied, learn, node

BODIES = [kind for kind in kinds().values() if kind.stage is not Stage.ANSWER]
UNDONE = [kind for kind in BODIES if kind.stage is not Stage.RAW]


@pytest.mark.parametrize("kind", BODIES, ids=lambda kind: kind.id)
def test__explain__a_witness__finds_its_kind_and_no_other(kind: Kind) -> None:
    found = learn(kind.witness.old, kind.witness.new)
    assert [each.kind.id for each in found.explained] + (
        [] if kind.takes else [each.kind for each in found.residue]
    ) == [kind.id]


@pytest.mark.parametrize("kind", UNDONE, ids=lambda kind: kind.id)
def test__steps__of_a_witness__make_new_equal_old(kind: Kind) -> None:
    old, new = kind.witness.old, kind.witness.new
    bodies = applied(learn(old, new).steps, new)
    assert kind.takes or all(map(same, old, bodies)), bodies


ROWS: list[tuple[str, list[Json], list[Json], list[str]]] = [
    # what is written in NEW, and what a person would call it; nothing where it is no change, or no such one
    (
        "an envelope with a count",
        [[1, 2], [3, 5, 8]],
        [{"d": [1, 2], "n": 2}, {"d": [3, 5, 8], "n": 3}],
        ["list-wrapped"],
    ),
    ("an envelope around some", [{"a": 5}, {"a": 6}, [1]], [{"d": {"a": 5}}, {"d": {"a": 6}}, [1]], ["object-wrapped"]),
    ("a bare object enveloped before", [{"d": {"a": "x"}}, {"d": {"a": "y"}}], [{"a": "x"}, {"a": "y"}], ["envelope"]),
    (
        "two renames",
        [{"aa": "kim", "bb": "oslo"}, {"aa": "lee", "bb": "bonn"}],
        [{"who": "kim", "at": "oslo"}, {"who": "lee", "at": "bonn"}],
        ["renamed", "renamed"],
    ),
    (
        "a rename of a live number",
        [{"rx_rate": 1021}, {"rx_rate": 40}],
        [{"rxRate": 988}, {"rxRate": 44}],
        ["renamed", "value"],
    ),
    ("no rename: other values", [{"aa": "kim"}, {"aa": "lee"}], [{"zz": 88}, {"zz": 99}], ["removed", "added"]),
    ("no rename: both stay", [{"a": "kim", "b": "kim"}], [{"a": "kim", "b": "kim"}], []),
    (
        "no rename: never together",
        [{"aa": "kim"}, {"aa": "lee"}, {"aa": "ada"}, {}, {}],
        [{"zz": "kim"}, {"zz": "lee"}, {}, {"zz": "bo"}, {"zz": "dag"}],
        ["removed", "added"],
    ),
    ("a rename of an empty text", [{"a": ""}], [{"zz": ""}], ["removed", "added"]),
    ("rows by name, names elsewhere", [{"r": [[1, "a"]]}], [{"r": [{"x": 1, "y": "a"}]}], ["rows-became-objects"]),
    ("rows in another order", [[[1, "a"], [2, "b"]]], [[{"y": "a", "x": 1}, {"y": "b", "x": 2}]], ["rows-became"]),
    ("a text for a number", [{"id": 7}, {"id": 8}], [{"id": "7"}, {"id": "8"}], ["type-changed"]),
    ("a number for a text", [{"id": "7"}, {"id": "8"}], [{"id": 7}, {"id": 8}], ["type-changed"]),
    ("no number: a leading zero", [{"id": 7}, {"id": 8}], [{"id": "07"}, {"id": "8"}], ["form-changed"]),
    ("0 and 1 for a boolean", [{"on": True}, {"on": False}], [{"on": 1}, {"on": 0}], ["type-changed"]),
    ("yes and no", [{"on": True}, {"on": False}], [{"on": "yes"}, {"on": "no"}], ["type-changed"]),
    ("a merged value", ["a", "b", "a", "b", "a"], ["x", "x", "x", "x", "x"], ["value-changed"]),
    ("null for empty, beside real nulls", ["", None, "x"], [None, None, "x"], ["form-changed"]),
    ("null for an empty list", [{"t": []}, {"t": ["a"]}], [{"t": None}, {"t": ["a"]}], ["empty-value-changed"]),
    (
        "one of many left out",
        [{"a": 1, "t": "x"}, {"a": 2, "t": "y"}],
        [{"a": 1}, {"a": 2, "t": "y"}],
        ["became-optional"],
    ),
    (
        "a default left out",
        [{"t": 9, "n": n} for n in "abcdef"],
        [{"n": n} for n in "abcde"] + [{"n": "f", "t": 9}],
        ["default-left-out"],
    ),
    (
        "several values left out",
        [{"t": t, "n": n} for n, t in zip("abcdefg", "xxxxxyz", strict=True)],
        [*({"n": n} for n in "abcdef"), {"n": "g", "t": "z"}],
        ["became-optional"],
    ),
    ("null where nothing was", [{"a": 1}, {"a": 2, "t": "x"}], [{"a": 1, "t": None}, {"a": 2, "t": "x"}], ["null"]),
    ("a constant seen twice", [{"u": "kg", "n": 5}, {"u": "kg", "n": 6}], [{"n": 5}, {"n": 6}], ["removed"]),
    ("sorted as texts", [[2, 10, 11]], [[10, 11, 2]], ["reordered"]),
    ("sorted by nothing", [["b", "a", "c"]], [["c", "b", "a"]], ["reordered"]),
    ("an element more", [[{"id": 1}, {"id": 2}]], [[{"id": 1}, {"id": 2}, {"id": 3}]], ["elements-changed"]),
    ("an empty list", [[], {"a": []}], [[], {"a": []}], []),
    ("an empty list for some", [{"l": ["x"]}, {"l": []}], [{"l": []}, {"l": []}], ["list-emptied"]),
    ("a URL that moved", ["/v1/a", "/v1/b/c"], ["/v2/a", "/v2/b/c"], ["affix"]),
    ("an ending that is gone", ["fern.png", "mint.png"], ["fern", "mint"], ["affix"]),
    ("only one text", ["/v1/a"], ["/v2/a"], ["value-changed"]),
    ("a list of one", [{"t": ["a"]}, {"t": ["b"]}], [{"t": "a"}, {"t": "b"}], ["list-became-value"]),
    (
        "a list of several",
        [{"t": ["a", "c"]}, {"t": ["b"]}],
        [{"t": "a"}, {"t": "b"}],
        ["list-became-value", "elements"],
    ),
    ("a map by id", [{"7": {"n": 1}, "8": {"n": 2}}], [{"7": {"n": 1}, "8": {"n": 3}}], ["value-changed"]),
    ("members in another order", [{"a": 1, "b": {"c": 2, "d": 3}}], [{"b": {"d": 3, "c": 2}, "a": 1}], []),
    ("nothing at all", [None, True, 1, "", [], {}], [None, True, 1, "", [], {}], []),
]


DEFECTS: dict[str, str] = {}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(*row, id=name, marks=pytest.mark.xfail(reason=DEFECTS[name]) if name in DEFECTS else ())
        for name, *row in ROWS
    ],
)
def test__explain__one_change__is_named_once(old: list[Json], new: list[Json], expected: list[str]) -> None:
    found = learn(old, new)
    assert len(found.kinds) == len(expected), found.kinds
    for part in expected:
        assert any(part in kind for kind in found.kinds), found.kinds


AMBIGUOUS: list[tuple[str, list[Json], list[Json]]] = [
    (
        "two new names hold what one old name held",
        [{"a": "kim"}, {"a": "lee"}],
        [dict.fromkeys("xy", v) for v in ("kim", "lee")],
    ),
    ("two old names, one new", [dict.fromkeys("xy", v) for v in ("kim", "lee")], [{"a": "kim"}, {"a": "lee"}]),
    (
        "two places hold what is gone",
        [{"a": v, "m": {"p": [v, 1], "q": [v, 2]}} for v in ("kim", "lee")],
        [{"m": {"p": [v, 1], "q": [v, 2]}} for v in ("kim", "lee")],
    ),
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(*row, id=name, marks=pytest.mark.xfail(reason=DEFECTS[name]) if name in DEFECTS else ())
        for name, *row in AMBIGUOUS
    ],
)
def test__explain__rivals_that_fit_as_well__are_listed_and_none_is_chosen(old: list[Json], new: list[Json]) -> None:
    found = learn(old, new)
    rivals = [each for each in found.explained if each.proposal.rivals]
    assert rivals
    assert [each.step for each in rivals] == [None] * len(rivals)
    assert not any(here.keys() - there.keys() for here, there in zip(found.bodies, new, strict=True))


@pytest.mark.parametrize(
    ("olds", "news", "changes_type", "expected"),
    [
        ([7, 8], ["7", "8"], True, {"string-to-integer", "string-to-number"}),
        ([7, 8], ["7", "8"], False, set()),
        (["a"], ["A"], False, {"lower-case"}),
        ([7, 8], ["7", "9"], True, set()),  # not the same
        ([7, "8"], ["7", "8"], True, set()),  # would spoil what is right
        ([7, None], ["7", None], True, {"string-to-integer", "string-to-number"}),
        ([7], [7], True, set()),
    ],
)
def test__conversions__of_values__fit_all_and_spoil_none(
    olds: list[Json], news: list[Json], changes_type: bool, expected: set[str]
) -> None:
    found = conversions(node(olds, news), changes_type=changes_type)
    assert {proposal.facts["using"] for proposal in found} == expected


@pytest.mark.parametrize(
    ("olds", "news", "expected"),
    [
        (
            ["2026-03-02T09:00:01Z", "2026-03-02T09:00:02Z"],
            ["2026-03-02T10:20:30+00:00", "2026-03-02T10:20:31+00:00"],
            "iso-offset-to-z",
        ),
        ([1021, 1022], ["988", "989"], "string-to-integer"),
        ([True, False], [1, 0], "integer-to-boolean"),
        ([1021], ["988"], ""),  # one value may look like a number by chance
        ([46, 47], ["7e26", "4a63"], ""),
        ([46, 47], ["7e26", "3e11"], ""),  # no whole numbers
        (["2026-03-02T09:00:01Z"], ["2026-03-02T10:20:30Z"], ""),  # the same notation, at another moment
        ([1021], [988], ""),
    ],
)
def test__conversions__of_noisy_values__go_by_their_notation(olds: list[Json], news: list[Json], expected: str) -> None:
    here = node(olds, news)
    here.noisy = True
    both = [*conversions(here, changes_type=True), *conversions(here, changes_type=False)]
    found = {str(proposal.facts["using"]) for proposal in both}
    assert expected in found if expected else not found
