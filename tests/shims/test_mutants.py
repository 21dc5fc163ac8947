from __future__ import annotations

import random
from itertools import islice

import pytest

from harness.model.json_text import Json, parse, serialize
from harness.shims.mutants import _MUTATIONS, mutants, smaller
from tests.shims.answers import answer

BODY = {"items": [{"id": 1, "name": "a", "on": True}, {"id": 2, "name": "b", "on": False}], "total": 2, "next": None}


def made(
    count: int, seed: int, body: Json = BODY, near: list[tuple[str | int, ...]] | None = None
) -> list[tuple[str, bytes]]:
    found = islice(mutants(answer(body), body, near or [], random.Random(seed)), count)
    return [(each.how, each.response.body) for each in found]


def test__mutants__of_one_seed__are_the_same_and_of_another_are_not() -> None:
    assert made(60, 1) == made(60, 1)
    assert made(60, 1) != made(60, 2)


def test__mutants__many__show_every_mutation_and_leave_the_answer_itself_alone() -> None:
    before = serialize(BODY)
    told = " ".join(how for how, _ in made(600, 3))
    assert [name for name in _MUTATIONS if name not in told] == []
    assert all(each in told for each in ("cut after", "status", "no headers", "not UTF-8", "headers twice"))
    assert serialize(BODY) == before


def test__mutants__that_say_what_was_done__differ_from_the_answer() -> None:
    for how, body in made(400, 4):
        if " at " in how:
            assert parse(body) is not None or body == b"null"
            assert body != serialize(BODY)


def test__mutants__near_the_steps__are_half_of_them() -> None:
    near = [how for how, _ in made(400, 5, near=[("total",)]) if "/total" in how]
    far = [how for how, _ in made(400, 5) if "/total" in how]
    assert len(near) > 100 > len(far)


@pytest.mark.parametrize("body", [{}, [], 1, None, "x", [[]], {"": {}}])
def test__mutants__of_small_answers__are_made(body: Json) -> None:
    assert len(made(100, 6, body)) == 100


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"a": [1, 2]}, [{}, {"a": [2]}, {"a": [1]}]),
        ([{"a": 1}], [[], [{}]]),
        (1, []),
    ],
)
def test__smaller__of_a_body__has_one_thing_less_the_largest_first(body: Json, found: list[Json]) -> None:
    assert sorted(map(serialize, smaller(body))) == sorted(map(serialize, found))
    assert [*smaller(body)][:1] == found[:1]
