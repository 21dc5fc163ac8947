from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record.har import read_har, write_har

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
        ('{"log":\n{"entries":\n[', "cut off", ":3"),
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
