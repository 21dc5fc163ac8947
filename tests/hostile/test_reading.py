"""Whatever a HAR holds: it is read, or refused with the file's name and a hint, and nothing of it vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import BadFile
from harness.model.json_text import Json, parse, serialize
from harness.record.har import read_har
from tests.hostile.fuzzing import fuzz
from tests.hostile.mutations import DATA, SYSTEMS, damaged_bytes, damaged_entries, document, recorded

WHOLE = {system: (DATA / f"{system}-old.har").read_bytes() for system in SYSTEMS}


def is_read_or_refused(file: Path, text: bytes) -> bool:
    """Whether each entry became an exchange, or the error says which file and what to do."""
    file.write_bytes(text)
    try:
        recording = read_har(file)
    except BadFile as error:
        return str(error.where).startswith(str(file)) and error.hint is not None
    return len(recording.exchanges) == len(parse(text)["log"]["entries"])


@fuzz(200)
@given(st.sampled_from(SYSTEMS).flatmap(lambda system: damaged_entries(recorded(system, "old")[:6])))
def test__har__damaged_anywhere_inside__is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Json]
) -> None:
    assert is_read_or_refused(tmp_path_factory.getbasetemp() / "inside.har", serialize(document(entries)))


@fuzz(200)
@given(st.sampled_from(SYSTEMS).flatmap(lambda system: damaged_bytes(WHOLE[system][:20_000] + WHOLE[system][-200:])))
def test__har__with_damaged_bytes__is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    assert is_read_or_refused(tmp_path_factory.getbasetemp() / "bytes.har", text)


@pytest.mark.parametrize("system", SYSTEMS)
def test__har__as_it_was_recorded__is_read(tmp_path: Path, system: str) -> None:
    assert is_read_or_refused(tmp_path / "a.har", WHOLE[system])
