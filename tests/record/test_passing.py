from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar
from unittest.mock import Mock

import pytest
from aiohttp import StreamReader

from harness.record.passing import hold, joined, once

T = TypeVar("T")


def with_stream(chunks: list[bytes], look: Callable[[StreamReader], Awaitable[T]]) -> T:
    """What comes of a stream that has the chunks and ends."""

    async def looked() -> T:
        stream = StreamReader(Mock(_reading_paused=False), 2**16, loop=asyncio.get_running_loop())
        for chunk in chunks:
            stream.feed_data(chunk)
        stream.feed_eof()
        return await look(stream)

    return asyncio.run(looked())


async def gathered(pieces: AsyncIterator[bytes]) -> list[bytes]:
    return [piece async for piece in pieces]


@pytest.mark.parametrize(("chunks", "limit"), [([b"ab", b"cd"], 4), ([b"ab", b"cd"], 100), ([], 0)])
def test__hold__a_body_within_the_limit__is_whole(chunks: list[bytes], limit: int) -> None:
    assert with_stream(chunks, lambda stream: hold(stream, limit)) == b"".join(chunks)


def test__joined__what_was_held_and_the_rest__are_the_body() -> None:
    async def both(stream: StreamReader) -> bytes:
        begun = await stream.readexactly(3)
        return b"".join(await gathered(joined(begun, stream)))

    assert with_stream([b"abcd", b"ef"], both) == b"abcdef"


@pytest.mark.parametrize(("body", "pieces"), [(b"a", [b"a"]), (b"", [])])
def test__once__a_body__is_one_piece_or_none(body: bytes, pieces: list[bytes]) -> None:
    assert asyncio.run(gathered(once(body))) == pieces
