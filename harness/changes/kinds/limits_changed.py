"""Headers about rate limits, deprecation and sunset: the operator's word to callers."""

from __future__ import annotations

import re

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.lens.answer import ABSENT
from harness.model.change import Level

KIND = Kind(
    id="response-limit-header-changed",
    number=40,
    title="rate limit, deprecation or sunset header changed",
    level=Level.INFO,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"headers": {"X-RateLimit-Limit": "60"}},),
        new=({"headers": {"X-RateLimit-Limit": "30", "Sunset": "Sat, 01 May 2027 00:00:00 GMT"}},),
    ),
    meaning="NEW says something else about how often it may be called, or for how long.",
    undo="Left as it is: it is true of NEW.",
    advice="Read it: a deprecation tells when the next upgrade will break the plugin.",
    rank=0,
    sees=frozenset([Differs.HEADER]),
)


_ABOUT = re.compile(r"(x-)?rate-?limit(-.*)?|retry-after|deprecation|sunset|warning")


def name(difference: Difference) -> str | None:
    """By the header's name."""
    if _ABOUT.fullmatch(difference.name) is None:
        return None
    old, new = difference.pairs[0]
    return f"header {difference.name} is {'new' if old is ABSENT else 'gone' if new is ABSENT else 'another one'}"
