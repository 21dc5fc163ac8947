"""Places of answers: one for each method and URL, told once with where they were first touched from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.reads.lines import read_told
from harness.reads.python.backfit_reads import notebook, places
from tests.reads.running import Ran, run_python, system, touched


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    notebook.open_at(str(tmp_path / "reads"))
    yield tmp_path / "reads"
    notebook.open_at("")


def test__answer__of_the_same_call__is_the_same_and_told_once(notes: Path) -> None:
    one = places.answer("get", "http://same.test/")
    assert one is places.answer("GET", "http://same.test/")
    assert read_told(notes).seen == {("GET", "http://same.test/")}


def test__answer__past_the_limit__is_none_and_that_is_said(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_ANSWERS", len(places._answers))
    assert places.answer("GET", "http://one-too-many.test/") is None
    [note] = read_told(notes).notes
    assert "further ones is not tracked" in note


def test__touches__in_a_loop__are_counted_and_told_from_where(tmp_path: Path) -> None:
    file = tmp_path / "reads"
    assert touched(lambda value: [value["total"] for _ in range(100)], file) == {"$.total read"}
    [access] = read_told(file).accesses
    assert (access.count, len(access.where)) == (100, 1)
    assert access.where[0].startswith(f"{__file__}:")


def test__touches__from_many_places__keep_the_first_three(tmp_path: Path) -> None:
    text = "import json, urllib.request\nd = json.load(urllib.request.urlopen(url + '/items'))\n" + "d['total']\n" * 9
    with system() as site:
        found = run_python(text, site, tmp_path)
    [total] = [access for access in found.told.accesses if access.place == "$.total"]
    assert (total.count, [Path(where).name for where in total.where]) == (
        9,
        ["plugin.py:4", "plugin.py:5", "plugin.py:6"],
    )


def test__first_touches__are_in_the_file_before_the_program_ends(tmp_path: Path) -> None:
    text = """
import json, os, signal, urllib.request
d = json.load(urllib.request.urlopen(url + "/items"))
d["total"], [row["name"] for row in d["rows"]]
os.kill(os.getpid(), signal.SIGKILL)
"""
    with system() as site:
        found: Ran = run_python(text, site, tmp_path)
    assert found.code == -9
    assert found.reads == {"status read", "$.total read", "$.rows read", "$.rows[*].name read"}
    assert json.dumps([found.told.skipped, found.told.started]) == "[0, true]"
