from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from harness.record.har import read_har, write_har
from tests.cli.conftest import Backfit
from tests.probing.shops import LISTS, old, paged, recorded, server
from tests.probing.test_declared import document, listing

NEW = paged("page", "per_page", "sort")


@pytest.fixture
def har(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_har(tmp_path / "old.har", recorded(old, *LISTS))
    return tmp_path


def test__probe__a_new_version_in_pages__gives_the_recording_that_a_shim_is_learned_from(
    backfit: Backfit, har: Path
) -> None:
    with server(NEW) as new:
        result = backfit("shim", "probe", "old.har", "--upstream", new.url, "-o", "new.har", "--log", "log.txt")
        calls = len(new.requests)
    assert result.code == 0
    assert result.out.startswith("GET /api/1/items: GET /api/2/items; page at $.query")
    assert "0% of OLD's answers came back, now 100% (5 calls)" in result.out
    assert (
        result.out.splitlines()[-1]
        == f"new.har: 5 calls recorded, 1 operations asked otherwise, {calls - 5} calls to find out"
    )
    log = (har / "log.txt").read_text().splitlines()
    assert sum(" -> " in line for line in log) == calls - 5
    assert any(" of OLD's answers to 5 calls of GET /api/1/items" in line for line in log)
    assert backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml").code == 0
    shim = (har / "x.shim.yaml").read_text()
    assert "page: {at: $.query, start: _start, page: page, size: per_page, end: _end, cover: true}" in shim
    assert "forward: GET /api/2/items" in shim
    assert "unwrap: {key: data}" in shim


def test__probe__unsafe_calls__are_named_and_sent_only_with_a_reset(backfit: Backfit, har: Path) -> None:
    write_har(
        har / "old.har", recorded(lambda *asked: (200, {"id": 1, "a": 2, "b": 3}), "/a", method="POST", body={"a": 2})
    )
    with server(lambda *asked: (200, {"id": 1, "a": 2, "b": 3})) as new:
        result = backfit("shim", "probe", "old.har", "--upstream", new.url, "-o", "new.har")
        assert "POST /a: not asked; give --reset to probe what may change the data" in result.out
        assert read_har(har / "new.har").exchanges == ()
        command = f"{sys.executable} -c pass"
        assert backfit("shim", "probe", "old.har", "--upstream", new.url, "-o", "new.har", "--reset", command).code == 0
        assert [each.request.method for each in read_har(har / "new.har").exchanges] == ["POST"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--upstream", "x"), "--upstream is a URL"),
        (("--upstream", "http://127.0.0.1:1"), "nobody listens"),
        (("--upstream", "http://127.0.0.1:1", "--try", "extra"), "--try is NAME=VALUE"),
        (("--upstream", "http://127.0.0.1:1", "--reset", "'"), "--reset cannot be read"),
        (("--upstream", "http://127.0.0.1:1", "--new-api", "old.har"), "HAR"),
        (("--upstream", "http://127.0.0.1:1", "--log", "no/such/folder/log"), "log"),
    ],
)
def test__probe__what_is_wrong__is_said_and_nothing_is_written(
    backfit: Backfit, har: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = backfit("shim", "probe", "old.har", "-o", "new.har", *arguments)
    assert result.code in (2, 3)
    assert said in result.err
    assert not (har / "new.har").exists()


def test__learn__with_news_declaration__forwards_calls_that_new_refused(backfit: Backfit, har: Path) -> None:
    write_har(har / "new.har", recorded(lambda *asked: (404, {"error": "gone"}), *LISTS))
    document(har, {"/api/2/items": listing("page>=1", "per_page", "sort|id|-id|title|-title|views|-views", "tag")})
    result = backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml", "--new-api", "new.openapi.json")
    assert result.code == 0
    assert "forward: GET /api/2/items" in (har / "x.shim.yaml").read_text()


def test__learn__where_the_declaration_fits_in_several_ways__says_so(backfit: Backfit, har: Path) -> None:
    write_har(har / "new.har", recorded(lambda *asked: (404, {"error": "gone"}), *LISTS))
    document(har, {"/api/2/items": listing("page", "per_page", "sort", "tag")})
    result = backfit("shim", "learn", "old.har", "new.har", "-o", "x.shim.yaml", "--new-api", "new.openapi.json")
    assert "GET /api/1/items: what NEW declares fits in several ways, none is taken" in result.err
    assert "forward" not in (har / "x.shim.yaml").read_text()
    assert json.dumps(result.code) == "0"
