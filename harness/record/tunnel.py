"""A WebSocket passed through the recording proxy: its messages go both ways unchanged, and are kept with its opening."""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp import WSMsgType, web
from multidict import CIMultiDict
from yarl import URL

from harness.model.exchange import Headers
from harness.record.capture import Capture
from harness.record.headers import end_to_end
from harness.record.messages import Messages, Way

_OURS = "sec-websocket-"
_PROTOCOL = "Sec-WebSocket-Protocol"


async def tunnel(
    request: web.BaseRequest, address: URL, session: aiohttp.ClientSession, capture: Capture, *, verifies: bool = True
) -> web.StreamResponse:
    """Open the system's WebSocket, then the client's, and pass messages until one side closes.

    `verifies` is whether the system's certificate must be one that this machine trusts. A refusal by the system is passed on
    with its status. Raises aiohttp.ClientError where nothing answers.
    """
    wanted = [name.strip() for name in request.headers.get(_PROTOCOL, "").split(",") if name.strip()]
    try:
        system = await session.ws_connect(
            address, headers=_opening(capture.headers), protocols=wanted, max_msg_size=0, autoping=False, ssl=verifies
        )
    except aiohttp.WSServerHandshakeError as refusal:
        capture.answer(refusal.status, refusal.message, ())
        capture.end()
        return web.Response(status=refusal.status, text=refusal.message)
    async with system:
        chosen = (system.protocol,) if system.protocol else ()
        client = web.WebSocketResponse(protocols=chosen, max_msg_size=0, autoping=False, compress=False)
        await client.prepare(request)
        capture.answer(101, "Switching Protocols", (("Upgrade", "websocket"), ("Connection", "Upgrade")))
        try:
            await _both_ways(client, system, capture.messages)
        finally:
            capture.end()  # whoever closed it: that is how these end
    return client


def _opening(headers: Headers) -> CIMultiDict[str]:
    return CIMultiDict(pair for pair in end_to_end(headers) if not pair[0].lower().startswith(_OURS))


async def _both_ways(
    client: web.WebSocketResponse, system: aiohttp.ClientWebSocketResponse, messages: Messages
) -> None:
    directions = {
        asyncio.create_task(_pump(client, system, messages, "send")),
        asyncio.create_task(_pump(system, client, messages, "receive")),
    }
    try:
        await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for direction in directions:
            direction.cancel()
        await asyncio.gather(*directions, return_exceptions=True)


_Socket = web.WebSocketResponse | aiohttp.ClientWebSocketResponse


async def _pump(source: _Socket, target: _Socket, messages: Messages, way: Way) -> None:
    async for message in source:
        match message.type:
            case WSMsgType.TEXT:
                messages.add(way, message.data)
                await target.send_str(message.data)
            case WSMsgType.BINARY:
                messages.add(way, message.data)
                await target.send_bytes(message.data)
            case WSMsgType.PING:
                await target.ping(message.data)
            case WSMsgType.PONG:
                await target.pong(message.data)
    if source.close_code is not None:
        await target.close(code=source.close_code)
