"""Links followed at replay: what this server answered stands in a request for what the recorded one had answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from harness.model.exchange import Exchange
from harness.model.json_text import Json
from harness.replay.answered import Place, answered, value_at
from harness.replay.links import Link
from harness.replay.pieces import text_of
from harness.replay.sent import Slot, slots, with_values

NOT_BOUND = "not-bound"
"""The key in an exchange's meta under which stand the slots whose source the answers no longer had: sent as recorded."""


@dataclass
class Binder:
    """`bound` before a call is sent, `take` with its answer."""

    links: Sequence[Link]
    _answers: dict[str, Mapping[Place, Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_call: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            self._by_call[link.exchange].append(link)
        self._sources = {source.exchange for link in self.links for source in link.sources}

    def take(self, exchange: Exchange) -> None:
        """Remember what came back, where a later call needs it."""
        if exchange.id in self._sources and exchange.response is not None:
            self._answers[exchange.id or ""] = answered(exchange.response)

    def bound(self, exchange: Exchange) -> Exchange:
        """The exchange with its request as this server knows things; what cannot be bound stays, and is told in its meta."""
        links = self._by_call.get(exchange.id or "", [])
        if not links:
            return exchange
        recorded = dict(slots(exchange.request))
        values: dict[Slot, Json] = {}
        lost: list[str] = []
        for link in sorted(
            links, key=lambda link: -link.start
        ):  # from behind, so that the places before stay where they are
            now = self._now(link)
            if now is None:
                lost.append(".".join(map(str, link.slot)))
            else:
                was = values.get(link.slot, recorded[link.slot])
                values[link.slot] = _with(was, link, now)
        request = with_values(exchange.request, values) if values else exchange.request
        meta = {**exchange.meta, NOT_BOUND: lost} if lost else exchange.meta
        return replace(exchange, request=request, meta=meta)

    def _now(self, link: Link) -> Json:
        for source in link.sources:
            value = value_at(self._answers.get(source.exchange, {}), (source.place,))
            if value is not None:
                return value
        return None


def _with(was: Json, link: Link, now: Json) -> Json:
    """`was` with the link's characters replaced. A number stays one where the new value is a number."""
    text = text_of(was)
    whole = (link.start, link.end) == (0, len(text))
    if whole and not isinstance(was, str) and not isinstance(now, str):
        return now
    return text[: link.start] + text_of(now) + text[link.end :]
