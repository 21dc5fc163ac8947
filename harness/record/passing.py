"""Bodies on their way through a proxy that looks at some of them: held back as long as they are small, else passed on."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import StreamReader


async def hold(content: StreamReader, limit: int) -> bytes:
    """The body up to its end, or to where it is larger than `limit` bytes: then the rest of `content` is still to come."""
    chunks: list[bytes] = []
    size = 0
    while size <= limit and (chunk := await content.readany()):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


async def joined(begun: bytes, rest: StreamReader) -> AsyncIterator[bytes]:
    """What was held back, and what is still to come."""
    if begun:
        yield begun
    async for chunk in rest.iter_any():
        yield chunk


async def once(body: bytes) -> AsyncIterator[bytes]:
    """A whole body as a stream."""
    if body:
        yield body
