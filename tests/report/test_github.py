"""Workflow commands that say what was found, and that a recording cannot add to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from harness.model.change import Level
from harness.model.summary import DiffSummary
from harness.report.github import render_github
from tests.report.comparisons import DIFFS

COMMAND = re.compile(r"::(error|warning) title=([^:,]*),file=([^:,]*)::(.*)")


def undone(text: str) -> str:
    """What the runner makes of an escaped text (actions/runner, ActionCommand.cs)."""
    for token, escaped in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(escaped, token)
    return text


def commands(text: str) -> list[str]:
    """The lines that the runner takes for commands."""
    lines = re.split("\r\n|[\r\n]", text)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test__render_github__upgrade__annotates_what_may_break_and_groups_the_rest(upgrade: DiffSummary) -> None:
    lines = render_github(upgrade).splitlines()
    found = [match.groups() for line in lines if (match := COMMAND.fullmatch(line))]
    assert [command for command, *_ in found] == ["error", "error", "warning"]
    _, title, file, data = map(undone, found[2])
    assert title == "value changed: GET /{database}/{table}.json $.facets[*] and 1 more place"
    assert file == "recordings/new.har"
    assert data.split("\n")[0] == "the value differs in 3 answers"
    assert "ask: does the plugin look inside $.facets[*]?" in data.split("\n")
    assert lines[3] == "::group::Backfit, recordings/old.har → recordings/new.har: what fails nothing"
    assert lines[4] == "- info  field removed  GET /{database}/{table}.json  $.query_ms"
    assert any(line.endswith("accepted: the plugin hides it, Ann, until 2027-01-31") for line in lines)
    assert lines[-2] == "::endgroup::"
    assert lines[-1].startswith("Backfit · fails: 2 breaks (2 breaks, 1 risk")


@given(DIFFS)
def test__render_github__any_findings__start_no_command_of_their_own(diff: DiffSummary) -> None:
    told = sum(change.level is not Level.INFO for change in diff.findings)
    issued = commands(render_github(diff))
    groups = [line for line in issued if line.startswith(("::group::", "::endgroup::"))]
    assert len(groups) in (0, 2)
    assert len(issued) == told + len(groups)
    assert all(COMMAND.fullmatch(line) for line in issued if line not in groups)


@pytest.mark.parametrize("text", ["100%", "a:b,c", "%0A::error::x", "%25", "two\nlines"])
def test__render_github__escapes__are_those_that_the_runner_undoes(upgrade: DiffSummary, text: str) -> None:
    (command, *_) = commands(render_github(DiffSummary(text, text, upgrade.findings[:1])))
    match = COMMAND.fullmatch(command)
    assert match is not None
    assert undone(match[3]) == text.replace("\n", "\\n")


def test__render_github__hostile_words__start_no_command(hostile_upgrade: DiffSummary) -> None:
    assert len(commands(render_github(hostile_upgrade))) == 2 + 2
