from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from harness.schema import path_sample
from harness.schema.path_sample import MOST_NAMES, Calls, PathSample
from harness.schema.path_tree import COMPARED, Visit, grow
from harness.schema.segments import cut
from harness.schema.shapes import Shape


def shape(*keys: str) -> Shape:
    return Shape("object", frozenset((key,) for key in keys))


def sampled(paths: Iterable[str], answer: Shape | None = None) -> set[Visit]:
    sample = PathSample()
    for path in paths:
        sample.add("GET", cut(path), answer, True)
    return set(sample.visits())


def test__visits__few_paths__are_all_there() -> None:
    found = sampled(["/a", "/a.json", "/a/", "/b/c", "/"], shape("x"))
    assert {visit.segments for visit in found} == set(map(cut, ["/a", "/a.json", "/a/", "/b/c", "/"]))
    assert {(visit.method, visit.shapes, visit.succeeded) for visit in found} == {
        ("GET", frozenset({shape("x")}), True)
    }


def test__visits__a_million_ids__are_as_many_as_a_few() -> None:
    few = sampled(f"/users/{number}/posts/{number}.json" for number in range(1, 4))
    many = sampled(f"/users/{number}/posts/{number % 1000}.json" for number in range(20_000))
    assert len(many) == len(few) < 10


def test__visits__an_id_that_is_a_key__is_the_one_that_stands_for_all() -> None:
    sample = PathSample()
    for number in (7, 8, 9):
        sample.add("GET", cut(f"/cpu/{number}"), shape(str(number), "at"), True)
    assert {visit.shapes for visit in sample.visits()} == {frozenset({shape("7", "at")})}


@pytest.mark.parametrize("seed", range(3))
def test__visits__more_names_than_are_kept__are_the_same_in_any_order(seed: int) -> None:
    paths = [f"/wiki/{'abcdefghij'[n % 10]}-{n:05}x/{'talk' if n % 3 else 'history'}" for n in range(4 * MOST_NAMES)]
    shuffled = random.Random(seed).sample(paths, len(paths))
    found = sampled(paths)
    assert found == sampled(shuffled)
    assert len({visit.segments[1].stem for visit in found}) == MOST_NAMES
    assert all(visit.crowded == {1} for visit in found)


def test__visits__a_name_in_the_sample__has_all_of_its_calls() -> None:
    sample = PathSample()
    for rest in ("", "/talk", "/history"):
        for number in range(4 * MOST_NAMES):
            sample.add("GET", cut(f"/wiki/name-{number}x{rest}"), None, True)
    calls = [visit.segments[1].stem for visit in sample.visits()]
    assert all(calls.count(stem) == 3 for stem in calls)


def test__add__ever_new_names_everywhere__stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_sample, "MOST_CALLS", 500)
    chance = random.Random(1)
    words = [f"word{letter}{other}x" for letter in "abcdefghijklmnop" for other in "qrstuvwxyz"]
    found = sampled("/" + "/".join(chance.choices(words, k=3)) for _ in range(5000))
    assert 10 < len(found) <= 500


def test__grow__crowded_names_that_do_not_agree__are_a_variable_all_the_same() -> None:
    sample = PathSample()
    for number in range(4 * MOST_NAMES):
        sample.add("GET", cut(f"/reports/name{number}x"), shape(f"a{number}", f"b{number}"), True)
    tree = grow(sample.visits(), 0, None)
    assert tree.template(cut("/reports/another")) == "/reports/{report_id}"
    assert tree.template(cut("/reports")) == "/reports"


@pytest.mark.parametrize("seed", range(3))
def test__calls__many_shapes__keeps_the_same_few_of_each_kind(seed: int) -> None:
    shapes = [Shape(kind, frozenset({(f"k{number}",)})) for kind in ("object", "array") for number in range(50)]
    calls, shuffled = Calls(), Calls()
    for each in shapes:
        calls.add(each, False)
    for each in random.Random(seed).sample(shapes, len(shapes)):
        shuffled.add(each, False)
    assert calls == shuffled
    assert len(calls.shapes) == 2 * COMPARED
