"""A header that OLD sent is gone."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.lens.answer import ABSENT
from harness.model.change import Level

KIND = Kind(
    id="response-header-removed",
    number=29,
    title="header removed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"headers": {"X-Total-Count": "45"}},), new=({"headers": {}},)),
    meaning="A plugin that reads the header (a total, a link to the next page) gets nothing.",
    undo="It is set again where OLD always sent one value, or where the value stands in the body or the call.",
    advice="Look whether the body says it now.",
    rank=91,
    sees=frozenset([Differs.HEADER]),
)


def name(difference: Difference) -> str | None:
    """Every answer that differs lacks it."""
    gone = all(new is ABSENT for _, new in difference.pairs)
    return f"header {difference.name} is gone" if gone else None
