"""Under which words a kind names a raw difference, and where it leaves it to another kind."""

from __future__ import annotations

import pytest

from harness.changes.difference import Difference, Differs, Name
from harness.changes.kinds.became_nullable import name as became_nullable
from harness.changes.kinds.became_optional import name as became_optional
from harness.changes.kinds.content_type_changed import name as content_type_changed
from harness.changes.kinds.elements_changed import name as elements_changed
from harness.changes.kinds.enum_merged import name as enum_merged
from harness.changes.kinds.enum_value_added import name as enum_value_added
from harness.changes.kinds.field_added import name as field_added
from harness.changes.kinds.field_removed import name as field_removed
from harness.changes.kinds.form_changed import name as form_changed
from harness.changes.kinds.header_added import name as header_added
from harness.changes.kinds.header_changed import name as header_changed
from harness.changes.kinds.header_removed import name as header_removed
from harness.changes.kinds.limits_changed import name as limits_changed
from harness.changes.kinds.list_deduplicated import name as list_deduplicated
from harness.changes.kinds.list_emptied import name as list_emptied
from harness.changes.kinds.list_reordered import name as list_reordered
from harness.changes.kinds.map_entries_added import name as map_entries_added
from harness.changes.kinds.map_entries_removed import name as map_entries_removed
from harness.changes.kinds.null_filled import name as null_filled
from harness.changes.kinds.page_size_changed import name as page_size_changed
from harness.changes.kinds.precision_changed import name as precision_changed
from harness.changes.kinds.text_truncated import name as text_truncated
from harness.changes.kinds.value_changed import name as value_changed
from harness.lens.answer import ABSENT
from harness.model.json_text import Json

Pairs = list[tuple[Json, Json]]
TWICE: Pairs = [("on", "on"), ("off", "off")]
NULL = "the value is null, where OLD never said null"
GONE, NEW = "the content type is gone", "the content type is new"
TYPE = "the content type is another one"
BESIDE = "the charset or another parameter of the content type is another one"

NAMED: list[tuple[Name, Pairs, Pairs, str | None]] = [
    (became_nullable, [("a", None), ("b", None)], [("c", "c")], NULL),
    (became_nullable, [("a", None), ("b", 1)], [], None),
    (became_nullable, [("a", None)], [("c", "c"), (None, None)], None),
    (became_optional, [(1, ABSENT), (2, ABSENT)], [(3, 3)], "'x' is gone in 2 answers"),
    (became_optional, [(1, ABSENT)], [], None),
    (elements_changed, [([1, 2], [3]), ([], [1])], [], "2 elements became 1, or others, in 2 answers"),
    (enum_merged, [("on", "up"), ("off", "up")] * 5, [], "'off', 'on' are all 'up' now"),
    (enum_merged, [("on", "up"), ("off", "up"), ("by", "up")] * 4, TWICE * 3, None),
    (enum_merged, [("a", "y"), ("b", "y"), ("c", "x"), ("d", "x")] * 5, [], "'c', 'd' are all 'x' now"),
    (enum_merged, [("a", "b")] * 5, [("b", "b")] * 5, None),
    (enum_merged, [("a", "x")] * 5 + [("b", "y")] * 10, [], None),
    (enum_merged, [("a", "x"), ("b", "x")] * 6 + [("c", "y")] * 2 + [("c", "z")] * 2, [], None),
    (enum_merged, [("on", "up"), ("off", "up")] * 4 + [("on", "up")], [], "'off', 'on' are all 'up' now"),
    (enum_merged, [("on", "up"), ("off", "up")] * 4, [], None),  # less than three of each name
    (enum_merged, [(str(n), "up") for n in range(9)], [], None),  # no names
    (
        enum_merged,
        [(c, "up") for c in "abcdefghijk"] * 4,
        [],
        f"{', '.join(map(repr, 'abcdefghijk'))} are all 'up' now",
    ),
    (enum_merged, [(c, "up") for c in "abcdefghijkl"] * 4, [], None),  # thirteen names
    (enum_value_added, [("on", "old")], TWICE * 6, "'old' in 1 answer: OLD never sent it here"),
    (enum_value_added, [("on", "z"), ("on", "y")], TWICE * 6, "'y', 'z' in 2 answers: OLD never sent it here"),
    (enum_value_added, [("on", "z"), ("on", "off")], TWICE * 6, None),
    (enum_value_added, [("on", "old")], TWICE * 2, None),
    (enum_value_added, [("on", "up")] * 3, [("on", "on")] * 3, "'up' in 3 answers: OLD never sent it here"),
    (field_added, [(ABSENT, 1)] * 2, [], "'x' is there in 2 answers where OLD left it out"),
    (field_removed, [(1, ABSENT)] * 2, [], "'x' is gone"),
    (form_changed, [([1], "a"), (1, 2)], [], "array became string"),
    (header_added, [(ABSENT, "1")], [], "header x is new"),
    (header_added, [("1", "2")], [], None),
    (header_changed, [("1", "2")], [], "header x has another value"),
    (header_removed, [("1", ABSENT)], [], "header x is gone"),
    (header_added, [(ABSENT, "1")], [("2", "2")], None),
    (header_removed, [("1", ABSENT), ("1", "2")], [], None),
    (list_deduplicated, [(["a", "b", "a"], ["a", "b"])] * 2, [], "each element comes once in 2 answers"),
    (list_deduplicated, [(["a", "a"], ["a"]), (["a", "b"], ["b"])], [], None),
    (list_emptied, [([1], []), ([2], [])], [], "the list is empty in 2 answers"),
    (list_emptied, [([1], []), ([], [])], [], None),
    (list_emptied, [([1], []), ([1], [2])], [], None),
    (
        list_reordered,
        [([1, 2], [2, 1])],
        [],
        "the elements stand in another order in 1 answer, and no member tells OLD's",
    ),
    (map_entries_added, [({"7": 1}, {"7": 1, "8": 2})], [], "1 entry is new, in 1 answer"),
    (map_entries_added, [({}, {"7": 1, "8": 2}), ({}, {"8": 2})], [], "2 entries are new, in 2 answers"),
    (map_entries_added, [({}, {"8": 2}), ({"7": 1}, {"8": 1})], [], None),
    (map_entries_removed, [({"7": 1}, {"8": 1})], [], "1 entry is gone in 1 answer: '7'"),
    (map_entries_removed, [({"8": 1, "7": 1, "9": 1}, {})], [], "3 entries are gone in 1 answer: '7', '8', '9'"),
    (map_entries_removed, [(dict.fromkeys("7645"), {})], [], "4 entries are gone in 1 answer: '4', '5', '6', …"),
    (null_filled, [(None, 1), (None, "a")], [], "a value stands where OLD said null"),
    (null_filled, [(None, 1), (2, 3)], [], None),
    (
        page_size_changed,
        [([1, 2, 3], [1, 2]), ([4, 5, 6, 7], [4, 5])],
        [],
        "3 elements became 2, the first ones the same, in 2 answers",
    ),
    (page_size_changed, [([1], [1, 2])] * 2, [], "1 elements became 2, the first ones the same, in 2 answers"),
    (page_size_changed, [([1, 2], [])] * 2, [], None),
    (page_size_changed, [([1, 2, 3], [1, 2])], [], None),
    (page_size_changed, [([1, 2, 3], [1, 2]), ([1, 2], [1, 2, 3])], [], None),
    (page_size_changed, [([1, 2, 3], [1, 2]), ([1, 2, 3], [1, 3])], [], None),
    (precision_changed, [(3.14159, 3.14), (2.5, 2)], [], "the number has fewer digits in 2 answers"),
    (precision_changed, [(3.14159, 3.14), (2.5, 9)], [], None),
    (precision_changed, [(2**53 + 1, 2**53)], [], "the number has fewer digits in 1 answer"),
    (precision_changed, [(-(2**53) - 1, -(2**53))], [], "the number has fewer digits in 1 answer"),
    (precision_changed, [(2**53, 2**53)], [], None),
    (precision_changed, [(3.5, "3.5")], [], None),
    (precision_changed, [("3.5", 3.5)], [], None),
    (precision_changed, [(0.9, True)], [], None),
    (precision_changed, [(True, 1)], [], None),
    (precision_changed, [(0.123456789012345, 0.12345678901234)], [], "the number has fewer digits in 1 answer"),
    (precision_changed, [(0.1234567890123456, 0.123456789012346)], [], None),  # fifteen digits: a float's own
    (text_truncated, [("a long story", "a long")] * 2, [], "the text ends after 6 characters in 2 answers"),
    (text_truncated, [("a long story", "a lo...")], [], "the text ends after 7 characters in 1 answer"),
    (text_truncated, [("a long story", "a long…")], [], "the text ends after 7 characters in 1 answer"),
    (text_truncated, [("abc", "ab…")], [], "the text ends after 3 characters in 1 answer"),
    (text_truncated, [("abcd", "abc")], [], "the text ends after 3 characters in 1 answer"),
    (text_truncated, [("ab", "ab…")], [], None),  # longer than it was
    (text_truncated, [("a long story", "...")], [], None),
    (text_truncated, [("a long story", "a lo"), ("a long story", 7)], [], None),
    (text_truncated, [(7, "a lo")], [], None),
    (text_truncated, [("a long story", "long")], [], None),
    (value_changed, [("a", "b")] * 2, [], "the value differs in 2 answers"),
]


@pytest.mark.parametrize(
    ("name", "pairs", "others", "expected"),
    NAMED,
    ids=[f"{row[0].__module__.rpartition('.')[2]} {number}" for number, row in enumerate(NAMED)],
)
def test__name__of_a_difference__is_what_a_person_would_say(
    name: Name, pairs: Pairs, others: Pairs, expected: str | None
) -> None:
    assert name(Difference(Differs.VALUE, pairs, others, "x", len(pairs))) == expected


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("content-type", "a/b", "a/c", TYPE),
        ("content-type", "a/b;x=1", "a/c;x=1", TYPE),
        ("content-type", "a/b", "A/B ; charset=x", BESIDE),
        ("content-type", "a/b", ABSENT, GONE),
        ("content-type", ABSENT, "a/b", NEW),
        ("content-length", "1", "2", None),
    ],
)
def test__content_type__says_what_of_it_changed(name: str, old: Json, new: Json, expected: str | None) -> None:
    assert content_type_changed(Difference(Differs.HEADER, [(old, new)], name=name)) == expected


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("x-ratelimit-limit", "1", "2", "header x-ratelimit-limit is another one"),
        ("rate-limit", ABSENT, "2", "header rate-limit is new"),
        ("retry-after", "1", ABSENT, "header retry-after is gone"),
        ("x-sunset", ABSENT, "x", None),
    ],
)
def test__limits__go_by_the_name_of_the_header(name: str, old: Json, new: Json, expected: str | None) -> None:
    assert limits_changed(Difference(Differs.HEADER, [(old, new)], name=name)) == expected
