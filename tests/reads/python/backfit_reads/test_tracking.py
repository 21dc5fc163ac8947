"""Decoded answers become tracked ones, and plain again where somebody needs plain ones."""

from __future__ import annotations

import json
from collections import OrderedDict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from harness.reads.python.backfit_reads import places
from harness.reads.python.backfit_reads.places import Place
from harness.reads.python.backfit_reads.tracked_dict import TrackedDict
from harness.reads.python.backfit_reads.tracked_list import TrackedList
from harness.reads.python.backfit_reads.tracking import DEEPEST, handed_on, plain, tracked
from tests.reads.running import ANSWER, touched


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    answer = places.answer("GET", f"http://{request.node.name}.test/")
    assert answer is not None
    return answer.root


@pytest.mark.parametrize("value", [1, 1.5, None, True, "text", Decimal("1.5"), Fraction(1, 2)])
def test__tracked__of_a_scalar__is_the_scalar(value: object, place: Place) -> None:
    assert tracked(value, place) is value


def test__tracked__of_an_answer__is_the_same_all_the_way_down(place: Place) -> None:
    value = tracked(json.loads(json.dumps(ANSWER)), place)
    assert (type(value), type(dict.__getitem__(value, "rows"))) == (TrackedDict, TrackedList)
    assert value == ANSWER


def test__tracked__of_what_a_hook_made__is_handed_on_and_left_alone(place: Place, tmp_path: Path) -> None:
    made = OrderedDict(a=1)
    assert tracked(made, place) is made
    assert touched(lambda value: None, tmp_path / "reads") == set()
    assert touched(lambda value: tracked({"made": OrderedDict()}, value._place), tmp_path / "reads") == {
        "$.made exported"
    }


def test__tracked__of_a_deep_answer__stops_and_says_so(place: Place) -> None:
    deep: Any = {"end": 1}
    for _ in range(DEEPEST + 5):
        deep = {"in": deep}
    value, levels = tracked(deep, place), 0
    while type(value) is TrackedDict:
        value, levels = dict.__getitem__(value, "in"), levels + 1
    assert (levels, type(value)) == (DEEPEST, dict)


def test__plain__of_tracked_values_in_others__holds_none(place: Place) -> None:
    value = plain({"in": [tracked({"a": [1, {"b": 2}]}, place)], "with": (tracked([1], place), 2)})
    assert value == {"in": [{"a": [1, {"b": 2}]}], "with": ([1], 2)}
    assert (type(value["in"][0]), type(value["in"][0]["a"]), type(value["with"][0])) == (dict, list, list)


@pytest.mark.parametrize("value", [1, "a", None, {"a": [1]}, [{"b": (1, 2)}], ("a",), OrderedDict(a=1)])
def test__plain__of_what_holds_nothing_tracked__is_the_very_same(value: object) -> None:
    assert plain(value) is value


def test__handed_on__of_a_value__touches_all_in_it(tmp_path: Path) -> None:
    found = touched(lambda value: handed_on({"in": [value["page"]]}, "exported"), tmp_path / "reads")
    assert found == {"$.page read", "$.page.next exported", "$.page.size exported"}


def test__hostile_names__are_places_of_their_own(tmp_path: Path) -> None:
    hostile = {"__proto__": 1, "a.b": 2, "": 3, "\n": 4, "é": 5, "[*]": 6, '"': 7}
    found = touched(lambda value: [value[name] for name in hostile], tmp_path / "reads", hostile)
    assert found == {
        *(
            "$.__proto__ read",
            '$["a.b"] read',
            '$[""] read',
            '$["\\n"] read',
            "$.é read",
            '$["[*]"] read',
            '$["\\""] read',
        )
    }
