"""Which of OLD's calls are asked while probing: few, and as different as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from harness.model.exchange import Exchange, Request
from harness.model.json_text import Json
from harness.probing.judging import is_telling

MOST = 8


def sample(exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Telling calls, all different: in turn one of each set of parameters, at most MOST."""
    by_names: dict[tuple[str, ...], dict[tuple[str, bytes], Exchange]] = {}
    for each in exchanges:
        if is_telling(each):
            names = tuple(sorted({name for name, _ in each.request.query}))
            by_names.setdefault(names, {}).setdefault((each.request.url, each.request.body), each)
    waiting = [list(each.values()) for each in by_names.values()]
    chosen: list[Exchange] = []
    while any(waiting) and len(chosen) < MOST:
        chosen += [each.pop(0) for each in waiting if each]
    return chosen[:MOST]


def without_query(request: Request, query: Mapping[str, Json] | None = None) -> Request:
    """The request with other parameters, or none."""
    parts = urlsplit(request.url)
    return replace(request, url=urlunsplit(parts._replace(query=urlencode(dict(query or {}), doseq=True), fragment="")))
