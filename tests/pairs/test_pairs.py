"""Every kind runs over every pair: what all of them find there, together, is what was reviewed and recorded."""

from __future__ import annotations

import pytest

from harness.changes.kind import kinds
from tests.pairs.answers import PAIRS, names, outcome, recorded
from tests.pairs.defects import DEFECTS

CONTROLS = [name for name in names() if name.startswith("control-")]


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.xfail(reason=DEFECTS[name]) if name in DEFECTS else ()) for name in names()],
)
def test__study__of_a_pair__says_what_was_recorded(name: str) -> None:
    assert outcome(name) == recorded(name)


@pytest.mark.parametrize("kind", kinds())
def test__kind__has_a_pair__in_which_it_is_found(kind: str) -> None:
    assert kind in names(), f"make tests/pairs/{kind}/old.json and new.json, then run python -m tests.pairs"
    assert kind in {row["rule"] for row in recorded(kind)}


@pytest.mark.parametrize("name", CONTROLS)
def test__control__where_nothing_changed__is_recorded_as_nothing(name: str) -> None:
    assert recorded(name) == []


def test__added_only__is_never_more_than_information() -> None:
    assert {row["level"] for row in recorded("response-optional-property-added")} == {"info"}


def test__folders__all__are_pairs() -> None:
    folders = {folder.name for folder in PAIRS.iterdir() if folder.is_dir() and folder.name != "__pycache__"}
    assert folders == set(names())
    assert set(DEFECTS) <= folders
