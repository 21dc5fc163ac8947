from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.cli.infer import infer
from harness.model.errors import BackfitError, UsageError
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize
from harness.record.har import write_har
from harness.record.stream import write_exchanges
from harness.schema.summary import MAX_DEPTH
from tests.shims.answers import recording

JSON = "application/json"


def answered(*bodies: bytes, said: str = JSON, path: str = "/x") -> list[Exchange]:
    return [
        Exchange(Request("GET", f"http://host{path}"), Response(200, (("content-type", said),), body))
        for body in bodies
    ]


def learned(folder: Path, exchanges: Iterable[Exchange], **options: Any) -> Any:
    """The document that the command writes; it is valid."""
    write_har(folder / "in.har", Recording(tuple(exchanges)))
    infer([folder / "in.har"], folder / "out.json", **options)
    document = json.loads((folder / "out.json").read_text())
    OpenAPIV31SpecValidator(document).validate()
    return document


def content(document: Any, path: str = "/x", said: str = JSON) -> Any:
    return document["paths"][path]["get"]["responses"]["200"]["content"][said]


def _nested(levels: int, schema: dict[str, Any]) -> dict[str, Any]:
    """That schema, so many levels below."""
    return {"properties": {"n": _nested(levels - 1, schema)}} if levels else schema


def test__infer__har_and_stream__are_one_document(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    calls = [answered(b'{"id": %d}' % number, path=f"/things/{number}")[0] for number in range(4)]
    write_har(tmp_path / "a.har", Recording(tuple(calls[:2])))
    write_exchanges(tmp_path / "b.har.ndjson.zst", calls[2:])
    infer([tmp_path / "a.har", tmp_path / "b.har.ndjson.zst"])
    out, err = capfd.readouterr()
    document = json.loads(out)
    assert document["info"]["title"] == "a.har, b.har.ndjson.zst"
    assert content(document, "/things/{thing_id}")["schema"]["x-backfit-support"] == {"samples": 4}
    assert "learning the operations" in err
    assert "1 operations from 4 calls" in err


@pytest.mark.parametrize(
    ("bodies", "said", "expected"),
    [
        pytest.param(
            [b'{"a":1}', b'{"a":1,"b":2}'],
            JSON,
            {"schema": {"required": ["a"], "properties": {"b": ...}}},
            id="optional",
        ),
        pytest.param(
            [b'{"a":1,"b":2}'] * 3 + [b'{"a":1}'] * 218,
            JSON,
            {
                "schema": {
                    "properties": {"b": {"x-backfit-support": {"samples": 3}}},
                    "x-backfit-support": {"samples": 221},
                }
            },
            id="sparse, 3 in 221",
        ),
        pytest.param([b"[]", b"[]"], JSON, {"schema": {"type": "array", "maxItems": 0}}, id="empty lists"),
        pytest.param(
            [b'[1,"a",null,{"b":1}]', b"[true]"],
            JSON,
            {
                "schema": {
                    "items": {"type": ["null", "boolean", "integer", "string", "object"]},
                    "x-backfit-support": {"samples": 2},
                }
            },
            id="heterogeneous list",
        ),
        pytest.param(
            [b'[51.5,"London"]', b'[48.8,"Paris"]'],
            JSON,
            {"schema": {"prefixItems": [{"type": "number"}, {"type": "string"}], "items": False}},
            id="tuple",
        ),
        pytest.param([b"<p>"], "text/html", {"x-backfit-unread": 1}, id="not JSON"),
        pytest.param([b"\x89PNG"], "image/png", {"x-backfit-unread": 1}, id="binary"),
        pytest.param([b"{", b"1"], JSON, {"x-backfit-unread": 1, "schema": {"type": "integer"}}, id="malformed"),
        pytest.param([b'{"a":1,"a":"x"}'], JSON, {"x-backfit-duplicate-keys": 1}, id="duplicate keys"),
        pytest.param(
            [b"18446744073709551617"], JSON, {"schema": {"type": "integer", "maximum": 2**64 + 1}}, id="past 2^64"
        ),
        pytest.param(
            [b'{"\\ud800":"\\udfff"}'], JSON, {"schema": {"properties": {"\ud800": ...}}}, id="lone surrogates"
        ),
        pytest.param(
            [b'{"n":' * 70 + b"1" + b"}" * 70],
            JSON,
            {"schema": _nested(MAX_DEPTH, {"x-backfit-support": {"samples": 1, "unseen": 1}})},
            id="deeper than is looked",
        ),
        pytest.param([b"[" * 5000 + b"]" * 5000], JSON, {"x-backfit-unread": 1}, id="5,000 levels"),
        pytest.param(
            [b"[" + b",".join([b'{"a":"%b"}' % (b"x" * 990)] * 10_000) + b"]"],
            JSON,
            {"schema": {"maxItems": 10_000, "items": {"properties": {"a": {"maxLength": 990}}}}},
            id="10 MB",
        ),
        pytest.param(
            [b"1\n2\n"],
            "application/x-ndjson",
            {"x-backfit-forms": ["JSON, line by line"], "schema": {"items": {"type": "integer"}}},
            id="lines",
        ),
        pytest.param(
            ['["é"]'.encode("latin-1")],
            JSON,
            {"x-backfit-miscoded": 1, "schema": {"type": "array"}},
            id="wrong charset",
        ),
    ],
)
def test__infer__whatever_is_in_the_traffic__is_described_or_counted(
    bodies: list[bytes], said: str, expected: Any, tmp_path: Path
) -> None:
    assert _matches(content(learned(tmp_path, answered(*bodies, said=said)), said=said), expected)


def _matches(found: Any, expected: Any) -> bool:
    """Whether all that is expected is there; more may be."""
    if expected is ...:
        return True
    if isinstance(expected, dict):
        return all(key in found and _matches(found[key], expected[key]) for key in expected)
    if isinstance(expected, list) and any(isinstance(item, dict) for item in expected):
        return len(found) == len(expected) and all(map(_matches, found, expected))
    return bool(found == expected)


def test__infer__what_was_not_understood__is_counted_on_stderr(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = [
        *answered(b"{", b'{"a":1,"a":2}'),
        *answered(b"<p>", said="text/html"),
        Exchange(Request("GET", "http://host/y"), None, error="refused"),
    ]
    learned(tmp_path, calls)
    err = capfd.readouterr().err
    for line in (
        "2 operations from 4 calls",
        "calls without an answer: 1",
        "bodies that say they are JSON and are not: 1",
        "bodies of which only the media type is told: 1",
        "bodies with a name twice in one object, where the last one was taken: 1",
    ):
        assert line in err.splitlines()


def test__infer__operations__are_told_apart(tmp_path: Path) -> None:
    queries = [serialize({"query": f"query {name} {{ x }}"}) for name in ("GetUser", "GetShop")]
    batch = serialize([{"jsonrpc": "2.0", "method": name, "id": 1} for name in ("b", "a")])
    calls = [
        *(Exchange(Request("POST", "http://host/graphql", (), query), Response(200)) for query in queries),
        Exchange(Request("POST", "http://host/rpc", (), batch), Response(200)),
        Exchange(Request("POST", "http://host/up", (("content-type", "image/png"),), b"x"), Response(200)),
        Exchange(Request("POST", "http://host/up", (("content-type", JSON),), b"{}"), Response(200)),
        *answered(b"{}", path="/articles/one"),
        *answered(b"{}", path="/articles/two"),
    ]
    paths = learned(tmp_path, calls, template=["/articles/{slug}"])["paths"]
    assert list(paths) == [
        "/articles/{slug}",
        "/graphql#GetShop",
        "/graphql#GetUser",
        "/rpc#a,b",
        "/up#application%2Fjson",
        "/up#image%2Fpng",
    ]


def test__infer__with_pins_and_a_title__overrules_what_was_learned(tmp_path: Path) -> None:
    document = learned(tmp_path, answered(b'{"a":{"b":1}}'), pin=["GET /x $.a=map"], title="A shop")
    assert document["info"]["title"] == "A shop"
    assert "additionalProperties" in content(document)["schema"]["properties"]["a"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"pin": ["$.b=map"]}, r"(?s)nothing stands at \$\.b.*did you mean"),
        ({"pin": ["$.a=number"]}, "=map, =enum, =opaque"),
        ({"template": ["articles"]}, "not a path template"),
    ],
)
def test__infer__a_bad_option__is_refused_and_nothing_written(
    options: dict[str, Any], error: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=error):
        learned(tmp_path, answered(b'{"a":1}'), **options)
    assert not (tmp_path / "out.json").exists()


def test__infer__a_file_that_is_not_there__is_named(tmp_path: Path) -> None:
    with pytest.raises(BackfitError, match=r"no\.har.*cannot be read"):
        infer([tmp_path / "no.har"])


def test__infer__where_it_cannot_write__says_so(tmp_path: Path) -> None:
    write_har(tmp_path / "a.har", recording(("GET /x", {"a": 1})))
    with pytest.raises(UsageError, match="cannot be written"):
        infer([tmp_path / "a.har"], tmp_path / "no" / "out.json")
