"""Operations learned from traffic: `/articles/7` and `/articles/8` are two calls of `/articles/{article_id}`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Request
from harness.model.operation import Operation
from harness.schema.discriminators import discriminator
from harness.schema.media import Sent, media_type, merged
from harness.schema.path_sample import PathSample
from harness.schema.path_tree import Level, grow
from harness.schema.segments import cut
from harness.schema.shapes import shape_of, succeeded

MOST_PATHS = 2000
"""The media types of so many methods and paths are compared."""

_BY_LOOKS = Level()

Templates = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True)
class Operations:
    """What was learned; ask it with `of`. Calls of the (method, template) in `by_type` are told apart by media type."""

    tree: Level
    templates: Templates = ()
    by_type: frozenset[tuple[str, str]] = frozenset()

    def of(self, request: Request) -> Operation:
        """The operation that a request calls. A path like none that was seen goes by its looks."""
        template = _declared(request.path, self.templates) or self.tree.template(cut(request.path))
        told = discriminator(request)
        if not told and (request.method, template) in self.by_type:
            told = media_type(request)
        return Operation(request.method, template, told)


class Learner:
    """Learns operations from exchanges one at a time, in any order, in memory that does not grow with their number."""

    def __init__(self, templates: Iterable[str] = (), *, by_type: bool = False) -> None:
        """`templates` (`/articles/{slug}`) are given ones: they win. `by_type` tells calls of one path apart by the media
        type of the request where the bodies have other shapes.

        Raises UsageError when a given template does not start with `/` or its braces do not match.
        """
        self._given = tuple((_pattern(each), each) for each in sorted(set(templates), key=_most_exact_first))
        self._sample = PathSample()
        self._by_type = by_type
        self._sent: dict[tuple[str, str], tuple[str, Sent]] = {}

    def add(self, exchange: Exchange) -> None:
        """Take in one call."""
        request, response = exchange.request, exchange.response
        declared = _declared(request.path, self._given)
        if self._by_type and request.body and not discriminator(request):
            self._note(request, declared)
        if declared is None:
            went_well = response is not None and succeeded(response)
            self._sample.add(request.method, cut(request.path), shape_of(response), went_well)

    def operations(self) -> Operations:
        """What has been learned so far."""
        tree = grow(self._sample.visits(), 0, None)
        together: dict[tuple[str, str], list[Sent]] = defaultdict(list)
        for (method, _), (path, sent) in self._sent.items():
            together[method, _declared(path, self._given) or tree.template(cut(path))].append(sent)
        differing = frozenset(called for called, sent in together.items() if merged(sent).differ)
        return Operations(tree, self._given, differing)

    def _note(self, request: Request, declared: str | None) -> None:
        """What is sent to `/a/7` and to `/a/8` is noted once, under one of them."""
        called = request.method, declared or _BY_LOOKS.template(cut(request.path))
        if called in self._sent or len(self._sent) < MOST_PATHS:
            self._sent.setdefault(called, (request.path, Sent()))[1].add(request)


def learn_operations(exchanges: Iterable[Exchange], templates: Iterable[str] = ()) -> Operations:
    """Learn path templates from exchanges, in any order, without telling calls apart by media type. See Learner."""
    learner = Learner(templates)
    for exchange in exchanges:
        learner.add(exchange)
    return learner.operations()


def _pattern(template: str) -> re.Pattern[str]:
    if not re.fullmatch(r"/(?:[^{}]|\{[^{}/]+\})*", template):
        hint = "write it like /articles/{slug} or /{table}.json"
        raise UsageError(f"{template!r} is not a path template", hint=hint)
    return re.compile(re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(template)))


def _most_exact_first(template: str) -> tuple[int, int, str]:
    return template.count("{"), -len(template), template


def _declared(path: str, given: Templates) -> str | None:
    return next((template for pattern, template in given if pattern.fullmatch(path)), None)
