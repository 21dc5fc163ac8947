"""Bodies as strangers write them, compared as a user does: each is a finding, or a note that counts it; never silence."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import brotli
import pytest

from harness.cli.app import run
from harness.model.body import MALFORMED, MISCODED, MISSING, OPAQUE, PACKED, REPEATED, TOO_DEEP
from harness.model.json_text import Json, parse
from harness.record.encodings import LIMIT

JSON = "application/json"
NDJSON = "application/x-ndjson"
SAID: list[str] = []
VALUE = ["response-value-changed"]


def answer(body: bytes | str | None, content_type: str = JSON, coding: str = "") -> Json:
    """An entry whose body is a text of HAR, or bytes in base64, or left out by the browser."""
    content: dict[str, Any] = {"mimeType": content_type, "size": 1}
    if isinstance(body, bytes):
        content |= {"text": base64.b64encode(body).decode(), "encoding": "base64"}
    elif body is not None:
        content["text"] = body
    headers = [{"name": "content-type", "value": content_type}]
    headers += [{"name": "content-encoding", "value": coding}] if coding else []
    return {
        "request": {"method": "GET", "url": "http://a/b"},
        "response": {"status": 200, "headers": headers, "content": content},
    }


def compared(folder: Path, old: Json, new: Json) -> tuple[int, list[str], list[str]]:
    """The exit code of `backfit diff`, the rules of its findings, and its notes."""
    for name, entry in (("old", old), ("new", new)):
        (folder / f"{name}.har").write_text(json.dumps({"log": {"entries": [entry]}}))
    code = run(["diff", f"{folder}/old.har", f"{folder}/new.har", "--format", f"json={folder}/diff.json"])
    said = parse((folder / "diff.json").read_bytes())
    return code, [finding["rule"] for finding in said["findings"]], said["notes"]


def text(value: int) -> str:
    return f'{{"a": {value}, "b": "hé"}}'


def deep(levels: int, innermost: str) -> str:
    return '{"a":' * levels + innermost + "}" * levels


ROWS = {
    "latin-1, as it says": (
        *(answer(text(n).encode("latin-1"), f"{JSON}; charset=latin-1") for n in (1, 2)),
        VALUE,
        SAID,
    ),
    "latin-1, said to be utf-8": (*(answer(text(n).encode("latin-1")) for n in (1, 2)), VALUE, [MISCODED]),
    "utf-8, said to be latin-1": (*(answer(text(n).encode(), f"{JSON}; charset=latin-1") for n in (1, 2)), VALUE, SAID),
    "text of a HAR in latin-1": (*(answer(text(n), f"{JSON}; charset=latin-1") for n in (1, 2)), VALUE, SAID),
    "utf-16, as it says": (*(answer(text(n).encode("utf-16"), f"{JSON}; charset=utf-16") for n in (1, 2)), VALUE, SAID),
    "utf-16, unsaid": (*(answer(text(n).encode("utf-16")) for n in (1, 2)), VALUE, [MISCODED]),
    "byte order mark": (answer(text(1).encode("utf-8-sig")), answer(text(2)), VALUE, SAID),
    "gzip, packed": (*(answer(gzip.compress(text(n).encode()), JSON, "gzip") for n in (1, 2)), VALUE, SAID),
    "br, packed": (*(answer(brotli.compress(text(n).encode()), JSON, "br") for n in (1, 2)), VALUE, SAID),
    "br, packed on one side": (answer(brotli.compress(text(1).encode()), JSON, "br"), answer(text(1)), [], SAID),
    "gzip, listed only": (*(answer(text(n), JSON, "gzip") for n in (1, 2)), VALUE, SAID),
    "bomb": (
        *(answer(gzip.compress(bytes(LIMIT + n), mtime=0), JSON, "gzip") for n in (1, 2)),
        None,
        [PACKED, MALFORMED],
    ),
    "malformed on one side": (answer('{"a":1}'), answer('{"a":1'), ["response-body-kind-changed"], [MALFORMED]),
    "malformed on both": (answer('{"a":1'), answer('{"a":2'), None, [MALFORMED]),
    "NaN": (answer('{"a":1}'), answer('{"a":NaN}'), ["response-body-kind-changed"], [MALFORMED]),
    "not in the recording": (answer('{"a":1}'), answer(None), [], [MISSING]),
    "names twice": (answer('{"a":1,"a":2}'), answer('{"a":3,"a":2}'), [], [REPEATED]),
    "past 2^64": (answer('{"a":18446744073709551616}'), answer('{"a":18446744073709551617}'), VALUE, SAID),
    "10,000 digits": (answer('{"a":' + "9" * 10_000 + "}"), answer('{"a":' + "9" * 9_999 + "8}"), VALUE, SAID),
    "past every float": (answer('{"a":1.5}'), answer('{"a":1' + "0" * 400 + "}"), None, SAID),
    "lone surrogates": (answer('{"a":"\\ud800"}'), answer('{"a":"\\ud801"}'), VALUE, SAID),
    "names of JavaScript": (answer('{"__proto__":1,"":2}'), answer('{"__proto__":2,"":2}'), VALUE, SAID),
    "line separators": (answer('{"\u2028":1}'), answer('{"\u2028":2}'), VALUE, SAID),
    "1,000 levels": (answer(deep(1000, "1")), answer(deep(1000, "2")), VALUE, SAID),
    "100,000 levels": (answer(deep(100_000, "1")), answer(deep(100_000, "2")), None, [TOO_DEEP]),
    "JSON lines": (answer('{"a":1}\n{"a":2}', NDJSON), answer('{"a":1}\n{"a":3}', NDJSON), VALUE, SAID),
    "events": (*(answer(f'id: 1\ndata: {{"a":{n}}}\n\n', "text/event-stream") for n in (1, 2)), VALUE, SAID),
    "XML": (answer("<a>1</a>", "text/xml"), answer("<a>2</a>", "text/xml"), None, [OPAQUE]),
    "HTML": (answer("<p>1", "text/html"), answer("<p>2", "text/html"), None, [OPAQUE]),
    "multipart": (*(answer(f"--x\r\n\r\n{n}\r\n--x--", "multipart/mixed; boundary=x") for n in (1, 2)), None, [OPAQUE]),
    "binary": (answer(bytes(range(256)), "image/png"), answer(bytes(range(255)), "image/png"), None, [OPAQUE]),
}


@pytest.mark.parametrize(("old", "new", "rules", "said"), ROWS.values(), ids=ROWS.keys())
def test__diff__of_strange_bodies__finds_what_differs_and_says_what_was_not_read(
    tmp_path: Path, old: Json, new: Json, rules: list[str] | None, said: list[str]
) -> None:
    """`rules` are all that is found, None where something is, by whatever name; `said` stands in the notes, and no more."""
    code, found, notes = compared(tmp_path, old, new)
    assert code in (0, 1)
    assert found if rules is None else found == rules
    assert [words for words in said if not any(words in note for note in notes)] == []
    assert said or not notes


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row[2] != []])
def test__diff__of_a_strange_body_and_itself__finds_nothing(tmp_path: Path, name: str) -> None:
    for side in ROWS[name][:2]:
        assert compared(tmp_path, side, side)[:2] == (0, [])
