"""A whole recording through a shim: each NEW answer as the shim would give it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.exchange import Exchange, Recording, Response
from harness.shims.program import LIMIT, Program


@dataclass(frozen=True)
class AppliedRecording:
    """`answers` has an item for each exchange: the edited answer, or None where nothing was edited.

    `given` exchanges have an answer at all; `unknown` of these belong to calls that no entry knows, and `large` ones have a
    body that is too large to be edited.
    """

    answers: tuple[Response | None, ...]
    given: int
    unknown: int
    large: int = 0

    @property
    def edited(self) -> int:
        """How many answers the shim changed."""
        return sum(answer is not None for answer in self.answers)


def apply_to(program: Program, recording: Recording) -> AppliedRecording:
    """An exchange without an answer stays as it is."""
    answers: list[Response | None] = []
    given = unknown = large = 0
    for exchange in recording.exchanges:
        answer, known = _answer(program, exchange)
        answers.append(answer)
        given += exchange.response is not None
        unknown += not known
        large += exchange.response is not None and len(exchange.response.body) > LIMIT
    return AppliedRecording(tuple(answers), given, unknown, large)


def _answer(program: Program, exchange: Exchange) -> tuple[Response | None, bool]:
    if exchange.response is None:
        return None, True
    applied = program.answer(program.as_asked(exchange.request), exchange.response)
    return applied.response if applied.edits else None, applied.known
