"""Recordings as HAR 1.2, which browsers and proxies already write; what is ours stands in `_backfit` fields.

HAR text is content-decoded, so bodies are: a body goes out as text where its charset gives the same bytes back, else as
base64. Each entry stands on one line, so that version control shows which calls changed.
"""

from __future__ import annotations

import codecs
import json
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.atomic import write_atomically
from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json, parse, serialize
from harness.record.har_reading import MalformedEntry, read_entry
from harness.record.har_writing import written_entry
from harness.record.whole_entries import SALVAGE, cut_off, whole_entries

LARGEST = 1024 * 1024 * 1024
"""Bytes of a HAR that are read, and of the bodies that are unpacked from it."""

_CHUNK = 1024 * 1024
_HINT = "export it again from the browser's network panel, or record it again"
_SPLIT = "record less in one file, or use a stream (.har.ndjson.zst), which is read entry by entry"


def read_har(path: Path) -> Recording:
    """The exchanges of a HAR file, in the file's order. Raises BadFile, naming the line or the entry at fault."""
    entries = read_document(path)["log"]["entries"]
    exchanges = (exchange_at(path, index, entry) for index, entry in enumerate(entries))
    return Recording(tuple(within_bounds(path, exchanges)), source=str(path))


def read_document(path: Path) -> dict[str, Json]:
    """A HAR file as JSON, with the list `log.entries`, not looked into. Raises BadFile, naming the line at fault."""
    document = _parsed(path)
    log = document.get("log") if isinstance(document, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise BadFile("not a HAR: it has no list log.entries", where=str(path), hint=_HINT)
    return dict(document)


def write_har(path: Path, recording: Recording) -> None:
    """Write `recording` to `path`, whole or not at all. Raises UsageError or EnvironmentFailed where it cannot."""
    write_atomically(path, _lines(recording))


def _parsed(path: Path) -> Json:
    text = file_bytes(path).removeprefix(codecs.BOM_UTF8)
    try:
        return parse(text)
    except json.JSONDecodeError as error:  # orjson's is one too, but has no doc where the text is not UTF-8
        ended = error.pos >= len(error.doc.rstrip()) if error.doc else not text
        cut = ended or error.msg.startswith("Unterminated string")
        what = cut_off(sum(1 for _ in whole_entries(text))) if cut else f"not JSON: {error.msg}"
        raise BadFile(what, where=f"{path}:{error.lineno}", hint=SALVAGE if cut else _HINT) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"not JSON: {error}", where=str(path), hint=_HINT) from error


def file_bytes(path: Path) -> bytes:
    """All of a file, or of a pipe (`<(zcat old.har.gz)`), which may go on for ever. Raises BadFile past LARGEST."""
    chunks: list[bytes] = []
    left = LARGEST
    try:
        with path.open("rb") as file:
            if stat.S_ISCHR(path.stat().st_mode):
                raise BadFile("a device, not a file", where=str(path), hint="check the path")
            while left >= 0 and (chunk := file.read(_CHUNK)):
                chunks.append(chunk)
                left -= len(chunk)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    if left < 0:
        raise BadFile(f"larger than {LARGEST // 2**20:,} MiB", where=str(path), hint=_SPLIT)
    return b"".join(chunks)


def within_bounds(path: Path, exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
    """The exchanges, up to where a few kilobytes each have become more than the memory should hold. Raises BadFile there."""
    left = LARGEST
    for index, exchange in enumerate(exchanges):
        left -= len(exchange.response.body) if exchange.response else 0
        if left < 0:
            what = f"its bodies unpack to more than {LARGEST // 2**20:,} MiB, from entry {index} (counted from 0) on"
            raise BadFile(what, where=str(path), hint=_SPLIT)
        yield exchange


def exchange_at(path: Path, index: int, entry: Json) -> Exchange:
    """The exchange of entry `index` of a HAR. Raises BadFile where it is malformed."""
    try:
        return read_entry(entry)
    except MalformedEntry as error:
        what = f"entry {index} (counted from 0) is malformed: {error}"
        raise BadFile(what, where=str(path), hint="mend or remove that entry of log.entries") from error


def _lines(recording: Recording) -> Iterator[bytes]:
    yield b'{"log":{"version":"1.2","creator":{"name":"backfit","version":"1"},"entries":[\n'
    for index, exchange in enumerate(recording.exchanges):
        yield (b",\n" if index else b"") + serialize(written_entry(exchange))
    yield b"\n]}}\n"
