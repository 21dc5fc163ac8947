from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from harness.changes import kinds as room
from harness.changes.kind import Kind, Stage, kinds, proposers
from harness.model.change import Level

FILES = sorted(file.stem for file in Path(room.__path__[0]).glob("*.py") if not file.name.startswith("_"))


def test__kinds__every_file__is_discovered() -> None:
    declared = {import_module(f"harness.changes.kinds.{name}").KIND.id for name in FILES}
    assert declared == set(kinds())
    assert len(FILES) == len(kinds()), "two files have one id"


def test__kinds__in_order__follow_the_catalogue() -> None:
    numbers = [kind.number for kind in kinds().values()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 41)), "every row of the catalogue has a kind"


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test__kind__every_text__is_there_for_a_person(kind: Kind) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", kind.id)
    assert isinstance(kind.level, Level)
    for text in (kind.meaning, kind.undo, kind.advice):
        assert text.endswith(".")
        assert text[0].isupper()
    assert kind.title
    assert not kind.title.endswith(".")


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test__kind__its_witness__is_as_many_old_as_new_answers_that_differ(kind: Kind) -> None:
    assert len(kind.witness.old) == len(kind.witness.new) > 0
    assert kind.witness.old != kind.witness.new


@pytest.mark.parametrize("name", FILES)
def test__kind_file__has_a_docstring_and_what_its_stage_asks(name: str) -> None:
    module = import_module(f"harness.changes.kinds.{name}")
    assert module.__doc__
    stage = module.KIND.stage
    assert hasattr(module, "propose") is (stage not in {Stage.RAW, Stage.ANSWER})
    assert hasattr(module, "name") is bool(module.KIND.sees)
    if stage is Stage.ANSWER:
        assert hasattr(module, "detect") or module.KIND.sees


@pytest.mark.parametrize("stage", Stage)
def test__proposers__of_a_stage__are_its_kinds_by_rank(stage: Stage) -> None:
    found = [kind for kind, _ in proposers(stage)]
    assert all(kind.stage is stage for kind in found)
    assert [kind.rank for kind in found] == sorted(kind.rank for kind in found)


def test__proposers__of_all_stages__are_all_kinds_that_propose() -> None:
    found = [kind.id for stage in Stage for kind, _ in proposers(stage)]
    named = {kind.id for kind in kinds().values() if kind.stage not in {Stage.RAW, Stage.ANSWER}}
    assert sorted(found) == sorted(named)
