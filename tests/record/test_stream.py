from __future__ import annotations

import json
import random
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.errors import BadFile, UsageError
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record import stream
from harness.record.har import write_har
from harness.record.stream import is_stream, read_exchanges, write_exchanges

GOOD = json.dumps({"request": {"method": "GET", "url": "http://a/"}, "response": {"status": 204}}).encode()
NAMES = ["a.har.ndjson", "a.har.ndjson.zst"]

exchanges = st.builds(
    Exchange,
    st.builds(Request, st.just("GET"), st.text(max_size=9).map("http://a/{}".format), body=st.binary(max_size=30)),
    st.builds(Response, st.integers(100, 599), st.just((("Content-Type", "a/b"),)), st.binary(max_size=30)),
    st.none() | st.text(max_size=9),
)


def zipped(text: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(text)


def written(folder: Path, name: str, text: bytes) -> Path:
    path = folder / name
    path.write_bytes(zipped(text) if name.endswith(".zst") else text)
    return path


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.har", False), ("a.ndjson", True), ("a.har.ndjson", True), ("A.HAR.NDJSON.ZST", True), ("a.har.zst", False)],
)
def test__is_stream__goes_by_the_name(name: str, expected: bool) -> None:
    assert is_stream(Path(name)) is expected


@pytest.mark.parametrize("name", [*NAMES, "a.har"])
@settings(deadline=None)
@given(kept=st.lists(exchanges, max_size=4))
def test__round_trip__of_any_exchanges__is_exact(
    tmp_path_factory: pytest.TempPathFactory, name: str, kept: list[Exchange]
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    write_exchanges(file, kept)
    assert list(read_exchanges(file)) == kept


def test__read__a_har_and_a_stream_of_the_same__are_equal(tmp_path: Path) -> None:
    kept = tuple(Exchange(Request("GET", f"http://a/{n}"), Response(200, body=b'{"a": 1.10}')) for n in range(3))
    write_har(tmp_path / "a.har", Recording(kept))
    write_exchanges(tmp_path / "a.har.ndjson.zst", kept)
    assert list(read_exchanges(tmp_path / "a.har")) == list(read_exchanges(tmp_path / "a.har.ndjson.zst")) == [*kept]


@pytest.mark.parametrize("name", NAMES)
def test__read__lines_of_every_length__are_whole(tmp_path: Path, name: str) -> None:
    kept = [Exchange(Request("GET", "http://a/"), Response(200, body=b"x" * (1 << n))) for n in range(19)]
    write_exchanges(tmp_path / name, kept)
    assert list(read_exchanges(tmp_path / name)) == kept


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [GOOD, GOOD + b"\n", b"\n\r\n" + GOOD + b"\r\n\n", b"\xef\xbb\xbf" + GOOD])
def test__read__blank_lines_and_a_byte_order_mark__are_passed_over(tmp_path: Path, name: str, text: bytes) -> None:
    assert len(list(read_exchanges(written(tmp_path, name, text)))) == 1


@pytest.mark.parametrize("name", NAMES)
def test__read__an_empty_file__has_no_exchanges(tmp_path: Path, name: str) -> None:
    assert list(read_exchanges(written(tmp_path, name, b""))) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("line", "what"),
    [
        (GOOD[:-3], "not JSON"),
        (b"{]", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"request": {}}', "malformed: method is missing"),
        (b"[]", "malformed: it is not an object"),
        (b'{"log": {"entries": []}}', "malformed: request is missing"),
    ],
)
def test__read__a_bad_line_among_good_ones__names_file_and_line(
    tmp_path: Path, name: str, line: bytes, what: str
) -> None:
    path = written(tmp_path, name, b"\n".join([GOOD, b"", line, GOOD]))
    reading = read_exchanges(path)
    assert next(reading).response == Response(204)
    with pytest.raises(BadFile, match=what) as caught:
        next(reading)
    assert caught.value.where == f"{path}:3"
    assert caught.value.hint


@pytest.mark.parametrize("name", NAMES)
def test__read__a_last_line_that_was_cut__says_how_many_are_whole(tmp_path: Path, name: str) -> None:
    reading = read_exchanges(written(tmp_path, name, b"\n".join([GOOD, b"", GOOD, GOOD[:-3]])))
    assert [next(reading).response, next(reading).response] == [Response(204)] * 2
    with pytest.raises(BadFile, match="the file ends in the middle: it was cut off; 2 entries before it are whole"):
        next(reading)


def test__read__zstd_cut_anywhere__is_a_bad_file(tmp_path: Path) -> None:
    whole = zipped(b"\n".join([GOOD] * 9) + b"\n")
    for length in range(1, len(whole)):
        (tmp_path / "a.ndjson.zst").write_bytes(whole[:length])
        with pytest.raises(BadFile, match="cut off") as caught:
            list(read_exchanges(tmp_path / "a.ndjson.zst"))
        assert caught.value.where == str(tmp_path / "a.ndjson.zst")


@pytest.mark.parametrize("damage", [b"", zipped(GOOD)])
def test__read__what_is_no_zstd__says_so(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.ndjson.zst").write_bytes(damage + GOOD)
    with pytest.raises(BadFile, match="not zstd"):
        list(read_exchanges(tmp_path / "a.ndjson.zst"))


def test__read__frames_one_after_another__are_all_read(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson.zst").write_bytes(zipped(GOOD + b"\n") * 3)
    assert len(list(read_exchanges(tmp_path / "a.ndjson.zst"))) == 3


def test__read__a_line_without_end__is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LONGEST", 1 << 20)
    path = written(tmp_path, "a.ndjson.zst", GOOD + b"\n" + b" " * (2 << 20))
    with pytest.raises(BadFile, match="longer than") as caught:
        list(read_exchanges(path))
    assert caught.value.where == f"{path}:2"


@pytest.mark.parametrize("name", NAMES)
def test__read__what_cannot_be_opened__says_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match="No such file"):
        list(read_exchanges(tmp_path / name))
    (tmp_path / name).mkdir()
    with pytest.raises(BadFile, match="directory"):
        list(read_exchanges(tmp_path / name))


@pytest.mark.parametrize("name", NAMES)
def test__write__that_fails_half_way__leaves_what_was_there(tmp_path: Path, name: str) -> None:
    def failing() -> Iterator[Exchange]:
        yield Exchange(Request("GET", "http://a/"), None)
        raise BadFile("the source broke")

    (tmp_path / name).write_bytes(b"before")
    with pytest.raises(BadFile):
        write_exchanges(tmp_path / name, failing())
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"before"]


def test__write__into_no_folder__is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_exchanges(tmp_path / "none" / "a.ndjson", [])


def test__read__one_by_one__reads_no_further_than_it_is_asked(tmp_path: Path) -> None:
    bodies = (random.Random(n).randbytes(5_000) for n in range(200))
    write_exchanges(
        tmp_path / "a.ndjson.zst", (Exchange(Request("GET", "http://a/"), Response(200, (), b)) for b in bodies)
    )
    reading = read_exchanges(tmp_path / "a.ndjson.zst")
    next(reading)
    (tmp_path / "a.ndjson.zst").write_bytes(b"")
    with pytest.raises(BadFile, match="cut off"):
        list(reading)


def test__write__takes_the_exchanges_one_by_one(tmp_path: Path) -> None:
    held: list[weakref.ref[Exchange]] = []

    def made() -> Iterator[Exchange]:
        for _ in range(100):
            exchange = Exchange(Request("GET", "http://a/"), None)
            held.append(weakref.ref(exchange))
            yield exchange
            del exchange
            assert sum(each() is not None for each in held) < 3

    write_exchanges(tmp_path / "a.ndjson.zst", made())
    assert len(held) == 100
