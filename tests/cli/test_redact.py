from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit

SECRET = "hunter22-a1b2"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BACKFIT_REDACTION_KEY", raising=False)


def written(**texts: str) -> list[Path]:
    for name, text in texts.items():
        Path(f"{name}.log").write_text(text)
    return [Path(f"{name}.log") for name in texts]


def test__redact__one_file__goes_to_standard_output_and_counts_are_told_beside(backfit: Backfit) -> None:
    written(a=f"password={SECRET}\n")
    result = backfit("redact", "a.log")
    assert result.code == 0
    assert result.out.startswith("password=")
    assert SECRET not in result.out + result.err
    assert result.err == "redacted: 1 secrets by name  (1 of 1 files)\n"
    assert Path("a.log").read_text() == f"password={SECRET}\n"


def test__redact__several_files__share_what_one_of_them_shows(backfit: Backfit) -> None:
    files = written(a=f"see {SECRET}", b=f"token={SECRET}", c="nothing")
    assert backfit("redact", "--in-place", *map(str, files)).code == 0
    first, second, third = (file.read_text() for file in files)
    assert first == f"see {second.removeprefix('token=')}"
    assert SECRET not in first + second
    assert third == "nothing"
    assert backfit("redact", "--check", *map(str, files)).code == 0


def test__redact__check__says_where_and_writes_nothing(backfit: Backfit) -> None:
    written(a=f"password={SECRET}", b="nothing")
    result = backfit("redact", "--check", "a.log", "b.log")
    assert (result.code, result.out) == (1, "")
    assert result.err == "to redact: 1 secrets by name  (1 of 2 files)\n  a.log\n"
    assert Path("a.log").read_text() == f"password={SECRET}"


def test__redact__explain__tells_how_each_was_known_and_idle_rules(backfit: Backfit) -> None:
    written(a="mail a.body@example.com K-123456 K-654321")
    Path("redact.yaml").write_text(
        "schema: backfit/redact/v1\nadd: {patterns: ['K-\\d{6}']}\nkeep:\n  names: [never]\n"
    )
    result = backfit("redact", "--explain", "a.log", "-o", "b.log")
    assert "e-mail addresses: an e-mail address: 1\n" in result.err
    assert "by redact.yaml: add: patterns: K-\\d{6}: 2\n" in result.err
    assert "met nothing: redact.yaml:4: keep: names: never\n" in result.err
    assert Path("b.log").exists()


def test__redact__with_a_teams_key__gives_the_same_everywhere(backfit: Backfit) -> None:
    written(a=f"password={SECRET}")
    Path("team.key").write_text("the key of a whole team")
    first = backfit("redact", "a.log", "--key", "team.key").out
    assert not Path(".backfit").exists()
    assert backfit("redact", "a.log", "--key", "team.key").out == first
    assert backfit("redact", "a.log").out != first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.log", "b.log"], "several files cannot go to one place"),
        (["a.log", "--in-place", "--check"], "exclude one another"),
        (["a.log", "--in-place", "-o", "c.log"], "exclude one another"),
        (["none.log"], "cannot be read"),
        (["a.log", "--rules", "none.yaml"], "cannot be read"),
    ],
)
def test__redact__what_cannot_be_meant__is_refused(backfit: Backfit, arguments: list[str], said: str) -> None:
    written(a=f"password={SECRET}", b="")
    result = backfit("redact", *arguments)
    assert result.code == 2
    assert said in result.err


def test__redact__rules__have_a_published_schema(backfit: Backfit) -> None:
    assert json.loads(backfit("schema", "redact").out)["title"] == "Backfit redaction rules"
