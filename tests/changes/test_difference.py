from __future__ import annotations

import pytest

from harness.changes.difference import Difference, Differs
from harness.changes.kind import named, namers
from harness.lens.answer import ABSENT
from harness.model.json_text import Json

Pairs = list[tuple[Json, Json]]


def again(difference: Pairs, times: int) -> Pairs:
    return difference * times


ROWS: list[tuple[Differs, Pairs, Pairs, str]] = [
    (Differs.VALUE, [("a", "b")], [], "response-value-changed"),
    (Differs.VALUE, [(3.14159, 3.14), (2.71828, 2.72)], [], "response-number-precision-changed"),
    (Differs.VALUE, [(3.14159, 3.14), (2.71828, 2.9)], [], "response-value-changed"),
    (Differs.VALUE, [(314, 300)], [], "response-value-changed"),
    (Differs.VALUE, [(True, False)], [], "response-value-changed"),
    (Differs.VALUE, [(2**53 + 1, 2**53)], [], "response-number-precision-changed"),
    (Differs.VALUE, [(2**64, 2**64 + 1)], [], "response-value-changed"),
    (Differs.VALUE, [(float("inf"), 1e300)], [], "response-value-changed"),
    (Differs.VALUE, [(10**400, 10**399)], [], "response-value-changed"),
    (Differs.VALUE, [(2**53 + 1, 2**53 + 2**20)], [], "response-value-changed"),
    (Differs.VALUE, [("abcdefgh", "abcde"), ("abcxyz", "abcxy")], [], "response-text-truncated"),
    (Differs.VALUE, [("abcdefgh", "abcde"), ("abcxyz", "abcx")], [], "response-value-changed"),
    (Differs.VALUE, [("abcdefgh", "abcd…")], [], "response-text-truncated"),
    (Differs.VALUE, [("abcdefgh", "ab")], [], "response-value-changed"),  # chance
    (Differs.VALUE, [("abc", "abcdef")], [], "response-value-changed"),
    (Differs.VALUE, again([("on", "up"), ("off", "up")], 5), [], "response-property-enum-values-merged"),
    (Differs.VALUE, again([("on", "off")], 5), again([("off", "off")], 5), "response-value-changed"),  # live
    (Differs.VALUE, again([("on", "up"), ("on", "mid"), ("off", "up")], 5), [], "response-property-enum-value-added"),
    (Differs.VALUE, [("on", "stale")], again([("on", "on"), ("off", "off")], 6), "response-property-enum-value-added"),
    (Differs.VALUE, [("on", "stale")], [("off", "off")], "response-value-changed"),  # too few to be an enumeration
    (Differs.VALUE, [("on", "not a name")], again([("on", "on"), ("off", "off")], 6), "response-value-changed"),
    (Differs.FORM, [("a", None)], [("b", "b")], "response-property-became-nullable"),
    (Differs.FORM, [("a", None)], [(None, None)], "response-form-changed"),
    (Differs.FORM, [(None, "a")], [], "response-property-became-not-nullable"),
    (Differs.FORM, [(None, "a"), (1, "a")], [], "response-form-changed"),
    (Differs.GONE, [("a", ABSENT)], [], "response-property-removed"),
    (Differs.GONE, [("a", ABSENT)], [("b", "b")], "response-property-became-optional"),
    (Differs.CAME, [(ABSENT, 1)], [], "response-optional-property-added"),
    (Differs.ORDER, [([1, 2], [2, 1])], [], "response-list-reordered"),
    (Differs.ENTRIES, [({"7": 1}, {"7": 1, "8": 2})], [], "response-map-entries-added"),
    (Differs.ENTRIES, [({"7": 1}, {"8": 2})], [], "response-map-entries-removed"),
    (Differs.ELEMENTS, [([1, 2], [])], [], "response-list-emptied"),
    (Differs.ELEMENTS, [([1, 2], []), ([1, 2], [1])], [], "response-list-elements-changed"),
    (Differs.ELEMENTS, [([], [1])], [], "response-list-elements-changed"),
    (Differs.ELEMENTS, [(["a", "b", "a"], ["a", "b"])], [], "response-list-deduplicated"),
    (Differs.ELEMENTS, [(["a", "b", "a"], ["b", "a"])], [], "response-list-elements-changed"),
]


@pytest.mark.parametrize(("differs", "pairs", "others", "expected"), ROWS)
def test__named__gives_the_most_exact_kind(differs: Differs, pairs: Pairs, others: Pairs, expected: str) -> None:
    assert named(Difference(differs, pairs, others, answers=len(pairs)))[0].id == expected


@pytest.mark.parametrize(
    ("olds", "news", "expected"),
    [
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [4, 5]], "response-page-size-changed"),
        ([[1, 2], [4, 5]], [[1, 2, 3], [4, 5, 6]], "response-page-size-changed"),
        ([[1, 2, 3]], [[1, 2]], "response-list-elements-changed"),  # one answer is no page size
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [4]], "response-list-elements-changed"),
        ([[1, 2, 3], [4, 5]], [[1, 2], [4, 5, 6]], "response-list-elements-changed"),
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [5, 6]], "response-list-elements-changed"),
    ],
)
def test__named__of_lists__tells_a_page_from_other_elements(olds: list[Json], news: list[Json], expected: str) -> None:
    pairs = list(zip(olds, news, strict=True))
    assert named(Difference(Differs.ELEMENTS, pairs, answers=len(pairs)))[0].id == expected


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("content-type", "a/b", "a/c", "response-content-type-changed"),
        ("content-type", "a/b", "a/b; charset=utf-8", "response-content-type-changed"),
        ("content-type", "a/b", ABSENT, "response-content-type-changed"),
        ("x-ratelimit-remaining", "1", "2", "response-limit-header-changed"),
        ("ratelimit", "1", ABSENT, "response-limit-header-changed"),
        ("sunset", ABSENT, "x", "response-limit-header-changed"),
        ("deprecation", ABSENT, "x", "response-limit-header-changed"),
        ("x-total", "1", ABSENT, "response-header-removed"),
        ("x-total", ABSENT, "1", "response-header-added"),
        ("x-total", "1", "2", "response-header-changed"),
    ],
)
def test__named__of_a_header__goes_by_its_name_and_what_happened(
    name: str, old: Json, new: Json, expected: str
) -> None:
    assert named(Difference(Differs.HEADER, [(old, new)], name=name))[0].id == expected


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a/b", "a/c", "content type"),
        ("a/b", "a/b; charset=x", "charset"),
        ("A/B", "a/b", "charset"),
        ("a/b", ABSENT, "gone"),
    ],
)
def test__named__of_a_content_type__says_what_of_it_changed(old: Json, new: Json, said: str) -> None:
    message = named(Difference(Differs.HEADER, [(old, new)], name="content-type"))[1]
    assert said in message


@pytest.mark.parametrize("differs", Differs)
def test__namers__of_every_sort__end_with_one_that_names_any(differs: Differs) -> None:
    strange: dict[Differs, tuple[Json, Json]] = {
        Differs.ELEMENTS: ([{"a": 1}], [{"b": 2}, 3]),
        Differs.CAME: (ABSENT, 1),
        Differs.GONE: (1, ABSENT),
        Differs.ENTRIES: ({"a": 1}, {"b": 1}),
    }
    pair = strange.get(differs, ({"a": 1}, [2]))
    assert namers(differs)[-1][1](Difference(differs, [pair], name="x")) is not None


def test__often__counts_answers() -> None:
    assert Difference(Differs.VALUE, [], answers=1).often == "1 answer"
    assert Difference(Differs.VALUE, [], answers=2).often == "2 answers"
