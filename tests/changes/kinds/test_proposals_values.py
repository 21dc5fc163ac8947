"""What kinds propose for values that are written otherwise: in full, as steps in words, and never too many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.kinds.constant_changed import propose as constant_changed
from harness.changes.kinds.discriminator_changed import propose as discriminator_changed
from harness.changes.kinds.enum_value_renamed import propose as enum_value_renamed
from harness.changes.kinds.format_changed import propose as format_changed
from harness.changes.kinds.null_became_empty import propose as null_became_empty
from harness.changes.kinds.text_affix_changed import propose as text_affix_changed
from harness.changes.kinds.type_changed import propose as type_changed
from harness.changes.node import Node, Proposal
from harness.lens.steps.affix import Affix
from harness.lens.steps.convert import Convert
from harness.lens.steps.table import Table
from harness.model.json_text import Json
from tests.changes.bodies import node
from tests.changes.kinds.proposing import AT, Many, Propose, Said, Steps, described, name_of

SAID: list[Said] = [
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
]


@pytest.mark.parametrize(("propose", "olds", "news", "expected"), SAID, ids=name_of)
def test__propose__says_what_it_saw(
    propose: Propose, olds: list[Json], news: list[Json], expected: list[Proposal]
) -> None:
    assert list(propose(node(olds, news, AT))) == expected


STEPS: list[Steps] = [
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
        ["table rows [['y', 'b']]"],
    ),
    (enum_value_renamed, "too few", ["a", "b", "b"], ["x", "y", "y"], []),
    (
        enum_value_renamed,
        "of which two are seen once",
        ["a", "b", "c", "c", "c", "c"],
        ["x", "y", "z", "z", "z", "z"],
        ["table rows [['z', 'c']]"],
    ),
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
    (format_changed, "to capitals in some", ["a", "b"], ["A", "b"], ["convert using lower-case"]),
    (null_became_empty, "null became empty", [None, "x"], ["", "x"], ["table rows [['', None]]"]),
    (null_became_empty, "empty where OLD had both", [None, ""], ["", ""], []),
    (text_affix_changed, "of which one changed more", ["ab-x", "ab-y"], ["cb-x", "cd-y"], []),
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
    rows = enumerate(zip(here.samples, objects, strict=True))
    samples = [replace(sample, beside={**each, "row": at}) for at, (sample, each) in rows]
    told = "2 values are written differently, and tell the variants apart"
    step = Table(at=AT, rows=(("credit", "card"), ("debit", "sepa")))
    proposal = Proposal(step, told, {"rows": [["credit", "card"], ["debit", "sepa"]]}, cost=1.35)
    assert list(discriminator_changed(Node(AT, samples))) == ([proposal] if found else [])


def test__discriminator__of_what_is_no_member__is_none() -> None:
    assert not list(discriminator_changed(node(["card", "sepa"] * 2, ["credit", "debit"] * 2)))
