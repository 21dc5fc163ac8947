"""Exchanges that wait in a temporary database, which goes with the process: memory has no room for them."""

from __future__ import annotations

import sqlite3

import zstandard

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Exchange
from harness.model.json_text import parse, serialize
from harness.record.har_reading import read_entry
from harness.record.har_writing import written_entry

Key = tuple[str, ...]
Numbered = tuple[int, Exchange]

_TABLES = (
    "CREATE TABLE waiting (turn INTEGER PRIMARY KEY, side INTEGER, key BLOB, number INTEGER, entry BLOB)",
    "CREATE INDEX by_key ON waiting (side, key)",
)
_FIRST = "SELECT turn, number, entry FROM waiting WHERE side = ? AND key = ? ORDER BY turn LIMIT 1"
_CACHE = -16_000
"""KiB of pages that SQLite keeps in memory, as it writes it."""


class DiskShelf:
    """A `Shelf` of harness.changes.streaming_pairs. It takes space where the system keeps temporary files, from the first put on.

    Raises EnvironmentFailed where the disk is full or fails.
    """

    def __init__(self) -> None:
        self._database: sqlite3.Connection | None = None
        self._zip = zstandard.ZstdCompressor(level=1)
        self._unzip = zstandard.ZstdDecompressor()

    def put(self, side: int, key: Key, waiting: Numbered) -> None:
        """Keep an exchange."""
        number, exchange = waiting
        entry = self._zip.compress(serialize(written_entry(exchange)))
        self._run("INSERT INTO waiting VALUES (NULL, ?, ?, ?, ?)", (side, _text(key), number, entry))

    def has(self, side: int, key: Key) -> bool:
        """Whether one waits under a key."""
        return self._found(side, key) is not None

    def take(self, side: int, key: Key) -> Numbered:
        """The one that has waited longest under a key; it leaves. KeyError where there is none."""
        found = self._found(side, key)
        if found is None:
            raise KeyError(key)
        turn, number, entry = found
        self._run("DELETE FROM waiting WHERE turn = ?", (turn,))
        return number, read_entry(parse(self._unzip.decompress(entry)))

    def any_key(self, side: int) -> Key | None:
        """A key under which one waits, if there is any."""
        found = self._run("SELECT key FROM waiting WHERE side = ? LIMIT 1", (side,)).fetchone()
        return tuple(parse(found[0])) if found else None

    def close(self) -> None:
        """Let go of the database and its space."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _found(self, side: int, key: Key) -> tuple[int, int, bytes] | None:
        row: tuple[int, int, bytes] | None = self._run(_FIRST, (side, _text(key))).fetchone()
        return row

    def _run(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            if self._database is None:
                self._database = _opened()
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            what = f"the file in which calls wait for their partners cannot be used: {error}"
            hint = "free some space where temporary files go (TMPDIR, or SQLITE_TMPDIR for this alone)"
            raise EnvironmentFailed(what, hint=hint) from error


def _opened() -> sqlite3.Connection:
    """A database without a name: SQLite keeps it in a temporary file that nobody else sees, and removes."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute(f"PRAGMA cache_size = {_CACHE}")
    database.execute("PRAGMA journal_mode = OFF")
    for table in _TABLES:
        database.execute(table)
    return database


def _text(key: Key) -> bytes:
    return serialize([*key])
