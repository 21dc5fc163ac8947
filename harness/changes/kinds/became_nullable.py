"""A value is null in some of NEW's answers, where OLD never sent null."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-property-became-nullable",
    number=13,
    title="value became nullable",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=({"name": "ann"},), new=({"name": None},)),
    meaning="OLD always had a value here; a plugin that uses it without a look fails on null.",
    undo="None: what OLD would have said is not in NEW's answer.",
    advice="Ask why NEW has no value; give the plugin a default by hand where one is right.",
    rank=10,
    sees=frozenset([Differs.FORM]),
)


def name(difference: Difference) -> str | None:
    """Every value that differs became null, and OLD had none that was."""
    was_null = any(old is None for old, _ in difference.others)
    became_null = all(new is None for _, new in difference.pairs)
    return "the value is null, where OLD never said null" if became_null and not was_null else None
