from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from harness.lens.condition import Condition
from harness.lens.step import read_step
from harness.model.json_text import Json, allow_depth
from harness.shims.document import HAND, Ambiguous, Entry, Learned, Lost, Moved, SecondCall, Shim
from harness.shims.marks import signed
from harness.shims.merge import merge, merged
from harness.shims.yaml_writing import step_text
from tests.shims.answers import entry, learned
from tests.shims.shims import shims

allow_depth()

A: Json = {"rename": {"from": "a", "to": "b"}}
B: Json = {"drop": {"keys": ["x"]}}
C: Json = {"values": {"at": "$.r[*]"}}
D: Json = {"default": {"key": "d", "value": 1}}


def shim(*steps: Json, **more: object) -> Shim:
    return Shim(entries=(entry("GET /a", *steps, **more),))


def edited(was: Shim, *steps: Json, **more: object) -> Shim:
    """The file that was written of `was`, with other steps in it."""
    return replace(shim(*steps, **more), learned=signed(was).learned)


def rows(found: Shim) -> list[str]:
    [only] = found.entries
    return [step_text(each.step) + (f" by {each.by}" if each.by else "") for each in only.response]


def texts(*steps: Json, by: str = "") -> list[str]:
    return [step_text(read_step(step)) + (f" by {by}" if by else "") for step in steps]


def steps_of(shim: Shim) -> list[Sequence[Learned]]:
    entries = [steps for each in shim.entries for steps in (each.request, each.response)]
    return [shim.requests, shim.everywhere, shim.otherwise, *entries]


def said_twice(steps: Sequence[Learned]) -> bool:
    """Whether a person wrote what was learned as well: it is kept once then, as the person's."""
    return not {step_text(each.step) for each in steps if each.by}.isdisjoint(
        step_text(each.step) for each in steps if not each.by
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(shims)
def test__merged__with_an_untouched_file__is_what_is_learned(any_shim: Shim) -> None:
    assume(len({each.match for each in any_shim.entries}) == len(any_shim.entries))
    assume(not any(map(said_twice, steps_of(any_shim))))
    now = replace(any_shim, learned=())
    assert merge(signed(now), now).shim == signed(now)


@pytest.mark.parametrize(
    ("file", "now", "becomes"),
    [
        ([A, B], [A, B], texts(A, B)),
        ([A, D, B], [A, B], [*texts(A), *texts(D, by=HAND), *texts(B)]),
        ([D, A, B], [A, B], [*texts(D, by=HAND), *texts(A, B)]),
        ([A, B, D], [C], [*texts(C), *texts(D, by=HAND)]),
        ([A], [A, B], texts(A)),
        ([A], [A, C], texts(A, C)),
        ([B], [A, B, C], texts(B, C)),
    ],
    ids=[
        "untouched",
        "added",
        "added first",
        "added, the rest is learned otherwise",
        "removed",
        "removed, and new",
        "both",
    ],
)
def test__merged__steps_of_an_edited_file__keep_a_persons_part(
    file: list[Json], now: list[Json], becomes: list[str]
) -> None:
    assert rows(merged(edited(shim(A, B), *file), shim(*now))) == becomes


def test__merge__a_step_that_was_changed__stands_and_what_is_learned_of_its_place_does_not() -> None:
    mine: Json = {"rename": {"from": "q", "to": "b"}}
    other: Json = {"copy": {"from": "$.z", "to": "b"}}
    result = merge(edited(shim(A, B), mine, B), shim(A, B, other))
    assert rows(result.shim) == [*texts(mine, by=HAND), *texts(B)]
    assert [note.text for note in result.notes] == [f"left out for what stands here by hand: {texts(other)[0]}"]
    again = merge(result.shim, shim(A, B, other))
    assert again == result


def test__merge__a_step_that_was_taken_out__stays_out_and_is_told_of() -> None:
    result = merge(edited(shim(A, B), A), shim(A, B))
    assert [note.text for note in result.notes] == [f"taken out by hand: {texts(B)[0]}"]
    assert merge(result.shim, shim(A, B)) == result


def test__merged__a_file_without_marks__is_a_persons_as_a_whole() -> None:
    assert rows(merged(shim(A, B), shim(C))) == [*texts(A, B, by=HAND), *texts(C)] or rows(
        merged(shim(A, B), shim(C))
    ) == [*texts(C), *texts(A, B, by=HAND)]


def test__merged__entries__added_removed_and_no_longer_learned() -> None:
    one, two, three, mine = (entry(f"GET /{name}", A) for name in ("one", "two", "three", "mine"))
    was = Shim(entries=(one, two))
    file = replace(Shim(entries=(one, mine)), learned=signed(was).learned)
    result = merge(file, Shim(entries=(two, three)))
    assert [each.template for each in result.shim.entries] == ["/mine", "/three"]
    assert [note.text for note in result.notes] == ["taken out by hand: GET /two", "not learned any more: GET /one"]


def test__merged__a_condition_that_was_changed__stands_with_the_steps_learned_now() -> None:
    narrow, wide = Condition(status="2xx"), Condition(status="200")
    was = shim(A, B, when=narrow)
    result = merged(edited(was, A, when=wide), shim(A, B, C, when=narrow))
    assert result.entries[0].when == wide
    assert rows(result) == texts(A, C)
    assert rows(merged(result, shim(A, B, when=narrow))) == texts(A)


@pytest.mark.parametrize(
    ("was", "file", "now", "becomes"),
    [
        ({"forward": "GET /b"}, {"forward": "GET /b"}, {"forward": "GET /c"}, {"forward": "GET /c"}),
        ({"forward": "GET /b"}, {"forward": "GET /mine"}, {"forward": "GET /c"}, {"forward": "GET /mine"}),
        ({"forward": "GET /b"}, {}, {"forward": "GET /b"}, {"forward": ""}),
        ({}, {"otherwise": True}, {}, {"otherwise": True}),
        (
            {"lost": (Lost("$.u", "gone"),)},
            {"lost": (Lost("$.u", "gone", then=None),)},
            {"lost": (Lost("$.u", "gone for good"), Lost("$.v", "gone"))},
            {"lost": (Lost("$.u", "gone", then=None), Lost("$.v", "gone"))},
        ),
        (
            {"lost": (Lost("$.u", "gone"),)},
            {"lost": (Lost("$.u", "gone"),)},
            {"lost": (Lost("$.u", "gone for good"),)},
            {"lost": (Lost("$.u", "gone for good"),)},
        ),
        (
            {"calls": (SecondCall("count", "/a"),)},
            {"calls": (SecondCall("count", "/a", chosen=True),)},
            {"calls": (SecondCall("count", "/a"),)},
            {"calls": (SecondCall("count", "/a", chosen=True),)},
        ),
        (
            {"ambiguous": (Ambiguous("$", "two", learned(A, D)),)},
            {},
            {"ambiguous": (Ambiguous("$", "two", learned(A, D)),)},
            {"ambiguous": ()},
        ),
    ],
    ids=["untouched", "changed", "removed", "flag", "then", "reason", "chosen", "settled"],
)  # fmt: skip
def test__merged__what_else_an_entry_says__is_a_persons_where_she_changed_it(
    was: dict[str, object], file: dict[str, object], now: dict[str, object], becomes: dict[str, object]
) -> None:
    [result] = merged(edited(shim(A, **was), A, **file), shim(A, **now)).entries
    assert {name: getattr(result, name) for name in becomes} == becomes


def test__merged__what_is_of_no_entry__is_kept_as_well() -> None:
    was = Shim(everywhere=learned(A, B), moved=(Moved("/1", "/2"),), system="x", old="1", new="2")
    file = replace(was, everywhere=learned(A, D), moved=(Moved("/1", "/3"),), learned=signed(was).learned)
    result = merged(file, replace(was, system="", everywhere=learned(A, B, C)))
    assert [(step_text(each.step), each.by) for each in result.everywhere] == [
        (texts(A)[0], ""),
        (texts(D)[0], HAND),
        (texts(C)[0], ""),
    ]
    assert result.moved == (Moved("/1", "/3"),)
    assert result.system == "x"


def test__merged__a_step_marked_by_hand__stands_whatever_was_learned() -> None:
    mine = Entry("GET", "/a", response=(Learned(read_step(A), by=HAND),))
    file = replace(Shim(entries=(mine,)), learned=signed(shim(A)).learned)
    assert rows(merged(file, shim(B))) == [*texts(B), *texts(A, by=HAND)] or rows(merged(file, shim(B))) == [
        *texts(A, by=HAND),
        *texts(B),
    ]
