"""Who made a call or an error, the plugin or the system's own page: by the stack where the browser tells it, by headers else.

What is not certain stays unsaid. A call that is taken for the plugin's by mistake cries wolf; one that is taken for the
system's hides a break.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal
from urllib.parse import urldefrag

from harness.model.exchange import Exchange, Recording, header
from harness.reads.pages import glob_pattern

By = Literal["plugin", "system"]

_FRAME = re.compile(r"(?P<url>.*):\d+:\d+", re.DOTALL)
_OURS = re.compile(r"(?:^|/)backfit-[\w-]+\.js$")
_EXTENSION = "chrome-extension://"
_TOLD_FRAMES = 5
_CLOSE = 0.25
"""Seconds: two equal calls of different makers that are nearer than this may have reached the recorder in either order."""


@dataclass(frozen=True)
class ToldCall:
    """A request as the browser told it: `kind` as in the protocol (Fetch, XHR, Document …), `time` in seconds since 1970.

    `frames` are `URL:line:column`, the innermost first; `target` is the address of the page or worker that made it.
    """

    method: str
    url: str
    kind: str = "Fetch"
    frames: tuple[str, ...] = ()
    target: str = ""
    time: float = 0.0


@dataclass(frozen=True)
class Plugin:
    """How a plugin is known in a browser: by URL globs of its scripts in pages, by the id of its extension, or not at all."""

    scripts: Sequence[str] = ()
    extension_id: str | None = None

    def by(self, frames: Sequence[str], target: str) -> By | None:
        """Whose it is that comes from these frames, in the page or worker at `target`; None where that is not certain.

        One frame of the plugin's is enough: what a page's library does for the plugin is the plugin's.
        """
        urls = [url for url in map(_url, frames) if not _OURS.search(url)]
        if self._own(target) or any(map(self._own, urls)):
            return "plugin"
        if not urls or not (self.scripts or self.extension_id):
            return None
        return "system" if all(self._foreign(url, target) for url in urls) else None

    def _own(self, url: str) -> bool:
        if self.extension_id and url.startswith(f"{_EXTENSION}{self.extension_id}/"):
            return True
        return any(pattern.search(url) for pattern in self._patterns)

    def _foreign(self, url: str, target: str) -> bool:
        """Whether it is a script of the page's. An extension can write one into the page itself, where the globs are not said."""
        in_the_page = urldefrag(url).url == urldefrag(target).url
        return url.startswith(("http:", "https:")) and (bool(self.scripts) or not in_the_page)

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(glob_pattern(glob)) for glob in self.scripts]


def attributed(
    recording: Recording, calls: Sequence[ToldCall], scripts: Sequence[str], extension_id: str | None
) -> Recording:
    """The recording with `meta["by"]` (`plugin` or `system`) where it is certain, and with `meta["initiator"]` where it is told.

    `calls` is what the browser told of the same run. Calls and exchanges are matched by method and address, in order.
    """
    plugin = Plugin(scripts, extension_id)
    told: defaultdict[tuple[str, str], list[ToldCall]] = defaultdict(list)
    for call in calls:
        told[_key(call.method, call.url)].append(call)
    sent: defaultdict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for exchange in recording.exchanges:
        sent[_key(exchange.request.method, exchange.request.url)].append(exchange)
    notes = {id(each): note for key, group in sent.items() for each, note in _notes(group, told.get(key, []), plugin)}
    marked = (replace(each, meta={**each.meta, **notes[id(each)]}) for each in recording.exchanges)
    return replace(recording, exchanges=tuple(marked))


def _notes(
    sent: Sequence[Exchange], told: Sequence[ToldCall], plugin: Plugin
) -> Iterator[tuple[Exchange, Mapping[str, object]]]:
    """What is known of each exchange of one method and address."""
    in_order = sorted(told, key=lambda call: call.time)
    makers = [plugin.by(call.frames, call.target) for call in in_order]
    one_to_one = len(sent) == len(told) and not _muddled(in_order, makers)
    for number, exchange in enumerate(sorted(sent, key=lambda each: each.started)):
        by = makers[number] if one_to_one else _common(makers)
        initiator = _initiator(in_order[number]) if one_to_one else []
        by = by or (None if told else _by_headers(exchange, plugin))
        yield exchange, {**({"by": by} if by else {}), **({"initiator": initiator} if initiator else {})}


def _muddled(calls: Sequence[ToldCall], makers: Sequence[By | None]) -> bool:
    neighbours = zip(calls, calls[1:], makers, makers[1:], strict=False)
    return any(one != other and after.time - before.time < _CLOSE for before, after, one, other in neighbours)


def _common(makers: Sequence[By | None]) -> By | None:
    return makers[0] if makers and len(set(makers)) == 1 else None


def _initiator(call: ToldCall) -> list[str]:
    return [frame for frame in call.frames if not _OURS.search(_url(frame))][:_TOLD_FRAMES]


def _by_headers(exchange: Exchange, plugin: Plugin) -> By | None:
    """An extension's worker says where it comes from when it writes, and that it comes from no site when it reads."""
    if plugin.extension_id is None:
        return None
    headers = exchange.request.headers
    origin = header(headers, "origin") or ""
    if origin == f"{_EXTENSION}{plugin.extension_id}":
        return "plugin"
    no_site = header(headers, "sec-fetch-site") == "none" and header(headers, "sec-fetch-dest") == "empty"
    return "plugin" if no_site and not origin else None


def _key(method: str, url: str) -> tuple[str, str]:
    return method, urldefrag(url).url


def _url(frame: str) -> str:
    found = _FRAME.fullmatch(frame)
    return found["url"] if found else frame
