from __future__ import annotations

import sys
from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.living.window import browser_command, browser_variables, has_display, open_window
from tests.environments.tiny import eventually
from tests.living.home import write_home


def environment(workspace: Path, host: str, more: str = "") -> Environment:
    replace = {
        "host: {timezone: Europe/London}": f"host: {host}",
        "plugin: {name: plug}": f"plugin: {{name: plug}}{more}",
    }
    return load_environment(write_home(workspace, replace))


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en_GB.UTF-8", "en-GB"), ("zh_CN.UTF-8", "zh-CN"), ("C.UTF-8", "en-US"), ("sr_RS.UTF-8@latin", "sr-RS")],
)
def test__browser__of_an_environment__has_its_language_zone_and_size(
    tmp_path: Path, locale: str, language: str
) -> None:
    found = environment(tmp_path, f"{{locale: {locale}, timezone: Asia/Shanghai}}", "\nviewport: 800x600")
    command = browser_command(found, Path("/b"), Path("/p"), "http://127.0.0.1:1")
    assert command[0] == "/b"
    assert {"--user-data-dir=/p", f"--lang={language}", "--window-size=800,600"} < set(command)
    assert command[-1] == "http://127.0.0.1:1"
    variables = browser_variables(found)
    assert (variables["TZ"], variables["LANGUAGE"]) == ("Asia/Shanghai", language.replace("-", "_"))


@pytest.mark.parametrize(("display", "seen"), [("", False), (":0", True)])
@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac always has one")
def test__has_display__by_the_variables__is_told(monkeypatch: pytest.MonkeyPatch, display: str, seen: bool) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert has_display() is seen


def test__open_window__a_program__is_started_with_the_address(tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$TZ $@" >{tmp_path}/told.new && mv {tmp_path}/told.new {tmp_path}/told\n')
    program.chmod(0o755)
    found = environment(tmp_path, "{timezone: Asia/Shanghai}")
    open_window(found, program, tmp_path / "profile", "http://127.0.0.1:1/x")
    assert eventually((tmp_path / "told").exists)
    told = (tmp_path / "told").read_text().split()
    assert (told[0], told[-1]) == ("Asia/Shanghai", "http://127.0.0.1:1/x")
