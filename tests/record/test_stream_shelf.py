from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.changes.streaming_pairs import Shelf
from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Exchange, Request, Response
from harness.record import stream_shelf
from harness.record.stream_shelf import DiskShelf

KEY = ("GET", "/a")


def exchange(text: str) -> Exchange:
    return Exchange(Request("GET", "http://a/a"), Response(200, (("A", "b"),), text.encode()), meta={"plugin": "p"})


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    opened = DiskShelf()
    yield opened
    opened.close()


def test__take__under_a_key__gives_the_one_that_waits_longest(shelf: Shelf) -> None:
    for number, text in enumerate(("first", "second")):
        shelf.put(0, KEY, (number, exchange(text)))
    shelf.put(0, ("id", "7"), (2, exchange("other key")))
    shelf.put(1, KEY, (0, exchange("other side")))
    assert shelf.take(0, KEY) == (0, exchange("first"))
    assert shelf.has(0, KEY)
    assert shelf.take(0, KEY) == (1, exchange("second"))
    assert not shelf.has(0, KEY)
    assert shelf.any_key(0) == ("id", "7")
    assert shelf.any_key(1) == KEY
    assert shelf.any_key(2) is None


def test__take__where_nothing_waits__is_a_key_error(shelf: Shelf) -> None:
    with pytest.raises(KeyError):
        shelf.take(0, KEY)


def test__put__hostile_texts__come_back_as_they_were(shelf: Shelf) -> None:
    key = ("GET", "/\ud800'; DROP TABLE waiting; --\0")
    hostile = Exchange(Request("GET", "http://a/\ud800"), Response(200, (), b"\xff\0"), id="\ud800\0")
    shelf.put(0, key, (1 << 40, hostile))
    assert shelf.any_key(0) == key
    assert shelf.take(0, key) == (1 << 40, hostile)


def test__close__and_the_database_is_gone__also_from_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    shelf = DiskShelf()
    shelf.put(0, KEY, (0, exchange("x")))
    shelf.close()
    assert list(tmp_path.iterdir()) == []
    assert shelf.any_key(0) is None


def test__put__on_a_full_disk__says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def small() -> sqlite3.Connection:
        database = opened()
        database.execute("PRAGMA max_page_count = 8")
        return database

    opened = stream_shelf._opened
    monkeypatch.setattr(stream_shelf, "_opened", small)
    large = (0, exchange(f"{7**99_999:x}"))
    shelf = DiskShelf()
    with pytest.raises(EnvironmentFailed, match="full") as caught:
        shelf.put(0, KEY, large)
    assert "TMPDIR" in str(caught.value.hint)
    shelf.close()
