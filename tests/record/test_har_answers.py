from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.model.errors import UsageError
from harness.model.exchange import Response
from harness.record.har import read_har
from harness.record.har_answers import write_answers

ENTRY = {
    "startedDateTime": "2026-01-01T00:00:00Z",
    "time": 1.50,
    "pageref": "p1",
    "request": {"method": "GET", "url": "http://a/", "_initiator": {"x": 1}},
    "response": {
        "status": 200,
        "statusText": "OK",
        "headers": [{"name": "ETag", "value": "x"}],
        "content": {"size": 3, "mimeType": "text/plain", "text": "AAEC", "encoding": "base64", "comment": "kept"},
        "_transferSize": 12,
        "bodySize": 3,
    },
    "timings": {"wait": 1},
    "_backfit": {"id": "c1"},
}
HAR = {"_own": 1, "log": {"version": "1.2", "pages": [{"id": "p1"}], "entries": [ENTRY, ENTRY], "comment": "entries"}}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.har"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(HAR, indent=1).encode())
    return path


def test__write__no_answer__leaves_everything_as_it_was(source: Path) -> None:
    target = source.with_name("b.har")
    write_answers(source, target, [None, None])
    assert json.loads(target.read_text()) == HAR
    assert len(target.read_text().splitlines()) == 4


def test__write__an_answer__replaces_status_headers_and_body_alone(source: Path) -> None:
    target = source.with_name("b.har")
    answer = Response(404, (("Content-Type", "application/json"),), b'{"a":1}', "Not Found")
    write_answers(source, target, [None, answer])
    first, second = json.loads(target.read_text())["log"]["entries"]
    assert first == ENTRY
    assert second == ENTRY | {
        "response": {
            "status": 404,
            "statusText": "Not Found",
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"size": 7, "mimeType": "application/json", "text": '{"a":1}', "comment": "kept"},
            "_transferSize": 12,
            "bodySize": -1,
        }
    }
    assert read_har(target).exchanges[1].response == answer


def test__write__onto_itself__works(source: Path) -> None:
    write_answers(source, source, [None, Response(204)])
    assert [each.response and each.response.status for each in read_har(source).exchanges] == [200, 204]


def test__write__where_nothing_can_be_written__leaves_nothing(source: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_answers(source, source.parent / "no/b.har", [None, None])
    assert [file.name for file in source.parent.iterdir()] == ["a.har"]
