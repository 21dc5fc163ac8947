from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator

import brotli
import pytest

from harness.model.exchange import Headers
from harness.record import prelude
from harness.record.prelude import begun_with, is_script, is_worker

STRICT = b'"use strict";'


async def served(chunks: list[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def given(chunks: list[bytes], headers: Headers = ()) -> tuple[Headers, bytes]:
    async def whole() -> tuple[Headers, bytes]:
        sent, body = await begun_with(b"ours;", headers, served(chunks))
        return sent, b"".join([chunk async for chunk in body])

    return asyncio.run(whole())


@pytest.mark.parametrize(
    ("chunks", "text"),
    [
        ([b"let ", b"a"], b"ours;let a"),
        ([], b"ours;"),
        ([b"'use strict'; a"], STRICT + b"ours;'use strict'; a"),
        ([b' \n// x\n/* y */ "use strict"'], STRICT + b'ours; \n// x\n/* y */ "use strict"'),
        ([b"\xef\xbb\xbf'use strict'"], STRICT + b"ours;\xef\xbb\xbf'use strict'"),
        ([b"a; 'use strict'"], b"ours;a; 'use strict'"),
        ([b"/* 'use strict'"], b"ours;/* 'use strict'"),
    ],
)
def test__begun_with__a_script__has_the_prelude_first_and_keeps_its_mode(chunks: list[bytes], text: bytes) -> None:
    assert given(chunks)[1] == text


@pytest.mark.parametrize(("coding", "packed"), [("gzip", gzip.compress(b"a", mtime=0)), ("br", brotli.compress(b"a"))])
def test__begun_with__a_coded_script__is_sent_plain_with_its_length(coding: str, packed: bytes) -> None:
    headers = (("ETag", "1"), ("Content-Encoding", coding), ("content-length", "1"), ("Digest", "x"))
    assert given([packed], headers) == ((("ETag", "1"), ("Content-Length", "6")), b"ours;a")


def test__begun_with__what_cannot_be_unpacked_or_is_too_large__is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "8"))
    assert given([b"no ", b"gzip."], headers) == (headers, b"no gzip.")
    monkeypatch.setattr(prelude, "LIMIT", 3)
    assert given([b"ab", b"cd", b"ef"]) == ((), b"abcdef")


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (200, "text/javascript", True),
        (200, "application/javascript; charset=utf-8", True),
        (200, "application/x-ecmascript", True),
        (200, "text/javascript; charset=UTF-16", False),
        (200, "text/html", False),
        (206, "text/javascript", False),
        (404, "text/javascript", False),
    ],
)
def test__is_script__goes_by_status_and_type(status: int, kind: str, expected: bool) -> None:
    assert is_script(status, (("content-type", kind),)) is expected


@pytest.mark.parametrize(
    ("destination", "expected"), [("worker", True), ("serviceworker", True), ("script", False), ("empty", False)]
)
def test__is_worker__goes_by_the_destination(destination: str, expected: bool) -> None:
    assert is_worker(destination) is expected
