from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from harness.record.endpoint import endpoint
from tests.record.raw_server import RawServer, http


def asked(at: Path | str, patience: float = 0.1) -> str:
    async def ask() -> str:
        async with aiohttp.ClientSession() as client:
            return await endpoint(at, client, patience)

    return asyncio.run(ask())


def test__endpoint__of_a_profile__is_what_the_browser_wrote_there(tmp_path: Path) -> None:
    (tmp_path / "DevToolsActivePort").write_text("4711\n/devtools/browser/a")
    assert asked(tmp_path) == "ws://127.0.0.1:4711/devtools/browser/a"


@pytest.mark.parametrize("written", [None, "", "4711"])
def test__endpoint__of_a_profile_that_does_not_say__is_an_error(tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / "DevToolsActivePort").write_text(written)
    with pytest.raises(OSError, match="does not say"):
        asked(tmp_path)


def test__endpoint__of_one_behind_a_tunnel__has_the_address_that_it_is_reached_by() -> None:
    body = b'{"webSocketDebuggerUrl": "ws://10.9.8.7:9222/devtools/browser/a"}'
    with RawServer(lambda _: http(body, "Content-Type: application/json")) as browser:
        assert asked(browser.url) == f"{browser.url.replace('http', 'ws')}/devtools/browser/a"


def test__endpoint__that_is_one_already__is_itself() -> None:
    assert asked("wss://host:1/a?token=b") == "wss://host:1/a?token=b"
