from __future__ import annotations

import base64
import gzip
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record import har
from harness.record.har import read_document, read_har, write_har

GOOD = {"request": {"method": "GET", "url": "http://a/"}, "response": {"status": 204}}

texts = st.text(max_size=20)
pairs = st.lists(st.tuples(texts | st.just("Content-Type"), texts | st.just("a/b;charset=latin-1")), max_size=4).map(
    tuple
)
requests = st.builds(Request, texts, texts.map("http://a/{}".format), pairs, st.binary(max_size=30))
responses = st.builds(Response, st.integers(100, 599), pairs, st.binary(max_size=30), texts)
metas = st.dictionaries(texts.filter(lambda key: key not in ("id", "note")), st.integers() | texts, max_size=3)
exchanges = st.builds(Exchange, requests, responses, st.none() | texts, st.none(), meta=metas) | st.builds(
    Exchange, requests, st.none(), texts, texts.filter(bool), meta=metas
)


@settings(deadline=None)
@given(st.lists(exchanges, max_size=4))
def test__round_trip__of_any_recording__is_exact(
    tmp_path_factory: pytest.TempPathFactory, kept: list[Exchange]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.har"
    write_har(file, Recording(tuple(kept)))
    assert read_har(file).exchanges == tuple(kept)


def test__write__two_exchanges__gives_a_line_each(tmp_path: Path) -> None:
    exchange = Exchange(Request("GET", "http://a/"), Response(200, body=b'{\n"a": 1}'))
    write_har(tmp_path / "a.har", Recording((exchange, exchange)))
    assert len((tmp_path / "a.har").read_text().splitlines()) == 4


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ('{"log":\n{"entries":\n[', "cut off; 0 entries before it are whole", ":3"),
        (
            '{"log":{"entries":[{"a":{}},{"b":"x"}\n,{"c":',
            "the file ends in the middle: .*; 2 entries before it are",
            ":2",
        ),
        ("", "cut off", ":1"),
        ('{"log":\n{"entries": "ab', "cut off", ":2"),
        ('{"log":\n{"entries":}}', "not JSON", ":2"),
        ('{"log": {"version": "1.2"}}', "no list log.entries", ""),
        ("[]", "no list log.entries", ""),
        ('{"log": {"entries": {}}}', "no list log.entries", ""),
        ("\ud800".encode("utf-8", "surrogatepass"), "not JSON", None),
        (b"\x28\xb5\x2f\xfd\x00", "not JSON", None),
        ("[" * 100_000, "not JSON|cut off", None),
    ],
)
def test__read__what_is_no_har__names_file_and_line(
    tmp_path: Path, text: str | bytes, what: str, place: str | None
) -> None:
    file = tmp_path / "a.har"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadFile, match=what) as caught:
        read_har(file)
    assert str(caught.value.where).startswith(str(file))
    assert place is None or caught.value.where == f"{file}{place}"
    assert caught.value.hint


def test__read__a_har_cut_anywhere__is_a_bad_file(tmp_path: Path) -> None:
    whole = json.dumps({"log": {"entries": [GOOD]}}).encode()
    for length in range(len(whole)):
        (tmp_path / "a.har").write_bytes(whole[:length])
        with pytest.raises(BadFile, match="cut off"):
            read_har(tmp_path / "a.har")


def test__read__a_file_that_is_not_there__says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file") as caught:
        read_har(tmp_path / "none.har")
    assert caught.value.where == str(tmp_path / "none.har")


def test__read__one_malformed_entry_among_good_ones__names_its_index(tmp_path: Path) -> None:
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [GOOD, {"request": {}}, GOOD]}}))
    with pytest.raises(BadFile, match=r"entry 1 .* malformed: method is missing"):
        read_har(tmp_path / "a.har")


def test__read__with_a_byte_order_mark__is_read(tmp_path: Path) -> None:
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [GOOD]}}), encoding="utf-8-sig")
    assert len(read_har(tmp_path / "a.har").exchanges) == 1


def packed(size: int) -> dict[str, object]:
    text = base64.b64encode(gzip.compress(bytes([255]) * size)).decode()
    headers = [{"name": "content-encoding", "value": "gzip"}]
    return {**GOOD, "response": {"status": 200, "headers": headers, "content": {"text": text, "encoding": "base64"}}}


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ([packed(1000)] * 4, None),
        ([packed(1000)] * 5, r"unpack to more than 0 MiB, from entry 4 "),
        ([{**GOOD, "comment": "x" * 5000}], "larger than 0 MiB"),
    ],
    ids=["fits", "bombs", "large"],
)
def test__read__more_than_memory_should_hold__is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: list[object], what: str | None
) -> None:
    monkeypatch.setattr(har, "LARGEST", 4096)
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": entries}}))
    if what is None:
        assert len(read_har(tmp_path / "a.har").exchanges) == len(entries)
    else:
        with pytest.raises(BadFile, match=what) as caught:
            read_har(tmp_path / "a.har")
        assert "har.ndjson.zst" in str(caught.value.hint)


def test__read__from_a_pipe__is_read_as_a_file(tmp_path: Path) -> None:
    """As the shell's `<(zcat old.har.gz)` gives it."""
    os.mkfifo(tmp_path / "pipe")
    text = json.dumps({"log": {"entries": [GOOD] * 1000}})
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(text))
    writer.start()
    assert len(read_har(tmp_path / "pipe").exchanges) == 1000
    writer.join()


@pytest.mark.parametrize(
    ("path", "what"), [("/dev/null", "a device"), ("/dev/zero", "a device"), ("/", "Is a directory")]
)
def test__read__what_is_no_file__says_so(path: str, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        read_har(Path(path))


def test__read_document__keeps_what_it_does_not_know(tmp_path: Path) -> None:
    document = {"log": {"entries": [3, {"a": 1}], "pages": []}, "x": 1}
    (tmp_path / "a.har").write_text(json.dumps(document))
    assert read_document(tmp_path / "a.har") == document
