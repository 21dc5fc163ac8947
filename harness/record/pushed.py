"""What our own code in pages and workers tells of reads: it is posted to the address that the plugin has for the system."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.http import HttpProcessingError

from harness.model.errors import EnvironmentFailed
from harness.reads.lines import LARGEST_FILE, append_lines
from harness.reads.pages import PUSH_PATH

_ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Private-Network": "true",
}
"""Extensions and sandboxed frames are other origins."""


def is_pushed(target: str) -> bool:
    """Whether a request for `target` is ours, and no call of the plugin's."""
    return target.partition("?")[0] == PUSH_PATH


async def take(request: web.BaseRequest, reads: Path | None) -> web.Response:
    """Add the body's lines to `reads`, where one is given, and answer 204. Raises EnvironmentFailed where it cannot."""
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.content.iter_any():
            size += len(chunk)
            if size <= LARGEST_FILE:
                chunks.append(chunk)
    except (HttpProcessingError, web.RequestPayloadError) as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from error
    if reads is not None and size <= LARGEST_FILE:
        try:
            append_lines(reads, b"".join(chunks))
        except OSError as error:
            hint = "free some space or name another folder, then run it again"
            raise EnvironmentFailed(f"cannot be written: {error.strerror}", where=str(reads), hint=hint) from error
    return web.Response(status=204, headers=_ANYONE)
