"""A list holds each element once, where OLD sent it several times."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level
from harness.model.json_text import Json, serialize

KIND = Kind(
    id="response-list-deduplicated",
    number=24,
    title="list without its duplicates",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=(["a", "b", "a"],), new=(["a", "b"],)),
    meaning="Elements that came several times come once: counts and positions are others.",
    undo="None: how often and where each one stood is not in NEW's answer.",
    advice="Look whether the plugin counts the elements, or goes by their position.",
    rank=2,
    sees=frozenset([Differs.ELEMENTS]),
)


def name(difference: Difference) -> str | None:
    """NEW's elements are OLD's, in their order, each once."""
    once = all(_once(old) == list(map(serialize, new)) for old, new in difference.pairs)
    return f"each element comes once in {difference.often}" if once else None


def _once(items: list[Json]) -> list[bytes]:
    return list(dict.fromkeys(map(serialize, items)))
