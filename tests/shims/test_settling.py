from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.study import study
from harness.model.json_text import Json
from harness.shims.document import HAND, Ambiguous, Entry, Shim
from harness.shims.settling import Bench, Example, equal_leaves, none_taken, open_places, with_entry
from tests.shims.answers import learned, recording

OLD = [{"id": at, "total": at * 3} for at in range(8)]
NEW = [{"id": at, "count": at * 3, "sum": at * 3 + (at == 5)} for at in range(8)]
CHOICES = learned({"rename": {"from": "count", "to": "total"}}, {"rename": {"from": "sum", "to": "total"}})
DOUBT = Ambiguous("$", "count or sum", CHOICES)


@pytest.fixture
def bench() -> Bench:
    sides = (recording(*((f"GET /items/{at}", body) for at, body in enumerate(bodies))) for bodies in (OLD, NEW))
    return Bench.of(study(*sides))


@pytest.fixture
def shim(bench: Bench) -> Shim:
    operation = bench.cases[0].operation
    drop = learned({"drop": {"keys": ["count", "sum"]}})
    return Shim(entries=(Entry("GET", operation.template, response=drop, ambiguous=(DOUBT,)),))


def test__taken__a_choice__stands_before_what_drops_its_source(bench: Bench, shim: Shim) -> None:
    [entry] = shim.entries
    found = bench.taken(shim, entry, DOUBT, CHOICES[0])
    assert [each.step.name for each in found.entries[0].response] == ["rename", "drop"]
    assert (equal_leaves(shim, bench.cases), equal_leaves(found, bench.cases)) == (8, 16)


def test__examples__of_a_choice__show_first_what_it_does_not_bring_back(bench: Bench, shim: Shim) -> None:
    [entry] = shim.entries
    right, wrong = (bench.examples(shim, entry, DOUBT, choice) for choice in CHOICES)
    assert [(each.old, each.made) for each in right] == [(0, 0), (3, 3), (6, 6)]
    assert wrong[0] == Example("$.total", 15, 16)


@pytest.mark.parametrize(("step", "wrong"), [({"drop": {"keys": ["id"]}}, 8), ({"drop": {"keys": ["count"]}}, 0)])
def test__contradictions__steps_by_hand_that_spoil__are_named(bench: Bench, shim: Shim, step: Json, wrong: int) -> None:
    [entry] = shim.entries
    by_hand = tuple(replace(each, by=HAND) for each in learned(step))
    found = list(bench.contradictions(with_entry(shim, entry, replace(entry, response=by_hand))))
    assert [each.wrong for each in found] == ([wrong] if wrong else [])
    learned_so = replace(entry, response=learned(step))
    assert list(bench.contradictions(with_entry(shim, entry, learned_so))) == []


def test__open__ambiguities_and_what_is_learned__are_settled_one_by_one(bench: Bench, shim: Shim) -> None:
    [(entry, place)] = open_places(shim)
    assert place is DOUBT
    assert list(open_places(none_taken(shim, entry, DOUBT))) == []


def test__own__pairs_of_an_entry__are_those_that_it_is_about(bench: Bench, shim: Shim) -> None:
    [entry] = shim.entries
    assert len(bench.own(entry)) == 8
    assert bench.own(replace(entry, method="POST")) == []
