from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Backfit

DATA = Path(__file__).parents[1] / "intake" / "data"


def test__from_report__files__make_a_draft_that_nothing_runs(backfit: Backfit, tmp_path: Path) -> None:
    result = backfit(
        "env", "from-report", str(DATA / "pip_freeze.txt"), str(DATA / "chrome_version.txt"),
        "--system", "datasette", "--plugin", "datasette-chartjs", "-o", "acme",
    )  # fmt: skip
    assert result.code == 0, result.err
    assert "pip_freeze.txt: pip freeze (or pip list), 11 facts\n" in result.out
    assert "open: system-start, old-version, steps\n" in result.out
    assert {file.name for file in (tmp_path / "acme").iterdir()} == {"environment.yaml", "scenario.py"}
    refused = backfit("check", "acme", "--driver", "process")
    assert refused.code == 2
    assert "the question 'old-version' is open" in refused.err


def test__from_report__twice__overwrites_nothing(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/scenario.py").write_text("mine")
    result = backfit("env", "from-report", str(DATA / "os_release.txt"), "-o", "acme")
    assert result.code == 2
    assert "acme/scenario.py: this is there already" in result.err
    assert [file.name for file in (tmp_path / "acme").iterdir()] == ["scenario.py"]


def test__from_report__the_standard_input__is_a_report(backfit: Backfit, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = b"Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(agent)))
    result = backfit("env", "from-report", "-")
    assert result.code == 0, result.err
    assert "browser: {firefox: 115}  # Firefox 115.0, from standard input:1\n" in result.out
    assert result.err.startswith("standard input: a user agent")


def test__from_report__contradictions_and_secrets__are_told(backfit: Backfit) -> None:
    names = ("chrome_version.txt", "client_hints.txt", "compose.yaml")
    result = backfit("env", "from-report", *(str(DATA / name) for name in names), "-o", "acme")
    assert "contradiction: browser name: Chrome (chrome_version.txt:1), Edge (client_hints.txt:3)" in result.out
    assert "warning: compose.yaml holds secrets, and so does its copy: web: DB_PASSWORD" in result.out


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"Dear support, it is broken.", "no report that is known"), (b"\x00\x01", "no text"), (None, "cannot be read")],
)
def test__from_report__what_is_no_report__is_refused(
    backfit: Backfit, tmp_path: Path, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / "mail.txt").write_bytes(data)
    result = backfit("env", "from-report", str(DATA / "os_release.txt"), "mail.txt", "-o", "acme")
    assert result.code == 2
    assert "mail.txt" in result.err
    assert said in result.err
    assert not (tmp_path / "acme").exists()
