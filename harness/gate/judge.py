"""What a change means to this plugin: it breaks what the plugin reads, and harms little elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from harness.changes.difference import Differs
from harness.changes.kind import kinds
from harness.gate.reads import STATUS, Read, Reads, read_whole, touched
from harness.model.change import Change, Level
from harness.model.paths import Path, parse_path

_ASSUMED = "nothing says what the plugin reads"
"""How findings begin their reason where no reads are given."""

_ANSWER = "response"
_EFFECT = "response-side-effect-missing"
_SUCCESS_GONE = "response-success-status-removed"
_REDIRECT = 300


def judged(changes: Sequence[Change], reads: Reads | None) -> list[Change]:
    """The changes with the level that they have for a plugin that reads `reads`, and why; as they are where that is None.

    Takes a change for each place, as `findings` gives them. What is read keeps its level; what is not is a risk at most,
    and so is what the reads do not decide: that comes with the question to answer. What harms nobody stays as it is, and so
    does what is about the call and not the answer: the plugin makes it, whatever it reads.
    """
    if reads is None:
        return list(changes)
    read_of = cache(reads.of)
    return [
        _judged(change, read_of(change.operation), reads.source) if _about_answer(change) else change
        for change in changes
    ]


def _about_answer(change: Change) -> bool:
    """Whether the level depends on what is read of an answer."""
    return change.level is not Level.INFO and _ANSWER in change.kind.split("-") and change.kind != _EFFECT


def _judged(change: Change, places: Sequence[Read] | None, source: str) -> Change:
    if places is None:
        question = f"what does the plugin read of {change.operation}?"
        return _at_most_risk(change, f"{source} says nothing of {change.operation}", question)
    read = next(_read(change, places), None)
    if read is not None:
        return replace(change, reason=_reason(f"the plugin reads {read.text} ({source})", change))
    if not change.path.startswith("$"):
        question = f"does the plugin read the {change.path} of {change.operation}?"
        return _at_most_risk(change, f"{source} says nothing of the {change.path}", question)
    whole = read_whole(parse_path(change.path), places)
    if whole is not None:
        question = f"does the plugin look at {change.path} inside {whole.text}?"
        return _at_most_risk(change, f"the plugin reads {whole.text} as a whole ({source})", question)
    return _at_most_risk(change, f"not read by the plugin, as {source} says")


def _at_most_risk(change: Change, said: str, question: str = "") -> Change:
    return replace(change, level=Level.RISK, reason=_reason(said, change), question=question)


def _reason(said: str, change: Change) -> str:
    """What the reads say, and what the change itself says of its level."""
    return said if change.reason.startswith(_ASSUMED) else f"{said}; {change.reason}"


def _read(change: Change, places: Sequence[Read]) -> Iterator[Read]:
    """The places that are read and that the change touches."""
    changed = _changed(change)
    for place in places:
        if place.path is None:
            same = place.text == change.path or (place.text == STATUS and change.path.startswith(f"{STATUS} "))
        else:
            same = changed is not None and touched(changed, place.path)
        if same:
            yield place


def _changed(change: Change) -> Path | None:
    """The place in the body that a change changes, all of the body where such an answer comes no more; None for no place."""
    if change.path.startswith(STATUS):
        return () if _success_gone(change) else None
    if not change.path.startswith("$"):
        return None
    path = parse_path(change.path)
    kind = kinds().get(change.kind)
    return path[:-1] if kind is not None and Differs.ELEMENTS in kind.sees else path


def _success_gone(change: Change) -> bool:
    """Whether calls that succeeded now fail or are sent elsewhere."""
    if isinstance(change.old, int) and isinstance(change.new, int):
        return change.old < _REDIRECT <= change.new
    return change.kind == _SUCCESS_GONE
