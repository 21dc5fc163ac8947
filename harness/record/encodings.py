"""Undoing Content-Encoding, with a bound: a few kilobytes on the wire must not become gigabytes in memory."""

from __future__ import annotations

import zlib
from io import BytesIO

import brotli
import zstandard

LIMIT = 32 * 1024 * 1024
"""Bytes of one body that are kept."""


def decoded(body: bytes, encoding: str, limit: int = LIMIT) -> bytes:
    """`body` with the codings of a Content-Encoding header undone, cut at `limit` bytes.

    A body that was cut off on its way is decoded as far as it goes.
    Raises ValueError where a coding is unknown or the body is not in it.
    """
    for coding in reversed([name.strip().lower() for name in encoding.split(",")]):
        body = _undone(body, coding, limit)
    return body


def _undone(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("", "identity") or not body:
        return body
    try:
        match coding:
            case "gzip" | "x-gzip":
                return _gunzipped(body, limit)
            case "deflate":
                return _inflated(body, limit)
            case "br":
                return bytes(brotli.Decompressor().process(body, output_buffer_limit=limit)[:limit])
            case "zstd":
                return zstandard.ZstdDecompressor().stream_reader(BytesIO(body), read_across_frames=True).read(limit)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise ValueError(f"the body is not {coding}: {error}") from error
    raise ValueError(f"unknown content-encoding {coding!r}")


def _gunzipped(body: bytes, limit: int) -> bytes:
    whole = b""
    while body and len(whole) < limit:  # a gzip body may hold several members (RFC 1952)
        member = zlib.decompressobj(wbits=31)
        whole += member.decompress(body, limit - len(whole))
        body = member.unused_data
    return whole


def _inflated(body: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, limit)
    except zlib.error:  # some servers send raw deflate, without the zlib wrapper that RFC 9110 asks for
        return zlib.decompressobj(wbits=-15).decompress(body, limit)
