"""Real upgrades with damage on one side, compared: nothing but a BackfitError escapes, nothing vanishes, nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.changes.findings import findings
from harness.changes.study import Study, study
from harness.cli.app import run
from harness.model.errors import BadFile, UsageError
from harness.model.exchange import Recording
from harness.model.json_text import Json, serialize
from harness.record.har import read_har
from tests.hostile.fuzzing import fuzz
from tests.hostile.mutations import damaged_entries, document, some_calls

Calls = tuple[list[Json], list[Json]]

damaged_calls = some_calls().flatmap(lambda calls: st.tuples(st.just(calls[0]), damaged_entries(calls[1])))


def read(file: Path, entries: list[Json]) -> Recording | None:
    file.write_bytes(serialize(document(entries)))
    try:
        return read_har(file)
    except BadFile:
        return None


def studied(old: Recording, new: Recording) -> Study | None:
    try:
        return study(old, new)
    except UsageError:  # nothing pairs
        return None


@fuzz(40)
@given(damaged_calls)
def test__study__of_damaged_answers__accounts_for_every_call(
    tmp_path_factory: pytest.TempPathFactory, calls: Calls
) -> None:
    folder = tmp_path_factory.getbasetemp()
    old, new = read(folder / "study-old.har", calls[0]), read(folder / "study-new.har", calls[1])
    if old is None or new is None:
        return
    for left, right in ((old, new), (new, old)):
        found = studied(left, right)
        if found is not None:
            findings(found)
            assert len(found.pairing.pairs) + len(found.pairing.only_old) == len(left.exchanges)
            assert len(found.pairing.pairs) + len(found.pairing.only_new) == len(right.exchanges)


@fuzz(40)
@given(damaged_calls)
def test__findings__of_a_damaged_recording_and_itself__are_none(
    tmp_path_factory: pytest.TempPathFactory, calls: Calls
) -> None:
    damaged = read(tmp_path_factory.getbasetemp() / "itself.har", calls[1])
    if damaged is not None:
        found = study(damaged, damaged)
        assert findings(found) == []
        assert len(found.pairing.pairs) == len(damaged.exchanges)


@fuzz(30)
@given(damaged_calls)
@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github", "markdown", "html"])
def test__diff__of_damaged_answers__is_never_a_defect_of_ours(
    tmp_path_factory: pytest.TempPathFactory, form: str, calls: Calls
) -> None:
    old, new = files(tmp_path_factory, calls)
    assert run(["diff", old, new, "--format", form]) in (0, 1, 2)


@fuzz(30)
@given(damaged_calls)
def test__shim__of_damaged_answers__is_learned_and_applied_or_refused(
    tmp_path_factory: pytest.TempPathFactory, calls: Calls
) -> None:
    old, new = files(tmp_path_factory, calls)
    shim, shimmed = (str(tmp_path_factory.getbasetemp() / name) for name in ("x.shim.yaml", "shimmed.har"))
    learned = run(["shim", "learn", old, new, "-o", shim])
    assert learned in (0, 2)
    if learned == 0:
        assert run(["shim", "apply", shim, new, "-o", shimmed]) == 0
        assert run(["shim", "verify", shim, old, new]) in (0, 1)


def files(tmp_path_factory: pytest.TempPathFactory, calls: Calls) -> tuple[str, str]:
    folder = tmp_path_factory.getbasetemp()
    for name, entries in zip(("old.har", "new.har"), calls, strict=True):
        (folder / name).write_bytes(serialize(document(entries)))
    return str(folder / "old.har"), str(folder / "new.har")
