from __future__ import annotations

import pytest

from harness.changes.members import Members, fit, information, members, together, translated
from harness.model.json_text import Json
from tests.changes.bodies import node


def test__members__of_objects__are_removed_added_or_shared_over_all_of_them() -> None:
    found = members(node([{"a": 1, "b": 1}, {"c": 1}], [{"a": 1, "d": 1}, {"e": 1, "b": 2}]))
    assert found == Members(removed=("c",), added=("d", "e"), shared=("a", "b"), other=())


def test__members__of_what_is_no_object_on_one_side__are_none() -> None:
    assert members(node([{"a": 1}, [1]], [[1], {"a": 1}])) == Members((), (), (), ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": {"x": 1}}, {"a": "text"}, ("a",)),  # the name may have a new owner
        ({"a": 1}, {"a": {"x": 1}}, ("a",)),
        ({"a": 1}, {"a": "1"}, ()),
        ({"a": {}}, {"a": []}, ()),
        ({"a": {"x": 1}}, {"a": {"y": 1}}, ()),
    ],
)
def test__members__that_hold_another_thing__are_told(old: Json, new: Json, expected: tuple[str, ...]) -> None:
    assert members(node([old], [new])).other == expected


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (["kitchen"], [None]),
        (["kitchen"], [True]),
        (["kitchen"], [""]),
        ([4711], [1]),
        ([4711], [7]),
        (["kitchen", "desk"], ["kitchen", "kitchen"]),
        ([{"a": "kitchen", "b": 4711}], [{}]),
        ([[1234, 5678]], [[]]),
        (["kitchen"], ["ab"]),
    ],
)
def test__information__of_values__is_more_where_chance_is_less(more: list[Json], less: list[Json]) -> None:
    assert information(more) > information(less)


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        (None, 0.1),
        (True, 0.1),
        (False, 0.1),
        ("", 0.1),
        ([], 0.1),
        ({}, 0.1),
        (0, 0.2),
        (1.0, 0.2),
        (2, 0.5),
        (-9, 0.5),
        (10, 1.0),
        (-10, 1.0),
        ("ab", 0.5),
        ("abc", 1.0),
        ([2, 2, {"a": "abc"}], 1.5),  # a repeat says nothing
        ([11, 12, 13, 14], 3.0),
    ],
)
def test__information__of_one_value__is_its_worth(value: Json, worth: float) -> None:
    assert information([value, value]) == worth


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rx", "recv", 1 / 1.02),
        ("rx", "bytesRecv", 1 / 1.04),  # words that the others have too
        ("rx", "total_recv", 1 / 1.14),  # a word that is new
        ("rx", "sent", 0.0),
        ("ry", "recv", 0.0),
        ("rx_rate", "recv_rate", 0.0),  # nothing says what became of "rate"
        ("cumulative", "gauge", 0.0),  # it may be "bytes" as well
        ("", "recv", 0.0),
    ],
)
def test__translated__in_the_words_of_others__is_how_well_a_name_fits(old: str, new: str, expected: float) -> None:
    told = [("cumulative_rx", "bytes_recv_gauge"), ("cumulative_tx", "bytes_sent_gauge")]
    assert translated(old, new, told) == pytest.approx(expected)
    assert translated(old, new, []) == 0.0


def test__information__of_none__is_0() -> None:
    assert information([]) == 0


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([], 0.0),
        ([("a", "a"), (1, 1)], 1.0),
        ([(1, "1"), (2, "2")], 0.95),  # one conversion tells all
        ([("a", "A"), ("b", "b")], 0.95),
    ],
)
def test__fit__of_values__is_how_well_new_can_be_old(samples: list[tuple[Json, Json]], expected: float) -> None:
    assert fit(samples) == expected


def test__fit__of_other_values__is_low() -> None:
    assert fit([("a", 1), ("b", 2)]) < 0.5
    assert fit([([1], [2]), ([3], [4])]) < 0.5


def test__together__counts_where_only_one_of_two_is_there() -> None:
    samples = node([{"a": 1}, {"a": 2}, {}, {}], [{"b": 3}, {}, {"b": 4}, {}]).samples
    assert together(samples, "a", "b") == ([(1, 3)], 2)
