from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import UsageError
from harness.record.browser import find_browser, find_download


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser anywhere."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    monkeypatch.delenv("BACKFIT_BROWSER", raising=False)


def test__find__where_there_is_none__is_none() -> None:
    assert find_browser() is None


def test__find__with_several__prefers_the_named_then_path_then_the_newest_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "downloads/chromium-999/chrome-linux/chrome")
    newest = program(tmp_path / "downloads/chromium-1200/chrome-linux64/chrome")
    assert find_browser() == newest
    on_path = program(tmp_path / "bin/google-chrome")
    assert find_browser() == on_path
    mine = program(tmp_path / "mine")
    monkeypatch.setenv("BACKFIT_BROWSER", str(mine))
    assert find_browser() == mine


@pytest.mark.parametrize("name", ["none", "file"])
def test__find__where_the_named_one_is_no_program__says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BACKFIT_BROWSER", str(tmp_path / name))
    with pytest.raises(UsageError, match="no program"):
        find_browser()


@pytest.mark.parametrize(
    ("engine", "path"), [("firefox", "firefox-1500/firefox/firefox"), ("webkit", "webkit-2200/pw_run.sh")]
)
def test__download__of_another_engine__is_playwrights_newest(tmp_path: Path, engine: str, path: str) -> None:
    assert find_download(engine) is None
    found = program(tmp_path / "downloads" / path)
    program(tmp_path / "downloads" / path.replace("00/", "/"))
    assert find_download(engine) == found
