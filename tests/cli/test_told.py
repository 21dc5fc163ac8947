from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from harness.cli.told import tell
from harness.model.errors import UsageError


def show(console: Console) -> None:
    console.print("[b]x[/b]" + "y" * 3, markup=False)


def test__tell__both_formats__go_where_they_should(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell(["json", f"text={tmp_path / 'x.txt'}"], show, lambda: [1])
    assert json.loads(capsys.readouterr().out) == [1]
    assert (tmp_path / "x.txt").read_text() == "[b]x[/b]yyy\n"


def test__tell__only_files__shows_the_text_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell([f"json={tmp_path / 'x.json'}"], show, lambda: {"a": "\u2028"})
    assert capsys.readouterr().out == "[b]x[/b]yyy\n"
    assert json.loads((tmp_path / "x.json").read_text()) == {"a": "\u2028"}


def test__tell__an_unknown_format__is_refused() -> None:
    with pytest.raises(UsageError, match="there is no format 'jsn'"):
        tell(["jsn"], show, list)
