from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harness.gate.accepting import accept
from harness.gate.ignore import Entry
from harness.gate.ignore_file import read_ignore
from harness.model.errors import BadFile, UsageError
from tests.gate.rows import written

A, B = "0123456789012345", "00000000000000ff"
FULL = Entry("see #12: fine", fingerprint=A, environment="shop", owner="1.10", expires=date(2026, 12, 31))
HEAD = "schema: backfit/ignore/v1\n"


def test__accept__without_a_file__makes_one_that_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    accept(file, [FULL, replace(FULL, fingerprint=B)], {A: "field removed  GET /a  $.b"})
    assert (
        file.read_text()
        == f"""\
# Changes that are accepted, and why. An entry that is expired or accepts nothing is an error.
{HEAD}accepted:
  - fingerprint: "{A}"  # field removed  GET /a  $.b
    environment: shop
    reason: 'see #12: fine'
    owner: '1.10'
    expires: '2026-12-31'
  - fingerprint: "{B}"
    environment: shop
    reason: 'see #12: fine'
    owner: '1.10'
    expires: '2026-12-31'
"""
    )
    assert list(read_ignore(file).entries) == [replace(FULL, line=4), replace(FULL, fingerprint=B, line=9)]


FLUSH = f"""\
# ours
{HEAD.strip()}   # the format

accepted:
# first
- reason: 'why'  # indeed
  path: "$.a"

- {{path: $.b, reason: x}}
"""
INDENTED = f"""\
{HEAD}accepted:
    - reason: a very long reason {"that goes on " * 20}and on
      path: $.a
    - path: $.b
      reason: |
        one
        two
"""


@pytest.mark.parametrize("text", [FLUSH, INDENTED, f"{HEAD}# nothing yet\n"])
def test__accept__into_a_file__leaves_all_that_stands_there(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    count = len(read_ignore(file).entries)
    accept(file, [Entry("too", fingerprint=B)], {})
    assert file.read_text().startswith(text)
    assert [each.fingerprint for each in read_ignore(file).entries] == [""] * count + [B]


@pytest.mark.parametrize("text", ["accepted: []", "accepted:", '{"schema": "backfit/ignore/v1", "accepted": []}'])
def test__accept__into_an_empty_list__adds_a_block(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text if text.startswith("{") else HEAD + text)
    accept(file, [Entry("too", fingerprint=B)], {})
    assert f'- fingerprint: "{B}"\n    reason: too\n' in file.read_text()
    assert len(read_ignore(file).entries) == 1


@pytest.mark.parametrize(
    ("there", "again", "refused"),
    [
        ("", "", True),
        ("", "shop", True),
        ("shop", "shop", True),
        ("shop", "bank", False),
        ("shop", "", False),
    ],
)
def test__accept__what_is_accepted_already__is_refused(tmp_path: Path, there: str, again: str, refused: bool) -> None:
    file = tmp_path / "f.yaml"
    accept(file, [Entry("r", fingerprint=A, environment=there)], {})
    before = file.read_text()
    if refused:
        with pytest.raises(UsageError, match="accepted already") as error:
            accept(file, [Entry("r", fingerprint=B), Entry("s", fingerprint=A, environment=again)], {})
        assert error.value.where == f"{file}:4"
        assert file.read_text() == before
    else:
        accept(file, [Entry("s", fingerprint=A, environment=again)], {})
        assert len(read_ignore(file).entries) == 2


def test__accept__one_fingerprint_twice__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="accepted already"):
        accept(tmp_path / "f.yaml", [Entry("r", fingerprint=A), Entry("r", fingerprint=A)], {})
    assert not (tmp_path / "f.yaml").exists()


def test__accept__into_a_file_that_is_wrong__changes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "accepted: [{path: $, reason: r}]")
    before = file.read_text()
    with pytest.raises(BadFile, match="whole body"):
        accept(file, [Entry("r", fingerprint=A)], {})
    assert file.read_text() == before
