"""Undoing Content-Encoding, with a bound: a few kilobytes on the wire must not become gigabytes in memory."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

import brotli
import zstandard

LIMIT = 32 * 1024 * 1024
"""Bytes of one body that are kept."""

_MOST_CODINGS = 4
"""Servers apply one, seldom two; each one more is another LIMIT to unpack."""
_PIECE = 64 * 1024
_BROTLI_PIECE = 32
"""Bytes that are unpacked at a time, since brotli before 1.2 takes no bound: at most a few times 16 MiB come of them."""


def decoded(body: bytes, encoding: str, limit: int = LIMIT) -> bytes:
    """`body` with the codings of a Content-Encoding header undone, cut at `limit` bytes.

    A body that was cut off on its way is decoded as far as it goes.
    Raises ValueError where a coding is unknown or the body is not in it.
    """
    for coding in _codings(encoding):
        body, _ = _undone(body, coding, limit)
    return body


def unpacked(body: bytes, encoding: str, limit: int = LIMIT) -> bytes:
    """The same of a body that must be whole. Raises ValueError too where it is cut, or larger than `limit` bytes."""
    for coding in _codings(encoding):
        body, whole = _undone(body, coding, limit + 1)
        if not whole or len(body) > limit:
            raise ValueError(f"the body in {coding} is not whole, or larger than {limit} bytes")
    return body


def _codings(encoding: str) -> list[str]:
    """In the order in which they are undone: the last one was applied last."""
    codings = [name.strip().lower() for name in reversed(encoding.split(","))]
    if len(codings) > _MOST_CODINGS:
        raise ValueError(f"{len(codings)} codings on one body")
    return codings


def _undone(body: bytes, coding: str, limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes, and whether the body went on to its end."""
    if coding in ("", "identity") or not body:
        return body, True
    try:
        match coding:
            case "gzip" | "x-gzip":
                return _gunzipped(body, limit)
            case "deflate":
                return _inflated(body, limit)
            case "br":
                return _unbrotlied(body, limit)
            case "zstd":
                reader = zstandard.ZstdDecompressor().stream_reader(BytesIO(body), read_across_frames=True)
                return reader.read(limit), True
    except (zlib.error, gzip.BadGzipFile, brotli.error, zstandard.ZstdError) as error:
        raise ValueError(f"the body is not {coding}: {error}") from error
    raise ValueError(f"unknown content-encoding {coding!r}")


def _gunzipped(body: bytes, limit: int) -> tuple[bytes, bool]:
    """All members (RFC 1952); a stream, since a copy of the rest for each of a million tiny ones would take for ever."""
    pieces: list[bytes] = []
    left = limit
    with gzip.GzipFile(fileobj=BytesIO(body)) as file:
        try:
            while left and (piece := file.read1(min(left, _PIECE))):
                pieces.append(piece)
                left -= len(piece)
        except EOFError:  # cut off on its way
            return b"".join(pieces), False
    return b"".join(pieces), left > 0


def _unbrotlied(body: bytes, limit: int) -> tuple[bytes, bool]:
    unpacker = brotli.Decompressor()
    pieces: list[bytes] = []
    left = limit
    for at in range(0, len(body), _BROTLI_PIECE):
        if left <= 0:
            break
        piece = unpacker.process(body[at : at + _BROTLI_PIECE])[:left]
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces), unpacker.is_finished()


def _inflated(body: bytes, limit: int) -> tuple[bytes, bool]:
    try:
        return _inflated_by(zlib.decompressobj(), body, limit)
    except zlib.error:  # some servers send raw deflate, without the zlib wrapper that RFC 9110 asks for
        return _inflated_by(zlib.decompressobj(wbits=-15), body, limit)


def _inflated_by(unpacker: zlib._Decompress, body: bytes, limit: int) -> tuple[bytes, bool]:
    return unpacker.decompress(body, limit), unpacker.eof
