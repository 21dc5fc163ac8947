"""The media type or the charset of the answers is another one."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.lens.answer import ABSENT
from harness.model.change import Level

KIND = Kind(
    id="response-content-type-changed",
    number=28,
    title="content type changed",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"headers": {"Content-Type": "text/json"}},), new=({"headers": {"Content-Type": "application/json"}},)
    ),
    meaning="A plugin that looks at the type, or reads the text by its charset, takes another branch.",
    undo="The old header is set where OLD always sent one.",
    advice="Harmless where the plugin reads the body whatever its type.",
    rank=1,
    sees=frozenset([Differs.HEADER]),
)


def name(difference: Difference) -> str | None:
    """Says whether the type itself changed, or what stands behind it (a charset, a profile)."""
    if difference.name != "content-type":
        return None
    old, new = difference.pairs[0]
    if ABSENT in (old, new):
        return f"the content type is {'gone' if new is ABSENT else 'new'}"
    types = [str(side).split(";")[0].strip().lower() for side in (old, new)]
    what = "content type" if types[0] != types[1] else "charset or another parameter of the content type"
    return f"the {what} is another one"
