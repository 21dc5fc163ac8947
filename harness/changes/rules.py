"""The kinds of change as rules that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.changes.kind import kinds
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
            old=_example(kind.witness.old),
            new=_example(kind.witness.new),
            undo=kind.undo,
            advice=kind.advice,
            undoable=kind.undoable,
            number=kind.number,
        )
        for kind in kinds().values()
    }


def _example(values: Iterable[Json]) -> str:
    """The first answers of a witness, one a line."""
    return "\n".join(serialize(value).decode("utf-8", "replace") for value in list(values)[:_SHOWN])
