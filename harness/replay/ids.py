"""Names for exchanges, by which the sides of a comparison pair."""

from __future__ import annotations

from dataclasses import replace

from harness.model.exchange import Recording


def with_ids(recording: Recording) -> Recording:
    """`recording` with an id (`c0001` …, by position) for every exchange that has none; the same ids every time."""
    taken = {exchange.id for exchange in recording.exchanges}
    named = []
    for position, exchange in enumerate(recording.exchanges, start=1):
        if exchange.id is None:
            name = f"c{position:04d}"
            while name in taken:
                name += "x"
            exchange = replace(exchange, id=name)
        named.append(exchange)
    return replace(recording, exchanges=tuple(named))
