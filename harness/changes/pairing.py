"""Which call of OLD's recording and which of NEW's are one and the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Recording


@dataclass(frozen=True)
class Paired:
    """One call, asked of both versions. The requests may differ: paths move between versions."""

    old: Exchange
    new: Exchange

    @property
    def id(self) -> str:
        """Its `_backfit.id`, else what was asked."""
        return self.old.id or f"{self.old.request.method} {self.old.request.path}"


@dataclass(frozen=True)
class Pairing:
    """`pairs` in OLD's order, and the calls that have no partner."""

    pairs: tuple[Paired, ...]
    only_old: tuple[Exchange, ...]
    only_new: tuple[Exchange, ...]


def pair(old: Recording, new: Recording) -> Pairing:
    """By id where both have one, else by order within method and path. Raises UsageError where nothing pairs."""
    waiting: dict[tuple[str, ...], list[Exchange]] = defaultdict(list)
    for exchange in new.exchanges:
        waiting[key_of(exchange)].append(exchange)
    pairs: list[Paired] = []
    alone: list[Exchange] = []
    for exchange in old.exchanges:
        partners = waiting.get(key_of(exchange))
        if partners:
            pairs.append(Paired(exchange, partners.pop(0)))
        else:
            alone.append(exchange)
    if not pairs and (old.exchanges or new.exchanges):
        raise UsageError(
            f"no call of {old.source} has a partner in {new.source}",
            where=new.source,
            hint="entries pair by `_backfit.id`, else by order within method and path: record the same calls on both sides",
        )
    return Pairing(tuple(pairs), tuple(alone), tuple(exchange for rest in waiting.values() for exchange in rest))


def key_of(exchange: Exchange) -> tuple[str, ...]:
    """What the two exchanges of a pair have in common."""
    if exchange.id is not None:
        return ("id", exchange.id)
    return (exchange.request.method, exchange.request.path)
