from __future__ import annotations

import pytest

from harness.changes.study import study
from harness.lens.condition import Condition
from harness.lens.steps.drop import Drop
from harness.lens.steps.rename import Rename
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.unwrap import Unwrap
from harness.model.json_text import Json
from harness.shims.halves import Halves
from tests.changes.bodies import calls


def halves(olds: list[Json], news: list[Json]) -> Halves:
    found = study(calls("/a/{}", *olds), calls("/a/{}", *news))
    return Halves(found.groups[0], found.noise)


NAMES = ["kim", "lee", "ada", "bo"]
OLD: list[Json] = [{"who": name} for name in NAMES]
NEW: list[Json] = [{"full_name": name, "new": 1} for name in NAMES]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Rename(from_="full_name", to="who"), "learned from each half"),
        (Rename(from_="full_name", to="who", when=Condition(status="200")), "learned from each half"),
        (Drop(keys=("new",)), "learned from each half"),
        (Drop(keys=("new", "other")), "not learned from either half alone"),
        (Unwrap(key="x"), "not learned from either half alone"),
        (SetHeader(header="a", value="b"), ""),  # a header's values are counted in answers
    ],
)
def test__evidence__of_a_step__says_from_how_many_halves_it_is_learned(step: Rename, expected: str) -> None:
    assert halves(OLD, NEW).evidence(step) == expected


def test__evidence__of_what_one_half_alone_shows__says_so() -> None:
    news = [{"full_name": name} if at % 2 else {"who": name} for at, name in enumerate(NAMES)]
    assert (
        halves(OLD, news).evidence(Rename(from_="full_name", to="who")) == "learned from one half, not from the other"
    )


def test__evidence__of_three_pairs__says_nothing() -> None:
    assert halves(OLD[:3], NEW[:3]).evidence(Rename(from_="full_name", to="who")) == ""
