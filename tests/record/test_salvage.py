from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record import har
from harness.record.har import write_har
from harness.record.salvage import salvaged
from harness.record.stream import write_exchanges

KEPT = [Exchange(Request("GET", f"http://a/{n}"), Response(200, (), b'{"a": 1.10}')) for n in range(3)]
NAMES = ["a.har", "a.har.ndjson", "a.har.ndjson.zst"]


def written(path: Path) -> bytes:
    write_exchanges(path, KEPT)
    return path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test__salvaged__of_a_whole_file__is_all_of_it(tmp_path: Path, name: str) -> None:
    written(tmp_path / name)
    assert salvaged(tmp_path / name) == Recording(tuple(KEPT), str(tmp_path / name))


@pytest.mark.parametrize("name", NAMES[:2])
def test__salvaged__of_a_file_cut_anywhere__is_what_came_before_the_cut(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    whole = written(path)
    ends = [whole.index(b'"_backfit":{}}', whole.index(b"http://a/%d" % n)) + len(b'"_backfit":{}}') for n in range(3)]
    for length in range(ends[0], len(whole), 7):
        path.write_bytes(whole[:length])
        assert salvaged(path).exchanges == tuple(KEPT[: sum(end <= length for end in ends)])
    path.write_bytes(whole[: ends[0] - 1])
    with pytest.raises(BadFile, match="ends in the middle: it was cut off; 0 entries"):
        salvaged(path)


def test__salvaged__of_a_cut_zstd_stream__is_what_came_through(tmp_path: Path) -> None:
    path = tmp_path / "a.har.ndjson.zst"
    frames = [
        zstandard.compress(json.dumps({"request": {"method": "GET", "url": f"http://a/{n}"}}).encode() + b"\n")
        for n in (1, 2)
    ]
    path.write_bytes(b"".join(frames)[:-5])
    found = salvaged(path)
    assert found.exchanges[0].request.path == "/1"
    assert "ends in the middle" in found.source


@pytest.mark.parametrize("name", NAMES)
def test__salvaged__of_a_file_with_a_malformed_entry__is_what_came_before(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    whole = written(path) if not name.endswith("zst") else b""
    if not whole:
        lines = b"".join(
            json.dumps(each).encode() + b"\n" for each in ({"request": {"method": "GET", "url": "http://a/0"}}, {})
        )
        path.write_bytes(zstandard.compress(lines))
    else:
        path.write_bytes(whole.replace(b'"url":"http://a/1"', b'"url":17'))
    found = salvaged(path)
    assert [each.request.path for each in found.exchanges] == ["/0"]
    assert "malformed" in found.source


def test__salvaged__of_more_than_memory_should_hold__stops_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "a.har.ndjson")
    monkeypatch.setattr(har, "LARGEST", 25)
    found = salvaged(tmp_path / "a.har.ndjson")
    assert list(found.exchanges) == KEPT[:2]


@pytest.mark.parametrize("text", [b"", b"{}", b"no JSON at all", b'{"log":{"entries":[{"req'])
def test__salvaged__of_what_holds_no_entry__says_what_is_wrong(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.har").write_bytes(text)
    with pytest.raises(BadFile):
        salvaged(tmp_path / "a.har")


def test__salvaged__of_an_empty_har__is_empty(tmp_path: Path) -> None:
    write_har(tmp_path / "a.har", Recording(()))
    assert salvaged(tmp_path / "a.har").exchanges == ()
