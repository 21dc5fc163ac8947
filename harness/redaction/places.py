"""One place in a JSON value, taken from two versions of it at once: what redact.yaml adds, or keeps, at a JSONPath."""

from __future__ import annotations

from collections.abc import Callable

from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path

Pick = Callable[[Json], Json]


def picked(new: Json, old: Json, path: Path, pick: Pick) -> Json:
    """`new` with `pick(old)` wherever `path` leads in both, which have the same form; the rest is as in `new`."""
    if not path:
        return pick(old)
    step, rest = path[0], path[1:]
    match new, old:
        case list(), list() if step is EACH:
            return [picked(one, other, rest, pick) for one, other in zip(new, old, strict=True)]
        case list(), list() if isinstance(step, int) and -len(new) <= step < len(new):
            at = step % len(new)
            return [*new[:at], picked(new[at], old[at], rest, pick), *new[at + 1 :]]
        case dict(), dict() if step is ANY:
            pairs = zip(new.items(), old.values(), strict=True)
            return {name: picked(item, was, rest, pick) for (name, item), was in pairs}
        case dict(), dict() if isinstance(step, str) and step in new and step in old:
            return {name: picked(item, old[name], rest, pick) if name == step else item for name, item in new.items()}
    return new
