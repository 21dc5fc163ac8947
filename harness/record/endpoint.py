"""Where a browser listens for DevTools: its own profile says it, or the address of one that runs elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

_PORT_FILE = "DevToolsActivePort"


async def endpoint(at: Path | str, client: aiohttp.ClientSession, patience: float) -> str:
    """The WebSocket address of the browser whose profile is the folder `at`, or that listens at the address `at`.

    A profile says it within `patience` seconds. Raises OSError, or aiohttp's ClientError where nobody answers.
    """
    if isinstance(at, Path):
        return await _of_profile(at / _PORT_FILE, patience)
    if at.startswith(("ws:", "wss:")):
        return at
    async with client.get(f"{at.rstrip('/')}/json/version") as answer:
        told = urlsplit(str((await answer.json(content_type=None))["webSocketDebuggerUrl"]))
    here = urlsplit(at)  # the browser says where it believes itself to be
    return told._replace(scheme=here.scheme.replace("http", "ws"), netloc=here.netloc).geturl()


async def _of_profile(file: Path, patience: float) -> str:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    while len(words := _words(file)) < 2 and loop.time() < deadline:
        await asyncio.sleep(0.02)
    if len(words) < 2:
        raise OSError("it does not say where it listens")
    return f"ws://127.0.0.1:{words[0]}{words[1]}"


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except FileNotFoundError:
        return []
