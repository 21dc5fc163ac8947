"""Operations learned from traffic: `/articles/7` and `/articles/8` are two calls of `/articles/{article_id}`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Request
from harness.model.operation import Operation
from harness.schema.discriminators import discriminator
from harness.schema.path_tree import Level, Visit, grow
from harness.schema.segments import cut
from harness.schema.shapes import shape_of, succeeded


@dataclass(frozen=True)
class Operations:
    """What `learn_operations` learned; ask it with `of`."""

    tree: Level
    templates: tuple[tuple[re.Pattern[str], str], ...] = ()

    def of(self, request: Request) -> Operation:
        """The operation that a request calls. A path like none that was seen goes by its looks."""
        template = _declared(request.path, self.templates) or self.tree.template(cut(request.path))
        return Operation(request.method, template, discriminator(request))


def learn_operations(exchanges: Iterable[Exchange], templates: Iterable[str] = ()) -> Operations:
    """Learn path templates from exchanges, in any order. `templates` (`/articles/{slug}`) are given ones: they win.

    Raises UsageError when a given template does not start with `/` or its braces do not match.
    """
    given = tuple((_pattern(template), template) for template in sorted(set(templates), key=_most_exact_first))
    return Operations(grow(_visits(exchanges, given), 0, None), given)


def _visits(exchanges: Iterable[Exchange], given: Sequence[tuple[re.Pattern[str], str]]) -> list[Visit]:
    calls: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        calls[exchange.request.method, exchange.request.path].append(exchange)
    return [
        _visit(method, path, alike) for (method, path), alike in sorted(calls.items()) if not _declared(path, given)
    ]


def _visit(method: str, path: str, alike: Sequence[Exchange]) -> Visit:
    answers = [exchange.response for exchange in alike if exchange.response is not None]
    shapes = frozenset(shape for shape in map(shape_of, answers) if shape is not None)
    return Visit(method, cut(path), shapes, any(map(succeeded, answers)))


def _pattern(template: str) -> re.Pattern[str]:
    if not re.fullmatch(r"/(?:[^{}]|\{[^{}/]+\})*", template):
        hint = "write it like /articles/{slug} or /{table}.json"
        raise UsageError(f"{template!r} is not a path template", hint=hint)
    return re.compile(re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(template)))


def _most_exact_first(template: str) -> tuple[int, int, str]:
    return template.count("{"), -len(template), template


def _declared(path: str, given: Iterable[tuple[re.Pattern[str], str]]) -> str | None:
    return next((template for pattern, template in given if pattern.fullmatch(path)), None)
