from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from harness.cli import app as whole
from harness.cli import env
from harness.cli.lazy import At, group


@pytest.mark.parametrize("table", [whole.COMMANDS, env.COMMANDS], ids=["backfit", "env"])
def test__group__loads_nothing__until_a_command_is_taken(table: dict[str, At]) -> None:
    app = typer.Typer(cls=group(table))
    app.callback()(lambda: None)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert list(commands) == list(table)
    assert len(commands) == len(table)
    assert commands.get("nonsense") is None
    for name in table:
        assert commands[name].name == name
        assert commands[name] is commands[name]


@pytest.mark.parametrize(
    ("command", "unloaded"), [("env", ["harness.corridor", "harness.shims"]), ("init", ["harness.environments"])]
)
def test__command__that_needs_little__loads_little(tmp_path: Path, command: str, unloaded: list[str]) -> None:
    text = f"""
import sys
from harness.cli.app import run
run([{command!r}, *(["status"] if {command!r} == "env" else [])])
sys.exit(str([name for name in {unloaded!r} if name in sys.modules] or ""))
"""
    ended = subprocess.run([sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == ""


def test__at__a_group__has_no_completion_options_of_its_own() -> None:
    options = {option for each in whole.COMMANDS["env"].load("env").params for option in each.opts}
    assert "--install-completion" not in options
