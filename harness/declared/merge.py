"""What recordings show and what declarations say of one upgrade as one list, in which no change is said twice.

What was observed is the stronger evidence: a declared change that the recordings show as well is a remark on it, and one that
they could have shown and did not is at most a risk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.declared.routes import nameless
from harness.model.change import Change, Level

SERVED = "served"
"""The fact that names an operation as the recordings call it, where that is behind another of its servers than the first."""

_STRUCTURE = frozenset(
    {
        "renamed",
        "moved",
        "hoisted",
        "plunged",
        "wrapped",
        "envelope",
        "nested",
        "split",
        "joined",
        "derivable",
        "naming",
    }
)
_WHOLE = frozenset({"property", "body", "header"})
_ASPECTS = {
    "status": {"status"},
    "media type": {"media", "content", "kind"},
    "type": {"type", "types", "nullable"},
    "presence": {"removed", "added", "optional", "required", "left"},
    "value": {"enum", "const", "constant", "pattern", "format", "affix", "value", "values", "precision"},
}
"""What a change is about, by the words of its id; the first that has one of them."""


def merged(observed: Sequence[Change], declared: Sequence[Change]) -> list[Change]:
    """The observed changes, and the declared ones that they do not say already. Rows of one place each: fold them afterwards.

    `support.pairs` of a declared change counts the answers in which it could have been seen.
    """
    remarks: dict[int, list[str]] = {}
    rest: list[Change] = []
    for each in declared:
        said = [number for number, seen in enumerate(observed) if _says(seen, each)]
        if said:
            remarks.setdefault(said[0], []).append(each.kind)
        else:
            rest.append(_unseen(each))
    return [*(_remarked(each, remarks.get(number)) for number, each in enumerate(observed)), *rest]


def _says(seen: Change, declared: Change) -> bool:
    """Whether the recordings show what is declared: the same thing at the same place, or a move that explains it."""
    if not _same_operation(seen, declared):
        return False
    if seen.kind == declared.kind and seen.path == declared.path:
        return True
    here, there = _aspect(seen.kind), _aspect(declared.kind)
    if _explains(seen.kind):
        roots = [
            seen.path,
            *(str(seen.facts[name]) for name in ("new",) if str(seen.facts.get(name, "")).startswith("$")),
        ]
        return there in ("type", "presence") and any(_below(declared.path, root) for root in (*roots, *_renamed(seen)))
    return seen.path == declared.path and here == there != ""


def _explains(kind: str) -> bool:
    """Whether a change is a move, or one sort of value became another (`list-became-map`, not `property-became-optional`)."""
    words = {*kind.split("-")}
    return bool(words & _STRUCTURE) or ("became" in words and not words & _WHOLE)


def _renamed(seen: Change) -> list[str]:
    """Where a renamed member stands in NEW."""
    new, parent = seen.facts.get("new"), seen.path.rpartition(".")[0]
    return [f"{parent}.{new}"] if isinstance(new, str) and not new.startswith("$") and parent else []


def _same_operation(seen: Change, declared: Change) -> bool:
    names = {
        nameless(_name(each)) for each in (declared.operation, str(declared.facts.get(SERVED, declared.operation)))
    }
    return nameless(_name(seen.operation)) in names


def _name(operation: str) -> str:
    """Method and template, without what tells calls of one path apart."""
    return " ".join(operation.split(" ")[:2])


def _aspect(kind: str) -> str:
    words = {*kind.split("-")}
    return next((aspect for aspect, those in _ASPECTS.items() if those & words), "")


def _below(path: str, root: str) -> bool:
    return path == root or (path.startswith(root) and path[len(root)] in ".[")


def _remarked(seen: Change, kinds: list[str] | None) -> Change:
    if not kinds:
        return seen
    return replace(
        seen, reason=f"{seen.reason}; it is declared too", facts={**seen.facts, "declared": sorted({*kinds})}
    )


def _unseen(each: Change) -> Change:
    """A declared break of an answer that the recordings do not show."""
    answers = each.support.pairs
    if each.level is not Level.BREAK or not each.kind.startswith("response") or not answers or each.support.agreeing:
        return each
    reason = f"{each.reason}; declared, not seen in {answers} answer{'s' if answers > 1 else ''}"
    return replace(each, level=Level.RISK, reason=reason, question="does NEW answer like this in other cases?")
