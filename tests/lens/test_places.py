from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import editor, get, parse_place, values_at
from harness.model.json_text import Json, serialize
from harness.model.paths import ANY, EACH, Path, parse_path
from tests.lens.strategies import BODIES, PATHS

DOCUMENT = {"items": [{"n": 1}, {"n": 2}, 3], "map": {"a": {"n": 4}, "b": 5}, "": [[6, 7], []], "__proto__": {"n": 8}}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$", [DOCUMENT]),
        ("$.items[*].n", [1, 2]),
        ("$.items[-1]", [3]),
        ("$.items[3]", []),
        ("$.items[-4]", []),
        ("$.map.*", [{"n": 4}, 5]),
        ("$.map.*.n", [4]),
        ("$.map[*]", []),
        ("$.items.*", []),
        ("$.items.n", []),
        ("$.map[0]", []),
        ('$[""][*][*]', [6, 7]),
        ("$.__proto__.n", [8]),
        ("$.constructor", []),
        ("$.map.b.c", []),
    ],
)
def test__places__of_a_path__are_these_in_order(path: str, values: list[Json]) -> None:
    steps = parse_path(path)
    assert values_at(DOCUMENT, steps) == values
    if EACH not in steps and ANY not in steps:
        assert get(DOCUMENT, steps) == (values[0] if values else ABSENT)


@settings(deadline=None)
@given(BODIES, PATHS)
def test__editor__of_a_path__edits_each_of_its_places_once_and_no_other(body: Json, path: Path) -> None:
    expected = values_at(body, path)
    seen: list[Json] = []

    def mark(value: Json, answer: Answer) -> Json:
        seen.append(value)
        return MARK

    answer = Answer(200, [], body)
    before = dict(_leaves(body))
    editor(path, mark)(answer)
    assert [id(value) for value in seen] == [id(value) for value in expected]
    assert answer.edits == len(expected)
    after = dict(_leaves(answer.body))
    assert all(after.get(place) in (before[place], MARK) or any(_above(place, after)) for place in before)
    assert sum(value is MARK for value in after.values()) == len(expected)


@pytest.mark.parametrize(
    ("path", "edits"),
    [
        ("$.items[*].n", 2),
        ("$.items[*]", 3),
        ("$.map.*.n", 1),
        ("$.map.*", 2),
        ("$.items[*][0]", 0),
        ("$.items[-1]", 1),
    ],
)
def test__editor__of_places_in_a_list_or_map__counts_each(path: str, edits: int) -> None:
    answer = Answer(200, [], copy.deepcopy(DOCUMENT))
    editor(parse_path(path), lambda value, answer: MARK)(answer)
    assert answer.edits == edits
    assert [value is MARK for value in values_at(answer.body, parse_path(path))] == [True] * edits


@pytest.mark.parametrize("path", ["$", "$.a", "$[*]", "$.*"])
def test__editor__that_leaves_the_value__counts_nothing(path: str) -> None:
    answer = Answer(200, [], {"a": [1]})
    editor(parse_path(path), lambda value, answer: value)(answer)
    assert (answer.edits, answer.body) == (0, {"a": [1]})


def test__editor__of_a_body_that_is_no_json__does_nothing() -> None:
    answer = Answer(200, [])
    editor((), lambda value, answer: 1)(answer)
    assert (answer.edits, answer.body) == (0, ABSENT)


@pytest.mark.parametrize("text", ["$.a[*]", "$.*", "a"])
def test__parse_place__of_many_places_or_none__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"many places|path"):
        parse_place(text)


MARK = "\x00marked"


def _leaves(value: Json, place: Path = ()) -> Iterator[tuple[Path, Json]]:
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _leaves(item, (*place, name))
    elif isinstance(value, list) and value:
        for at, item in enumerate(value):
            yield from _leaves(item, (*place, at))
    else:
        yield place, value if value is MARK else serialize(value)


def _above(place: Path, leaves: dict[Path, Json]) -> Iterator[bool]:
    """Whether a place around this one is marked."""
    return (leaves.get(place[:length]) is MARK for length in range(len(place)))
