from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.model.errors import BadFile, UsageError
from harness.record.scenario_file import Command, wants_page


@pytest.mark.parametrize(
    ("text", "wanted"), [("def run(page, system): ...", True), ("def run(system, /):\n  pass", False)]
)
def test__wants_page__of_a_scenario__is_told_by_its_arguments(tmp_path: Path, text: str, wanted: bool) -> None:
    (tmp_path / "s.py").write_text(text)
    assert wants_page(tmp_path / "s.py") is wanted


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        (b"def walk(page, system): ...", "no function run", ""),
        (b"\ndef run(): ...", "run takes 0 arguments", ":2"),
        (b"\n\ndef run(", "not Python", ":3"),
        (b"\xff", "not Python", None),
        (b"\x00", "not Python", None),
        (None, "cannot be read", ""),
    ],
)
def test__wants_page__of_what_is_no_scenario__names_file_and_line(
    tmp_path: Path, text: bytes | None, what: str, line: str | None
) -> None:
    file = tmp_path / "s.py"
    if text is not None:
        file.write_bytes(text)
    with pytest.raises(BadFile, match=what) as caught:
        wants_page(file)
    assert line is None or caught.value.where == f"{file}{line}"
    assert caught.value.hint


@pytest.mark.parametrize("template", ["no-such-program {url}", "", "sh 'open"])
def test__command__that_cannot_be_run__is_a_usage_error(tmp_path: Path, template: str) -> None:
    with pytest.raises(UsageError):
        Command(template, tmp_path).words("http://h", os.environ["PATH"])


def test__command__with_an_address__stays_one_word_each(tmp_path: Path) -> None:
    words = Command("sh -c 'echo $0' {url}/a", tmp_path).words("http://h/ ;x", os.environ["PATH"])
    assert words == ["sh", "-c", "echo $0", "http://h/ ;x/a"]
