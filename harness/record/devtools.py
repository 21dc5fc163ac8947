"""A second ear at the browser, beside Playwright: every page, worker, extension and hidden document, from its first moment.

Playwright hears nothing of an extension's service worker that fails, of offscreen documents and of shared workers, and
never says who made a call. The Chrome DevTools Protocol does (`Target.setAutoAttach`, flat sessions).
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Self, TypeVar

import aiohttp

from harness.model.errors import EnvironmentFailed
from harness.record.endpoint import endpoint

T = TypeVar("T")

PORT_FLAG = "--remote-debugging-port=0"
_PATIENCE = 15.0
_SETTLE = 5.0
_ATTACH: Mapping[str, Any] = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
_OWN_WINDOWS = [{"type": kind, "exclude": True} for kind in ("browser", "browser_ui", "tab")]
_ASYNC_FRAMES = 4
"""How many awaits back a stack goes: a call made by a page's library is still its caller's."""
_IN_WORKERS = ("service_worker", "shared_worker", "other", "background_page")
"""Targets that take their language from the browser, whatever Playwright says to its pages; `other` is an offscreen document."""
_DRIVEN = ("page", "iframe")
"""Targets that Playwright drives, and gives their first script."""


@dataclass(frozen=True)
class Target:
    """Something in the browser that runs code: its kind as the protocol says (`page`, `service_worker` …), and its address."""

    kind: str
    url: str


class RefusedCommand(Exception):
    """The browser's own words about a command that it does not do."""


Heard = Callable[[Target, str, Mapping[str, Any]], None]
"""Takes what happened where: a target, the event's name, its parameters. It is called on a thread of its own."""


class DevTools:
    """The connection to a browser, for as long as the block goes on: the one whose profile is the folder `at`, or one that
    runs elsewhere and listens at the address `at` (`http://host:9222` or `ws://…`).

    `heard` gets every event of every target, or of those in the browser context `only`; an exception in it closes the
    connection, and `failure` says so: nothing in the browser waits for us then. `first` is JavaScript that every worker
    and hidden document runs before its own.
    """

    def __init__(
        self, at: Path | str, heard: Heard, *, language: str, only: str | None = None, first: str = ""
    ) -> None:
        self._at, self._heard, self._language, self._only, self._first = at, heard, language, only, first
        self._loop: asyncio.AbstractEventLoop
        self._listening: asyncio.Task[None] | None
        self._ids = count(1)
        self._waiting: dict[int, asyncio.Future[Mapping[str, Any]]] = {}
        self._sessions: dict[str, Target] = {}
        self._seen: dict[str, str] = {}
        self._connected: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="devtools", daemon=True)
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._connected.result(_PATIENCE)
            self.command("Target.setAutoAttach", {**_ATTACH, "filter": [*_OWN_WINDOWS, {}]})
            self._from_outside(self._settled(), _PATIENCE)  # what is there already is not stopped until it is heard
        except (OSError, aiohttp.ClientError, TimeoutError, RefusedCommand) as error:
            self._stop()
            raise EnvironmentFailed(f"the browser's debugging port does not answer: {error}") from error
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def command(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """Have the browser itself do something. Raises RefusedCommand, or TimeoutError where it says nothing."""
        return self._from_outside(self._asked(method, parameters), _PATIENCE)

    def tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        """Have the browser do something, from within `heard`, and do not wait for it."""
        self._loop.create_task(self._send(method, parameters))

    def settle(self) -> None:
        """Wait until all that has happened so far was heard; what hangs is waited for five seconds."""
        with suppress(TimeoutError, RefusedCommand):
            self._from_outside(self._settled(), _SETTLE)

    def evaluate(self, expression: str) -> None:
        """Evaluate JavaScript in every worker and hidden document, where Playwright cannot or would wait for ever."""
        with suppress(TimeoutError, RefusedCommand):
            self._from_outside(self._evaluated(expression), _SETTLE)

    def _from_outside(self, work: Coroutine[Any, Any, T], timeout: float) -> T:
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)
        except (RuntimeError, CancelledError) as error:
            work.close()
            raise TimeoutError("the connection to the browser is closed") from error

    def _stop(self) -> None:
        with suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(lambda: self._listening and self._listening.cancel())
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            with suppress(asyncio.CancelledError):
                asyncio.run(self._listen())
        except BaseException as error:  # noqa: BLE001 (told by `failure`, or by the one who waits for the connection)
            self.failure = error
            if not self._connected.done():
                self._connected.set_exception(error)

    async def _listen(self) -> None:
        self._loop, self._listening = asyncio.get_running_loop(), asyncio.current_task()
        async with (
            aiohttp.ClientSession(trust_env=False) as client,
            client.ws_connect(await endpoint(self._at, client, _PATIENCE), max_msg_size=0) as self._socket,
        ):
            self._connected.set_result(None)
            async for message in self._socket:
                await self._take(json.loads(message.data))

    async def _take(self, message: Mapping[str, Any]) -> None:
        if "id" in message:
            if (waiting := self._waiting.pop(message["id"], None)) and not waiting.done():
                waiting.set_result(message)
        elif message["method"] == "Target.attachedToTarget":
            await self._attached(message["params"])
        elif message["method"] == "Target.detachedFromTarget":
            self._sessions.pop(message["params"]["sessionId"], None)
        elif target := self._sessions.get(message.get("sessionId", "")):
            self._heard(target, message["method"], message["params"])

    async def _attached(self, parameters: Mapping[str, Any]) -> None:
        session, info = parameters["sessionId"], parameters["targetInfo"]
        ours = self._only in (None, info.get("browserContextId"))
        if (
            ours and self._seen.setdefault(info["targetId"], session) == session
        ):  # a worker is met once more below its page
            self._sessions[session] = Target(info["type"], info["url"])
            if self._first and info["type"] not in _DRIVEN:
                await self._send("Runtime.evaluate", {"expression": self._first}, session)
            for domain in ("Network", "Runtime", "Log", "Page"):
                await self._send(f"{domain}.enable", {}, session)
            await self._send("Runtime.setAsyncCallStackDepth", {"maxDepth": _ASYNC_FRAMES}, session)
            if info["type"] in _IN_WORKERS:
                await self._send("Emulation.setLocaleOverride", {"locale": self._language}, session)
            await self._send("Target.setAutoAttach", _ATTACH, session)
        await self._send("Runtime.runIfWaitingForDebugger", {}, session)

    async def _send(
        self, method: str, parameters: Mapping[str, Any], session: str | None = None, number: int | None = None
    ) -> None:
        where = {"sessionId": session} if session else {}
        command = {"id": number or next(self._ids), "method": method, "params": parameters, **where}
        with suppress(ConnectionError):  # the browser is going
            await self._socket.send_str(json.dumps(command))

    async def _asked(self, method: str, parameters: Mapping[str, Any], session: str | None = None) -> Mapping[str, Any]:
        number = next(self._ids)
        self._waiting[number] = self._loop.create_future()
        await self._send(method, parameters, session, number)
        answer = await self._waiting[number]
        if "error" in answer:
            raise RefusedCommand(answer["error"]["message"])
        result: Mapping[str, Any] = answer["result"]
        return result

    async def _settled(self) -> None:
        questions = [self._asked("Runtime.getIsolateId", {}, session) for session in self._sessions]
        await asyncio.gather(*questions, return_exceptions=True)

    async def _evaluated(self, expression: str) -> None:
        asked = {"expression": expression, "awaitPromise": True}
        places = [session for session, target in self._sessions.items() if target.kind not in _DRIVEN]
        questions = [self._asked("Runtime.evaluate", asked, session) for session in places]
        await asyncio.gather(*questions, return_exceptions=True)
