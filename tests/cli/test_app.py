from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest
import typer

from harness.cli import app as subject
from harness.cli.app import app, run
from harness.model.errors import BackfitError, BadFile, EnvironmentFailed, UsageError
from tests.cli.conftest import Backfit


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*words, name))


ALL = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test__help__of_every_command__has_an_example_that_starts_with_it(backfit: Backfit, words: tuple[str, ...]) -> None:
    result = backfit(*words, "--help")
    assert result.code == 0
    assert re.search(rf"Examples?:\s+backfit {' '.join(words)}", result.out)
    assert backfit(*words, "-h").out == result.out


def test__help__of_the_whole__names_commands_and_exit_codes(backfit: Backfit) -> None:
    out = backfit("--help").out
    assert all(f"\n  {words[0]} " in out for words in ALL if len(words) == 1)
    assert "0 safe, 1 breaking changes, 2 usage or a bad file, 3 nothing can be said" in " ".join(out.split())


def test__version__when_asked__is_the_distributions(backfit: Backfit) -> None:
    assert backfit("--version").out == f"backfit {version('backfit')}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "No such command 'nope'"),
        (["diff", "a.har"], "Missing argument 'NEW'"),
        (["diff", "a.har", "b.har", "--nope"], "No such option: --nope"),
        (["diff", "a.har", "b.har", "--format", "xml"], "there is no format 'xml'"),
        (["shim", "learn", "a.har", "b.har"], "Missing option"),
    ],
)
def test__usage__wrong__is_told_with_exit_code_2(backfit: Backfit, arguments: list[str], said: str) -> None:
    result = backfit(*arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (BadFile("unknown key", where="a:3", hint="known: b"), 2, "backfit: a:3: unknown key\n  known: b\n"),
        (UsageError("\x1b[31mno"), 2, "backfit: \\x1b[31mno\n"),
        (EnvironmentFailed("no disk"), 3, "backfit: no disk\n"),
        (BackfitError("odd"), 4, "backfit: odd\n"),
        (
            ZeroDivisionError("by 0"),
            4,
            "backfit: internal error: ZeroDivisionError: by 0\n  this is a defect of Backfit",
        ),
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test__error__of_any_kind__is_one_message_and_a_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    text: str,
    debug: bool,
) -> None:
    def fails(_: list[str]) -> None:
        raise error

    monkeypatch.setattr(subject, "_invoked", fails)
    assert run(["x", *["--debug"][:debug]]) == code
    err = capsys.readouterr().err
    assert text in err
    assert ("Traceback" in err) is debug
