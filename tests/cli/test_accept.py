from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from harness.gate.ignore_file import FILE_NAME, read_ignore
from tests.cli.conftest import Backfit

A, B = "0123456789012345", "00000000000000ff"


def test__accept__what_a_diff_found__makes_the_next_one_pass(backfit: Backfit, hars: Path) -> None:
    backfit("diff", "old.har", "new.har", "--format", "json=diff.json")
    found = json.loads(Path("diff.json").read_text())["findings"]
    breaks = [each["fingerprint"] for each in found if each["level"] == "break"]
    assert backfit("accept", *breaks, "--reason", "looked at", "--from", "diff.json").code == 0
    assert backfit("diff", "old.har", "new.har").code == 0
    text = Path(FILE_NAME).read_text()
    assert all(f"# {each['rule']}  GET /shop/rows.json" in text for each in found if each["fingerprint"] in breaks)


def test__accept__all_that_is_said__stands_in_the_entry(backfit: Backfit) -> None:
    tomorrow = date.today() + timedelta(days=1)
    options = ["--owner", "ana", "--expires", tomorrow.isoformat(), "--environment", "shop", "--file", "x.yaml"]
    result = backfit("accept", A, B, "--reason", " fine ", *options)
    assert (result.code, result.out) == (0, f"x.yaml: accepted {A}\nx.yaml: accepted {B}\n")
    first, second = read_ignore(Path("x.yaml")).entries
    assert (first.reason, first.owner, first.expires, first.environment) == ("fine", "ana", tomorrow, "shop")
    assert (first.fingerprint, second.fingerprint) == (A, B)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([A], "--reason"),
        ([A, "--reason", " "], "--reason is empty"),
        ([A, "--reason", "a\nb"], "--reason is one line"),
        ([A, "--reason", "\udc80"], "--reason is one line"),
        ([A, "--reason", "r", "--owner", "a\x1b[1m"], "--owner is one line"),
        (["12", "--reason", "r"], "'12' is no fingerprint"),
        ([A, A, "--reason", "r"], f"{A} is accepted already"),
        ([A, "--reason", "r", "--expires", "soon"], "--expires is a date, not 'soon'"),
        ([A, "--reason", "r", "--expires", "2020-01-01"], "--expires 2020-01-01 is in the past"),
        ([A, "--reason", "r", "--from", "missing.json"], "missing.json: cannot be read"),
        ([A, "--reason", "r", "--from", "list.json"], "list.json: this is not the JSON of a diff"),
        ([A, "--reason", "r", "--from", "empty.json"], f"empty.json: no finding has the fingerprint {A}"),
        ([A, "--reason", "r", "--file", "missing/x.yaml"], "missing/x.yaml: cannot be written"),
    ],
)
def test__accept__what_cannot_be__exits_with_2_and_writes_nothing(
    backfit: Backfit, arguments: list[str], said: str
) -> None:
    Path("list.json").write_text("[1]")
    Path("empty.json").write_text('{"findings": []}')
    result = backfit("accept", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not Path(FILE_NAME).exists()


@pytest.mark.parametrize(
    "document",
    [
        '{"findings": 1}',
        '{"findings": [1]}',
        '{"findings": [{}]}',
        "{}",
        "x",
        '{"findings": [{"fingerprint": [], "rule": 1}]}',
    ],
)
def test__accept__from_what_is_no_diff__exits_with_2(backfit: Backfit, document: str) -> None:
    Path("diff.json").write_text(document)
    result = backfit("accept", A, "--reason", "r", "--from", "diff.json")
    assert result.code == 2
    assert "this is not the JSON of a diff" in result.err


def test__accept__names_of_strangers__cannot_leave_the_comment(backfit: Backfit) -> None:
    hostile = {"fingerprint": A, "rule": "r", "operation": "GET /\n- evil: 1\u2028\x1b", "path": "$.a" + "x" * 999}
    Path("diff.json").write_text(json.dumps({"findings": [hostile]}))
    assert backfit("accept", A, "--reason", "r", "--from", "diff.json").code == 0
    [entry] = read_ignore(Path(FILE_NAME)).entries
    assert (entry.fingerprint, entry.reason) == (A, "r")
    assert "\x1b" not in Path(FILE_NAME).read_text()
