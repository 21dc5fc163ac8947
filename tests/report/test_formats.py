"""Every format by its name, into a file or onto a stream."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from rich.console import Console

from harness.model.errors import UsageError
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.formats import CHECK_FORMATS, FORMATS, render_check, render_report, write_check, write_report
from tests.report.comparisons import DIFFS

FILE = "environments/bike-shop/environment.yaml"


@pytest.fixture(autouse=True)
def _outside_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def console() -> Console:
    """A pipe."""
    return Console(file=io.StringIO(), width=80)


def written(stream: Console) -> str:
    assert isinstance(stream.file, io.StringIO)
    return stream.file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test__render_report__hostile_words__are_text_without_anything_that_is_obeyed(
    name: str, hostile_upgrade: DiffSummary
) -> None:
    text = render_report(name, hostile_upgrade)
    assert text.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", text)
    assert text.endswith("\n") or name == "html"
    if name != "json":  # which has the whole values
        assert len(text) < 500_000


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25)
@given(diff=DIFFS)
def test__render_report__any_findings__are_told_the_same_way_twice(name: str, diff: DiffSummary) -> None:
    assert render_report(name, diff) == render_report(name, diff)
    assert render_report(name, diff).encode()


@pytest.mark.parametrize("name", FORMATS)
def test__write_report__to_a_file__has_what_is_rendered(name: str, upgrade: DiffSummary, tmp_path: Path) -> None:
    stream = console()
    folder = tmp_path / "reports"
    folder.mkdir()
    write_report(name, upgrade, folder / "report", stream)
    assert (folder / "report").read_text() == render_report(name, upgrade)
    assert written(stream) == ""
    assert [file.name for file in folder.iterdir()] == ["report"]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
def test__write_report__to_the_console__is_not_wrapped_or_coloured(name: str, upgrade: DiffSummary) -> None:
    stream = console()
    write_report(name, upgrade, None, stream)
    assert written(stream) == render_report(name, upgrade)


def test__write_report__text_to_the_console__has_its_width(upgrade: DiffSummary) -> None:
    stream = console()
    write_report("text", upgrade, None, stream)
    assert max(map(len, written(stream).splitlines())) <= 80


def test__write_report__folder_that_is_not_there__is_a_usage_error(upgrade: DiffSummary, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_report("sarif", upgrade, tmp_path / "no" / "x.sarif", console())


@pytest.mark.parametrize(("name", "hint"), [("sarf", "did you mean 'sarif'?"), ("xyzzy", "known: text, json, junit")])
def test__render_report__unknown_format__says_which_there_are(upgrade: DiffSummary, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        render_report(name, upgrade)
    assert error.value.hint is not None
    assert hint in error.value.hint


def test__write_report__step_summary__is_appended_for_github_alone(
    upgrade: DiffSummary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "summary.md"
    file.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    write_report("sarif", upgrade, None, console())
    assert file.read_text() == "before\n"
    write_report("github", upgrade, None, console())
    assert file.read_text() == "before\n" + render_report("markdown", upgrade)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    with pytest.raises(UsageError, match="step's summary"):
        write_report("github", upgrade, None, console())


@pytest.mark.parametrize("which", ["bike_shop", "hostile"])
@pytest.mark.parametrize("name", CHECK_FORMATS)
def test__write_check__any_check__is_told_in_every_format(
    name: str, which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    check: CheckSummary = request.getfixturevalue(which)
    write_check(name, check, tmp_path / "report", console(), file=FILE)
    assert (tmp_path / "report").read_text() == render_check(name, check, file=FILE)


def test__render_check__text__is_the_commands_own(bike_shop: CheckSummary) -> None:
    with pytest.raises(UsageError):
        render_check("text", bike_shop, file=FILE)
