from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console

from harness.cli.settle import ask, settle
from harness.lens.answer import ABSENT
from harness.model.errors import UsageError
from harness.model.json_text import Json
from harness.shims.document import ERROR, Ambiguous, Lost, Shim
from harness.shims.settling import Bench
from tests.shims.answers import entry, learned

CHOICES = learned({"rename": {"from": "a", "to": "x"}}, {"rename": {"from": "b", "to": "x"}})
DOUBT = Ambiguous("$", "a or b\x1b]0;", CHOICES)
SHIM = Shim(
    entries=(entry("GET /a", ambiguous=(DOUBT,), lost=(Lost("$.u", "gone", required=True), Lost("$.v", "gone"))),)
)
BENCH = Bench([])


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[Shim, str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as capture:
        found = ask(SHIM, BENCH, console)
    return found, capture.get()


@pytest.mark.parametrize(
    ("text", "steps", "then"),
    [
        ("1\n1\n", ["a"], ABSENT),
        ("2\n2\n", ["b"], None),
        ("none\n3\n0\n", [], 0),
        ("3\n1\n4\n", ["a"], ERROR),
        ("stop\n", [], ABSENT),
        ("1\n3\n", ["a"], ABSENT),
    ],
)
def test__ask__every_answer__does_what_it_says(
    monkeypatch: pytest.MonkeyPatch, text: str, steps: list[str], then: Json
) -> None:
    found, said = typed(monkeypatch, text)
    [known] = found.entries
    assert [each.step.parameters()["from"] for each in known.response] == steps
    assert next(each.then for each in known.lost if each.path == "$.u") == then
    assert "\x1b]0;" not in said
    assert "$.v" not in said


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("GET /a $.x=3", "'3' is no choice for GET /a"),
        ("GET /a $.x=null", "'null' is no choice"),
        ("GET /a $.y=1", "speaks of no place"),
        ("GET /a $.u=", "'' is not JSON"),
        ("$.u=1", "--settle"),
    ],
)
def test__settle__what_does_not_fit__is_refused(wanted: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        settle(SHIM, wanted, BENCH)
    assert said in str(caught.value)


def test__settle__by_the_place_that_is_restored__takes_the_choice() -> None:
    [known] = settle(settle(SHIM, "GET /a $.x=2", BENCH), 'GET /a $.v={"a": [1.0]}', BENCH).entries
    assert [each.step for each in known.response] == [CHOICES[1].step]
    assert [each.then for each in known.lost] == [ABSENT, {"a": [1.0]}]
