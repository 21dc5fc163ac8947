"""Scripts of workers, which no init script reaches, are served with a prelude of ours before the system's text."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from harness.model.exchange import Headers, header
from harness.record.encodings import LIMIT, unpacked
from harness.record.headers import without

_WORKERS = frozenset({"worker", "sharedworker", "serviceworker"})
_STRICT = re.compile(rb"""\A(?:\s|\xef\xbb\xbf|//[^\n]*\n|/\*.*?\*/)*+(?:"use strict"|'use strict')""", re.DOTALL)
_OF_THE_BODY = frozenset(
    {"content-length", "content-encoding", "content-md5", "digest", "content-digest", "repr-digest"}
)


def is_worker(destination: str) -> bool:
    """Whether a browser asks for the script of a worker (Fetch, `destination`)."""
    return destination in _WORKERS


def is_script(status: int, headers: Headers) -> bool:
    """Whether an answer holds JavaScript, in a charset that continues ASCII."""
    kind = (header(headers, "content-type") or "").lower()
    return status == 200 and ("javascript" in kind or "ecmascript" in kind) and "utf-16" not in kind


async def begun_with(
    prelude: bytes, headers: Headers, body: AsyncIterator[bytes]
) -> tuple[Headers, AsyncIterator[bytes]]:
    """The answer with `prelude` before its text, as it is; unchanged where its coding cannot be undone within LIMIT.

    A script that asks for strict mode still gets it: the prelude must be fit for that.
    """
    held: list[bytes] = []
    size = 0
    async for chunk in body:
        held.append(chunk)
        size += len(chunk)
        if size > LIMIT:
            return headers, _joined(held, body)
    try:
        text = unpacked(b"".join(held), header(headers, "content-encoding") or "", LIMIT)
    except ValueError:
        return headers, _joined(held, body)
    whole = [b'"use strict";' if _STRICT.match(text) else b"", prelude, text]
    length = str(sum(map(len, whole)))
    return (*without(headers, _OF_THE_BODY), ("Content-Length", length)), _joined(whole, body)


async def _joined(held: list[bytes], rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    for chunk in held:
        yield chunk
    async for chunk in rest:
        yield chunk
