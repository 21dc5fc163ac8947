"""The kinds of change as rules that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.changes.kind import Witness, kinds
from harness.model.json_text import Json, serialize
from harness.model.rule import Rule

_SHOWN = 3


def observed_rules() -> Mapping[str, Rule]:
    """Every kind that is seen in answers, by its id, in the catalogue's order."""
    return {
        kind.id: Rule(
            id=kind.id,
            title=kind.title,
            level=kind.level,
            meaning=kind.meaning,
            old=_lines(old for old, _ in _shown(kind.witness)),
            new=_lines(new for _, new in _shown(kind.witness)),
            undo=kind.undo,
            advice=kind.advice,
            undoable=kind.undoable,
            number=kind.number,
        )
        for kind in kinds().values()
    }


def _shown(witness: Witness) -> list[tuple[Json, Json]]:
    """A few answers of a witness, those that differ first."""
    pairs = list(zip(witness.old, witness.new, strict=True))
    return sorted(pairs, key=lambda pair: bool(pair[0] == pair[1]))[:_SHOWN]


def _lines(values: Iterable[Json]) -> str:
    """Answers as JSON, one a line."""
    return "\n".join(serialize(value).decode("utf-8", "replace") for value in values)
