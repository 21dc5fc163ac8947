from __future__ import annotations

import base64
import re

from jsonschema import Draft202012Validator

from harness.model.exchange import Exchange, Request, Response
from harness.record.har_writing import written_entry

PAIRS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "value": {"type": "string"}},
        "required": ["name", "value"],
        "additionalProperties": False,
    },
}
MESSAGE = {
    "httpVersion": {"type": "string"},
    "cookies": PAIRS,
    "headers": PAIRS,
    "headersSize": {"type": "integer", "minimum": -1},
    "bodySize": {"type": "integer", "minimum": -1},
}
ENTRY = {
    "type": "object",
    "properties": {
        "startedDateTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"},
        "time": {"type": "number", "minimum": 0},
        "request": {
            "type": "object",
            "properties": {
                **MESSAGE,
                "method": {"type": "string"},
                "url": {"type": "string"},
                "queryString": PAIRS,
                "postData": {"type": "object", "required": ["mimeType", "text"]},
            },
            "required": [*MESSAGE, "method", "url", "queryString"],
        },
        "response": {
            "type": "object",
            "properties": {
                **MESSAGE,
                "status": {"type": "integer"},
                "statusText": {"type": "string"},
                "redirectURL": {"type": "string"},
                "content": {"type": "object", "required": ["size", "mimeType"]},
            },
            "required": [*MESSAGE, "status", "statusText", "content", "redirectURL"],
        },
        "cache": {"type": "object"},
        "_webSocketMessages": {"type": "array", "items": {"required": ["type", "time", "opcode", "data"]}},
        "timings": {"type": "object", "required": ["send", "wait", "receive"]},
    },
    "required": ["startedDateTime", "time", "request", "response", "cache", "timings"],
}
"""What HAR 1.2 demands of an entry."""

HAR_WORDS = {
    "comment",
    "pageref",
    "serverIPAddress",
    "connection",
    "params",
    "compression",
    "text",
    "encoding",
    "value",
}

POSTED = Exchange(
    request=Request("POST", "http://a/b?c=d&c=", (("Content-Type", "image/png"),), b"\x89PNG"),
    response=Response(302, (("Location", "/x"), ("content-type", "image/png")), b"\xff", "Found"),
    id="c0001",
    meta={"dest": "empty", "reads": ["$.a"]},
    elapsed=0.25,
)
FAILED = Exchange(request=Request("GET", "http://a/"), response=None, error="refused")


def test__entry__of_any_exchange__is_what_har_1_2_demands() -> None:
    for exchange in (POSTED, FAILED):
        Draft202012Validator(ENTRY).validate(written_entry(exchange))


def test__entry__own_fields__start_with_an_underscore() -> None:
    known = HAR_WORDS | set(re.findall(r"'(\w+)'", str(ENTRY)))
    entry = {**written_entry(POSTED), "_backfit": {}}
    ours = [key for key in re.findall(r"'(\w+)':", str(entry)) if key not in known]
    assert all(key.startswith("_") for key in ours), ours


def test__entry__of_a_posted_picture__holds_base64_id_and_meta() -> None:
    entry = written_entry(POSTED)
    assert entry["_backfit"] == {"id": "c0001", "dest": "empty", "reads": ["$.a"]}
    assert base64.b64decode(entry["request"]["postData"]["text"]) == b"\x89PNG"
    assert entry["request"]["queryString"] == [{"name": "c", "value": "d"}, {"name": "c", "value": ""}]
    assert entry["response"]["redirectURL"] == "/x"
    assert entry["response"]["content"]["encoding"] == "base64"
    assert entry["time"] == 250


def test__entry__without_an_answer__has_status_0_and_the_error() -> None:
    answer = written_entry(FAILED)["response"]
    assert (answer["status"], answer["_error"]) == (0, "refused")
