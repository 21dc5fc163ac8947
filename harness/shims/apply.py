"""A whole recording through a shim: each NEW answer as the shim would give it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harness.model.exchange import Exchange, Recording
from harness.shims.program import Program


@dataclass(frozen=True)
class AppliedRecording:
    """`answers` were given, `edited` of them changed, `unknown` belong to calls that no entry knows."""

    recording: Recording
    answers: int
    edited: int
    unknown: int


def apply_to(program: Program, recording: Recording) -> AppliedRecording:
    """Requests, order, ids and times stay; an exchange without an answer stays as it is."""
    exchanges: list[Exchange] = []
    answers = edited = unknown = 0
    for exchange in recording.exchanges:
        if exchange.response is None:
            exchanges.append(exchange)
            continue
        applied = program.answer(exchange.request, exchange.response)
        answers += 1
        edited += applied.edits > 0
        unknown += not applied.known
        exchanges.append(replace(exchange, response=applied.response))
    return AppliedRecording(replace(recording, exchanges=tuple(exchanges)), answers, edited, unknown)
