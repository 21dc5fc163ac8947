from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from harness.record.proxy import RecordingProxy


async def echo(request: web.Request) -> web.StreamResponse:
    if request.path == "/no":
        return web.Response(status=403)
    socket = web.WebSocketResponse(protocols=["chat"])
    await socket.prepare(request)
    await socket.send_str(f"{request.headers['Cookie']} {request.raw_path}")
    async for message in socket:
        if message.data == "bye":
            await socket.close(code=4001)
        elif isinstance(message.data, str):
            await socket.send_str(message.data + "!")
        else:
            await socket.send_bytes(message.data + b"!")
    return socket


async def talk(url: str) -> list[object]:
    heard: list[object] = []
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(URL(url, encoded=True), protocols=["other", "chat"], headers={"Cookie": "a=b"}) as socket,
    ):
        heard.append(await socket.receive_str())
        await socket.send_str("hé")
        heard.append(await socket.receive_str())
        await socket.send_bytes(b"\xff")
        heard.append(await socket.receive_bytes())
        await socket.send_str("bye")
        heard += [(await socket.receive()).data, socket.protocol]
    return heard


async def through_proxy(path: str) -> tuple[list[object], RecordingProxy]:
    app = web.Application()
    app.router.add_get("/{path:.*}", echo)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        proxy = await asyncio.to_thread(RecordingProxy(f"http://127.0.0.1:{runner.addresses[0][1]}").__enter__)
        try:
            return await talk(proxy.url + path), proxy
        except aiohttp.WSServerHandshakeError as refusal:
            return [refusal.status], proxy
        finally:
            await asyncio.to_thread(proxy.__exit__, None, None, None)
    finally:
        await runner.cleanup()


SAID = [
    ("receive", "a=b /ws?a=%2F"),
    ("send", "hé"),
    ("receive", "hé!"),
    ("send", "/w=="),
    ("receive", "/yE="),
    ("send", "bye"),
]


@pytest.mark.parametrize(
    ("path", "heard", "status", "messages"),
    [
        ("/ws?a=%2F", ["a=b /ws?a=%2F", "hé!", b"\xff!", 4001, "chat"], 101, SAID),
        ("/no", [403], 403, []),
    ],
)
def test__tunnel__a_web_socket__passes_both_ways_and_is_kept(
    path: str, heard: list[object], status: int, messages: list[tuple[str, str]]
) -> None:
    said, proxy = asyncio.run(through_proxy(path))
    assert said == heard
    (exchange,) = proxy.recording().exchanges
    assert exchange.response is not None
    assert (exchange.response.status, exchange.error, exchange.meta["dest"]) == (status, None, "websocket")
    said = [(each["type"], each["data"]) for each in exchange.meta.get("messages", [])]
    assert said == messages


def test__tunnel__a_handshake_that_is_none__is_refused_and_told() -> None:
    lines = ["GET /ws HTTP/1.1", "Host: h", "Cookie: a", "Upgrade: websocket", "Connection: Upgrade"]
    call = "\r\n".join([*lines, "Sec-WebSocket-Version: 1", "", ""]).encode()

    async def run() -> RecordingProxy:
        app = web.Application()
        app.router.add_get("/ws", echo)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        with RecordingProxy(f"http://127.0.0.1:{runner.addresses[0][1]}") as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2]))
            writer.write(call)
            assert (await reader.readline()).startswith(b"HTTP/1.1 400")
            writer.close()
            await runner.cleanup()
        return proxy

    (exchange,) = asyncio.run(run()).recording().exchanges
    assert (exchange.response, exchange.meta["dest"]) == (None, "websocket")
    assert str(exchange.error).startswith("the request was refused: ")
