"""Where a relative link starts: an origin, fixed or told by a source; what the steps on links share."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.lens.answer import Answer
from harness.lens.source import fetcher
from harness.lens.step import Loss
from harness.model.json_text import Json

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._~%:@\[\]-]+(?:/[^/?#\s]+)*")
_OF_CALL = re.compile(r"(?:path|query|request|origin|sent)\(")
_CALLED = "origin()"

Origin = Callable[[Json, Answer], Json]


def check_origin(origin: str, source: str) -> None:
    """Raises ValueError where the fixed origin is none, the source is none, or both are given."""
    if origin and source:
        raise ValueError("give either origin or from")
    if origin and not _ORIGIN.fullmatch(origin):
        raise ValueError(f"an origin is written https://a.example, without a / at its end, not {origin!r}")
    if source:
        fetcher(source)


def origin_of(origin: str, source: str) -> Origin:
    """A function that gives the origin that holds for an answer; None where the source has none."""
    if origin:
        return lambda value, answer: origin
    fetch = fetcher(source or _CALLED)

    def fetched(value: Json, answer: Answer) -> str | None:
        found = fetch(value, answer)
        return found if isinstance(found, str) and _ORIGIN.fullmatch(found) else None

    return fetched


def origin_loss(source: str) -> Loss:
    """A source in the answer may be edited in between; one in the call, and a fixed origin, may not."""
    return Loss.RESTORABLE if source and not _OF_CALL.match(source) else Loss.ISO


def is_rooted(link: str) -> bool:
    """Whether a link starts at an origin's root: with one `/`, since two name another host."""
    return link.startswith("/") and not link.startswith("//")
