from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.record.har import read_har, write_har
from tests.cli.conftest import Backfit
from tests.replay.workflow import Shop, recorded, serving


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """The same scenario recorded twice, as files."""
    for name, life in (("first", 11), ("second", 12)):
        write_har(tmp_path / f"{name}.har", recorded(3, life)[0])
    return tmp_path


def test__replay__a_workflow_recorded_twice__runs_on_a_server_with_other_ids(backfit: Backfit, two: Path) -> None:
    with serving(Shop(99)) as url:
        result = backfit(
            "replay", "first.har", "--second", "second.har", "--upstream", url, "--unsafe", "-o", "new.har"
        )
    assert result.code == 0, result.err
    first, new = read_har(two / "first.har"), read_har(two / "new.har")
    assert [each.request for each in new.exchanges] == [each.request for each in first.exchanges]
    assert all(each.response is not None and each.response.status < 400 for each in new.exchanges)
    count = len(first.exchanges)
    assert result.out.startswith(f"{count} of {count} exchanges replayed, ")
    assert result.out.endswith("wrote new.har\n")


def test__replay__without_unsafe__only_reads_and_says_what_was_left_out(backfit: Backfit, two: Path) -> None:
    with serving(shop := Shop(99)) as url:
        shop.things["session"] = {"token": "from the environment", "csrf": ""}
        result = backfit("replay", "first.har", "--upstream", url)
    posts = sum(each.request.method != "GET" for each in read_har(two / "first.har").exchanges)
    assert f"  left out: {posts} × may change the system (say --unsafe to send it)\n" in result.out
    assert "answered 401 or 403: recordings hold no secrets" in result.out


def test__replay__a_header_from_the_environment__is_sent_and_not_stored(
    backfit: Backfit, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "Bearer kept-elsewhere")
    with serving(shop := Shop(99)) as url:
        shop.things["session"] = {"token": "kept-elsewhere", "csrf": ""}
        arguments = ("--upstream", url, "--header-env", "Authorization=SHOP_TOKEN", "--header", "X-Extra: kept-too")
        result = backfit("replay", "first.har", *arguments, "-o", "new.har")
    assert result.code == 0
    assert "401" not in result.out
    text = (two / "new.har").read_text()
    assert "kept-elsewhere" not in text
    assert "kept-too" not in text
    assert json.loads(text)["log"]["entries"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--upstream", "nowhere"], "URL"),
        (["--upstream", "http://127.0.0.1:1", "--header", "no colon"], "is no header"),
        (["--upstream", "http://127.0.0.1:1", "--header", "A: b\r\nC: d"], "is no header"),
        (
            ["--upstream", "http://127.0.0.1:1", "--header-env", "A=NOT_THERE_AT_ALL"],
            "no environment variable 'NOT_THERE_AT_ALL'",
        ),
        (["--upstream", "http://127.0.0.1:1", "--header-env", "A"], "'A' names no variable"),
        (["--upstream", "http://127.0.0.1:1", "--second", "gone.har"], "gone.har"),
    ],
)
def test__replay__a_mistake__is_told_before_anything_is_sent(
    backfit: Backfit, two: Path, arguments: list[str], said: str
) -> None:
    result = backfit("replay", "first.har", *arguments)
    assert result.code == 2
    assert said in result.err


def test__replay__nobody_there__is_no_break(backfit: Backfit, two: Path) -> None:
    result = backfit("replay", "first.har", "--upstream", "http://127.0.0.1:1")
    assert result.code == 3
    assert "refused every connection" in result.err
