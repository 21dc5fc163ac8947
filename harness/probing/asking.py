"""Asking NEW, within bounds: so many calls, so long, each told in one line, and nothing left changed behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Exchange, Request
from harness.replay.cookies import CookieJar
from harness.replay.sending import Refused, send, target

Tell = Callable[[str], None]
Reset = Callable[[], str]
"""Brings NEW's data back to what they were at the beginning; gives the URL at which it is served then."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TIMEOUT = 10.0
_LARGEST = 4 * 1024 * 1024


class Spent(Exception):
    """The calls, or the time, that probing may take are used up."""


class Asker:
    """Asks the system at `url`, at most `budget` calls and `seconds` long; what was asked before is not asked again.

    Unsafe calls are made only where there is a `reset`, which runs after each of them, at most `resets` times. `log` gets one
    line a call.
    """

    def __init__(
        self,
        url: str,
        budget: int,
        *,
        seconds: float = 300.0,
        reset: Reset | None = None,
        resets: int = 100,
        log: Tell = lambda line: None,
    ) -> None:
        self.url, self.left, self.reset, self.log = url, budget, reset, log
        self._resets = resets
        self._until = time.monotonic() + seconds
        self._known: dict[Request, Exchange] = {}
        self.asked = 0

    def may(self, method: str) -> bool:
        """Whether a call of that method may be made at all."""
        return method in SAFE or self.reset is not None

    def ask(self, request: Request, why: str = "", *, again: bool = False) -> Exchange:
        """The request with NEW's answer; `response` is None where none came. `again` asks what was asked before once more.

        Raises Spent where no more may be asked, EnvironmentFailed where nobody listens.
        """
        if again or request not in self._known:
            unsafe = request.method not in SAFE
            if self.left <= 0 or time.monotonic() > self._until or (unsafe and not self._resets):
                raise Spent
            self._resets -= unsafe
            self.left -= 1
            self.asked += 1
            self._known[request] = self._sent(request, why)
        return self._known[request]

    def _sent(self, request: Request, why: str) -> Exchange:
        try:
            answered = send(Exchange(request, None), urlsplit(self.url), CookieJar(), _TIMEOUT)
        except Refused as error:
            hint = "start the new version, and give its address with --upstream"
            raise EnvironmentFailed("nobody listens", where=self.url, hint=hint) from error
        if answered.response is not None and len(answered.response.body) > _LARGEST:
            answered = replace(answered, response=None, error=f"an answer of more than {_LARGEST} bytes")
        said = answered.error if answered.response is None else str(answered.response.status)
        self.log(f"{request.method} {target(request.url)} -> {said}" + (f"  ({why})" if why else ""))
        if request.method not in SAFE and self.reset is not None:
            self.url = self.reset()
        return answered
