"""Recordings past memory size: the entries of a HAR, one a line (`.har.ndjson`), mostly under zstd (`.har.ndjson.zst`).

They are read and written exchange by exchange; what a HAR is refused for, a stream is refused for, with the line at fault.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from harness.atomic import write_atomically
from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json, parse, serialize
from harness.record.har import read_har, write_har
from harness.record.har_reading import MalformedEntry, read_entry
from harness.record.har_writing import written_entry
from harness.record.whole_entries import SALVAGE, cut_off

LONGEST = 256 * 1024 * 1024
"""Bytes of one line; a longer one is no entry, and reading it would fill the memory."""

_CHUNK = 64 * 1024
_ZSTD_CHUNK = 4 * 1024
"""zstd makes up to 128 kB of 4 bytes: so much of a hostile file becomes at most 130 MB at a time."""

_HINT = "each line is one entry of a HAR's log.entries; record or convert it again"


def is_stream(path: Path) -> bool:
    """Whether the name says that the entries stand one a line."""
    return path.name.lower().endswith((".ndjson", ".ndjson.zst"))


def read_exchanges(path: Path) -> Iterator[Exchange]:
    """The exchanges of a stream, one by one, or of a HAR, in the file's order. Raises BadFile, naming the line at fault."""
    if not is_stream(path):
        yield from read_har(path).exchanges
        return
    whole = 0
    try:
        for number, (line, is_ended) in enumerate(_lines(path), 1):
            if line.strip():
                yield _exchange(line, is_ended, f"{path}:{number}")
                whole += 1
    except EOFError as error:
        raise BadFile(cut_off(whole), where=str(path), hint=SALVAGE) from error


def write_exchanges(path: Path, exchanges: Iterable[Exchange]) -> None:
    """Write a stream as they come, or a HAR, whole or not at all. Raises UsageError or EnvironmentFailed where it cannot."""
    if not is_stream(path):
        write_har(path, Recording(tuple(exchanges)))
        return
    lines = (serialize(written_entry(exchange)) + b"\n" for exchange in exchanges)
    write_atomically(path, _compressed(lines) if _is_zstd(path) else lines)


def _exchange(line: bytes, is_ended: bool, where: str) -> Exchange:
    try:
        return read_entry(_parsed(line, is_ended, where))
    except MalformedEntry as error:
        raise BadFile(f"the entry is malformed: {error}", where=where, hint="mend or remove that line") from error


def _parsed(line: bytes, is_ended: bool, where: str) -> Json:
    """Raises EOFError too, where the line has no end and so is no JSON."""
    try:
        return parse(line)
    except (ValueError, RecursionError) as error:
        if not is_ended:
            raise EOFError from error
        column = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        said = error.msg if isinstance(error, json.JSONDecodeError) else error
        raise BadFile(f"not JSON: {said}{column}", where=where, hint=_HINT) from error


def _lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    """The lines, and whether each has its end."""
    rest: list[bytes] = []
    length, number = 0, 1
    for chunk in _chunks(path):
        *ended, last = chunk.split(b"\n")
        if ended:
            yield b"".join([*rest, ended[0]]), True
            yield from ((line, True) for line in ended[1:])
            rest, length, number = [], 0, number + len(ended)
        rest.append(last)
        length += len(last)
        if length > LONGEST:
            raise BadFile(f"the line is longer than {LONGEST:,} bytes", where=f"{path}:{number}", hint=_HINT)
    yield b"".join(rest), False


def _chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes, decompressed, less a byte order mark."""
    start = True
    for chunk in _unzipped(path) if _is_zstd(path) else _read(path, _CHUNK):
        if start and chunk:
            chunk, start = chunk.removeprefix(codecs.BOM_UTF8), False
        yield chunk


def _read(path: Path, size: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(size):
                yield chunk
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error


def _unzipped(path: Path) -> Iterator[bytes]:
    """One frame after another, as `cat a.zst b.zst` makes them. Raises EOFError for a file that ends inside a frame."""
    context = zstandard.ZstdDecompressor()
    frame = context.decompressobj()
    open_ = False
    for chunk in _read(path, _ZSTD_CHUNK):
        while chunk:
            try:
                yield frame.decompress(chunk)
            except zstandard.ZstdError as error:
                raise BadFile(f"not zstd: {error}", where=str(path), hint="compress it again") from error
            open_, chunk = not frame.eof, frame.unused_data
            if frame.eof:
                frame = context.decompressobj()
    if open_:
        raise EOFError


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    zstd = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    for line in lines:
        yield zstd.compress(line)
    yield zstd.flush()


def _is_zstd(path: Path) -> bool:
    return path.name.lower().endswith(".zst")
