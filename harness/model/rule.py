"""What a kind of finding means, for a person: `backfit rules`, and the rule metadata that SARIF carries."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.change import Level


@dataclass(frozen=True)
class Rule:
    """`id` is what findings carry. `old` and `new` are an example as text, one or several lines each.

    `meaning` says what happened, `undo` what a shim can do about it, `advice` what to do, each in a sentence; `undoable`
    whether a shim can restore it at all. `level` is that of a place which the plugin reads. `source` is `observed` (seen in
    answers) or `declared` (seen in OpenAPI or JSON Schema). `number` is the row in the catalogue of kinds, None for none.
    """

    id: str
    title: str
    level: Level
    meaning: str
    old: str
    new: str
    undo: str
    advice: str
    undoable: bool
    source: str = "observed"
    number: int | None = None
