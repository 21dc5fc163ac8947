from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.intake.questions import QUESTIONS
from tests.cli.conftest import Backfit

DATA = Path(__file__).parents[1] / "intake" / "data"


def test__questions__of_nothing__are_all(backfit: Backfit) -> None:
    result = backfit("env", "questions")
    assert (result.code, result.err) == (0, "")
    assert f"\n{len(QUESTIONS)}. " in result.out


def test__questions__of_a_draft_and_a_report__are_what_is_left(backfit: Backfit) -> None:
    backfit("env", "from-report", str(DATA / "dpkg.txt"), "-o", "acme")

    def ids(*names: str) -> set[str]:
        found = json.loads(backfit("env", "questions", *names, "--format", "json").out)
        return {each["id"] for each in found["questions"]}

    assert {"old-version", "plugin", "steps", "timezone"} <= ids("acme")
    assert not {"os", "browser", "browser-version"} & ids("acme")
    assert ids("acme") - ids("acme", str(DATA / "site_health.txt")) == {"timezone", "locale", "services"}


def test__questions__reports_that_contradict__ask_which_is_right(backfit: Backfit) -> None:
    result = backfit(
        "env", "questions", str(DATA / "chrome_version.txt"), str(DATA / "client_hints.txt"), "--format", "markdown"
    )
    assert "- [ ] Your reports do not agree. Which of these is right?  browser name: Chrome" in result.out


@pytest.mark.parametrize(("name", "said"), [("missing.txt", "cannot be read"), (".", "there is no such environment")])
def test__questions__of_what_is_not_there__is_refused(backfit: Backfit, name: str, said: str) -> None:
    result = backfit("env", "questions", name)
    assert result.code == 2
    assert said in result.err
