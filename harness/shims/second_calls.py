"""Second calls: safe ones of the shim's own, which bring what an answer lost.

They are made only where a person chose them, within bounds, and what fails leaves the answer as it was.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from harness.lens.answer import ABSENT, Answer
from harness.lens.request import call_of
from harness.model.exchange import Headers, Request, Response
from harness.model.template import PathTemplate
from harness.shims.document import Entry, SecondCall, Shim
from harness.shims.program import read_json

Fetch = Callable[[str, Headers], Awaitable[Response | None]]
"""(target, headers) -> NEW's answer to a GET of that path and query; None where none came within the bounds."""

MOST = 4
"""So many are made for one call."""
TIMEOUT = 5.0
"""Seconds that all of them together may take."""
LARGEST = 4 * 1024 * 1024
"""Bytes of one answer."""

_KEPT = 256
_SAFE = frozenset({"GET", "HEAD"})
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_TARGET = re.compile(r"/(?!/)[!$&-;=?-Z_a-z~%\[\]@]*")
"""What stands in a request line (RFC 9112, 3.2.1): a path on the same host, and a query."""
_CLIMBING = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_DROPPED = ("if-", "range", "content-", "transfer-encoding", "expect", "upgrade", "accept-encoding")


@dataclass(frozen=True)
class _Kept:
    answer: Answer
    until: float


class SecondCalls:
    """Those that were chosen in a shim. `clock` gives seconds that only grow.

    Answers are kept for as long as each call says, at most 256 of them; a client's own headers are part of what was asked.
    """

    def __init__(self, shim: Shim, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries = [
            (PathTemplate(entry.template), entry) for entry in shim.entries if any(call.chosen for call in entry.calls)
        ]
        self._clock = clock
        self._kept: OrderedDict[tuple[str, Headers], _Kept] = OrderedDict()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._entries)

    async def answers(self, request: Request, fetch: Fetch) -> dict[str, Answer]:
        """NEW's answers by the calls' names, of a call in OLD's form; what does not come in time is missing."""
        wanted = list(self.targets(request))[:MOST]
        if not wanted:
            return {}
        headers = tuple(pair for pair in request.headers if not pair[0].lower().startswith(_DROPPED))
        tasks = {
            call.name: asyncio.ensure_future(self._answer(call, target, headers, fetch)) for call, target in wanted
        }
        await asyncio.wait(tasks.values(), timeout=TIMEOUT)
        found = {}
        for name, task in tasks.items():
            if not task.done():
                task.cancel()
            elif (answer := task.result()) is not None:
                found[name] = answer
        return found

    def targets(self, request: Request) -> Iterator[tuple[SecondCall, str]]:
        """The second calls for a call in OLD's form, each with the path and query that it gets."""
        if request.method not in _SAFE:
            return
        for template, entry in self._entries:
            values = template.match(request.path)
            if entry.method != "GET" or values is None or not _holds(entry, request, values):
                continue
            for call in entry.calls:
                target = filled(call.get, values, dict(reversed(request.query))) if call.chosen else None
                if target is not None:
                    yield call, target

    async def _answer(self, call: SecondCall, target: str, headers: Headers, fetch: Fetch) -> Answer | None:
        key = (target, headers)
        kept = self._kept.get(key)
        if kept is None or kept.until <= self._clock():
            response = await fetch(target, headers)
            if response is None or response.status >= 400:
                return None
            answer = Answer(response.status, list(response.headers), read_json(response))
            kept = self._kept[key] = _Kept(answer, self._clock() + call.keep)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept.answer


def filled(get: str, values: Mapping[str, str], query: Mapping[str, str]) -> str | None:
    """The path and query of a second call; None where a value is missing, or where it would not be a plain path on NEW."""
    try:
        target = _VARIABLE.sub(lambda found: _encoded(found[1], values, query), get)
    except KeyError:
        return None
    path = target.partition("?")[0]
    return target if _TARGET.fullmatch(target) and not _CLIMBING.search(path) else None


def _encoded(name: str, values: Mapping[str, str], query: Mapping[str, str]) -> str:
    value = query[name.removeprefix("query.")] if name.startswith("query.") else values[name]
    return quote(value, safe="")


def _holds(entry: Entry, request: Request, values: Mapping[str, str]) -> bool:
    return entry.when.of_call().test()(Answer(0, [], ABSENT, call_of(request, values)))
