"""Files that exist already: recordings, logs, pages, JSON, YAML, archives. Each is read for what it is, and rewritten whole."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from harness.atomic import write_atomically
from harness.model.errors import BadFile
from harness.model.json_text import parse
from harness.redaction.redactor import Redactor
from harness.redaction.splice import spliced

LARGEST = 1024 * 1024 * 1024
"""Bytes of a file that are read at once; streams may be of any size."""

_LONGEST_LINE = 256 * 1024 * 1024
_CHUNK = 256 * 1024
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
_PIXELS = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".mp4", ".webm", ".pdf"}
)
_TEXT_TYPE = "text/plain"


def redact_file(file: Path, redactor: Redactor, target: Path | None = None) -> bool:
    """Rewrite a file without its secrets, or write it so to `target`; gives whether there were any.

    It is gone through twice, so that its end can tell what is a secret in its beginning. Pictures stay as they are, and a
    file without secrets is not written anew. Raises BadFile where it cannot be read, UsageError or EnvironmentFailed where it
    cannot be written.
    """
    found = learn_file(file, redactor)
    if found or target is not None:
        write_atomically(target or file, redacted_chunks(file, redactor))
    return found > 0


def learn_file(file: Path, redactor: Redactor) -> int:
    """Remember the secrets of a file that is redacted later; gives how many places they are in. Raises BadFile."""
    with redactor.learning():
        before = sum(redactor.tally.values())
        for _ in redacted_chunks(file, redactor):
            pass
        return sum(redactor.tally.values()) - before


def redacted_chunks(file: Path, redactor: Redactor) -> Iterator[bytes]:
    """The content of a file without secrets. Raises BadFile."""
    name = file.name.lower()
    if name.endswith(".ndjson.zst"):
        return _compressed(_line(line, redactor) for line in _lines(_unzipped(file), file))
    if name.endswith(".ndjson"):
        return (_line(line, redactor) for line in _lines(_read(file), file))
    return iter([_content(name, _whole(file), redactor)])


def _content(name: str, data: bytes, redactor: Redactor) -> bytes:
    suffix = Path(name).suffix
    if suffix in _PIXELS:
        return data
    if zipfile.is_zipfile(io.BytesIO(data)):
        return _archive(name, data, redactor)
    if suffix == ".har" and (made := _har(data, redactor)) is not None:
        return made
    return redactor.bytes(data, _TYPES.get(suffix, _TEXT_TYPE))


def _har(data: bytes, redactor: Redactor) -> bytes | None:
    """None where it is no HAR, or was cut off: then it is a text."""
    try:
        text, document = data.decode("utf-8-sig"), parse(data)
        entries = document["log"]["entries"]
        rest = redactor.json({**document, "log": {**document["log"], "entries": []}})
        made = {**rest, "log": {**rest["log"], "entries": [redactor.entry(each) for each in entries]}}
    except (ValueError, TypeError, LookupError):
        return None
    return data if made == document else spliced(text, document, made).encode()


def _line(line: bytes, redactor: Redactor) -> bytes:
    """A line of a stream: an entry of a HAR, or anything else."""
    try:
        value = parse(line)
    except ValueError:
        return redactor.bytes(line, _TEXT_TYPE)
    made = redactor.entry(value)
    return line if made == value else spliced(line.decode("utf-8-sig"), value, made).encode()


def _archive(name: str, data: bytes, redactor: Redactor) -> bytes:
    """Each member by its own name: a Playwright trace holds lines of JSON, bodies and pictures."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
            if sum(each.file_size for each in old.infolist()) > LARGEST:
                raise BadFile(f"it unpacks to more than {LARGEST // 2**20:,} MiB", where=name)
            for each in old.infolist():
                new.writestr(each, _member(each.filename, old.read(each), redactor))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        raise BadFile(f"the archive cannot be read: {error}", where=name) from error
    return made.getvalue()


def _member(name: str, data: bytes, redactor: Redactor) -> bytes:
    lines = name.endswith((".trace", ".network", ".stacks", ".ndjson"))
    if lines:
        return b"".join(_line(line, redactor) for line in data.splitlines(keepends=True))
    return _content(name.lower(), data, redactor)


def _whole(file: Path) -> bytes:
    chunks, left = [], LARGEST
    for chunk in _read(file):
        chunks.append(chunk)
        left -= len(chunk)
        if left < 0:
            raise BadFile(
                f"larger than {LARGEST // 2**20:,} MiB", where=str(file), hint="recordings of any size may be streams"
            )
    return b"".join(chunks)


def _read(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error


def _unzipped(file: Path) -> Iterator[bytes]:
    try:
        with (
            file.open("rb") as opened,
            zstandard.ZstdDecompressor().stream_reader(opened, read_across_frames=True) as reader,
        ):
            while chunk := reader.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error
    except zstandard.ZstdError as error:
        raise BadFile(f"not zstd: {error}", where=str(file), hint="compress it again") from error


def _lines(chunks: Iterable[bytes], file: Path) -> Iterator[bytes]:
    """Lines with their ends."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            raise BadFile(f"a line is longer than {_LONGEST_LINE:,} bytes", where=str(file))
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    zstd = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    for line in lines:
        yield zstd.compress(line)
    yield zstd.flush()
