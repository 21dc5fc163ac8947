"""What a change means to this plugin: it breaks what the plugin reads, and harms little elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from harness.changes.difference import Differs
from harness.changes.kind import kinds
from harness.contract.places import STATUS
from harness.gate.reads import Read, Reads, Weight, holding, read_whole, touched
from harness.model.change import Change, Level
from harness.model.paths import Path, parse_path
from harness.model.reads import NOT_READ

ASSUMED = "nothing says what the plugin reads"
"""How findings begin their reason where no reads are given."""

_ANSWER = "response"
_EFFECT = "response-side-effect-missing"
_SUCCESS_GONE = "response-success-status-removed"
_SUCCESS, _REDIRECT = 200, 300


def judged(changes: Sequence[Change], reads: Reads | None) -> list[Change]:
    """The changes with the level that they have for a plugin that reads `reads`, and why; as they are where that is None.

    Takes a change for each place, as `findings` gives them. What is read keeps its level. What is not is a risk at most, and
    harms nothing where the plugin was watched; what the reads do not decide is a risk, with the question to answer. What harms
    nobody stays as it is, and so does what is about the call and not the answer: the plugin makes it, whatever it reads.
    """
    if reads is None:
        return list(changes)
    known = cache(lambda operation: _Known.of(operation, reads))
    return [known(change.operation).judged(change) if _about_answer(change) else change for change in changes]


def _about_answer(change: Change) -> bool:
    """Whether the level depends on what is read of an answer."""
    return change.level is not Level.INFO and _ANSWER in change.kind.split("-") and change.kind != _EFFECT


@dataclass(frozen=True)
class _Known:
    """What is known of one operation's answers: `places` that are used, and `spared` ones that the plugin does not miss.

    `reads` are those that say so; `places` is None where they say nothing.
    """

    operation: str
    reads: Reads
    places: Sequence[Read] | None
    spared: Sequence[Read]

    @staticmethod
    def of(operation: str, reads: Reads) -> _Known:
        """What the reads, or those behind them, say of an operation."""
        telling = reads.about(operation)
        listed = telling.of(operation)
        used = None if listed is None else [each for each in listed if each.weight is not Weight.SPARED]
        return _Known(operation, telling, used, [each for each in listed or () if each.weight is Weight.SPARED])

    def judged(self, change: Change) -> Change:
        """The change, as far as it goes for this plugin."""
        if self.places is None:
            question = f"what does the plugin read of {self.operation}?"
            return _at_most_risk(change, f"{self.reads.source} says nothing of {self.operation}", question)
        changed = _changed(change)
        used = min(_touched(change, changed, self.places), key=lambda each: each.weight, default=None)
        if used is None:
            return self._elsewhere(change, changed)
        said = used.told or f"the plugin reads {used.text} ({self.reads.source})"
        if self.reads.watched and used.text == STATUS and _both_succeed(change):
            question = f"does the plugin tell {change.old} from {change.new}, or only success from failure?"
            return _at_most_risk(change, said, question)
        if used.weight is Weight.READ:
            return replace(change, reason=_reason(said, change))
        return _at_most_risk(change, said, used.asked)

    def _elsewhere(self, change: Change, changed: Path | None) -> Change:
        """At a place that is not named, and that holds none that is."""
        whole = None if changed is None else self._taken_whole(change, changed)
        spared = self._spared(change, changed)
        if whole is not None:
            return _at_most_risk(change, *whole)
        if self.reads.is_unknown(self.operation):
            return change if spared is None else _at_most_risk(change, spared.told)
        if changed is None:
            return self._beside_the_body(change)
        if not self.reads.watched:
            return _at_most_risk(change, f"{NOT_READ}, as {self.reads.source} says")
        said = f"{NOT_READ}, as {self.reads.source} shows"
        told = f"{said}; {spared.told}" if spared else said
        return replace(change, level=Level.INFO if self._is_certain(changed) else Level.RISK, reason=told)

    def _is_certain(self, changed: Path) -> bool:
        """Text that is searched or shown unparsed is read in ways that nobody sees: where nothing was seen, or it is all."""
        return bool(self.places) and bool(changed)

    def _taken_whole(self, change: Change, changed: Path) -> tuple[str, str] | None:
        """What is said and asked of a place inside of one that is used as a whole."""
        places = self.places or ()
        if self.reads.watched:
            return next((each.inside for each in holding(changed, places) if each.inside is not None), None)
        whole = read_whole(changed, places)
        if whole is None:
            return None
        said = f"the plugin reads {whole.text} as a whole ({self.reads.source})"
        return said, f"does the plugin look at {change.path} inside {whole.text}?"

    def _spared(self, change: Change, changed: Path | None) -> Read | None:
        """The place there, or the nearest around, that the plugin does not miss."""
        if changed is None:
            return next((each for each in self.spared if each.text == change.path), None)
        here = [each for each in self.spared if each.path == changed]
        return next(iter([*here, *holding(changed, self.spared)]), None)

    def _beside_the_body(self, change: Change) -> Change:
        """A header or a status may be read by what carries the answer: a browser, a library."""
        if self.reads.watched:
            return _at_most_risk(
                change, f"{NOT_READ}, as {self.reads.source} shows; what carries the answer may read it"
            )
        question = f"does the plugin read the {change.path} of {self.operation}?"
        return _at_most_risk(change, f"{self.reads.source} says nothing of the {change.path}", question)


def _at_most_risk(change: Change, said: str, question: str = "") -> Change:
    return replace(change, level=Level.RISK, reason=_reason(said, change), question=question)


def _reason(said: str, change: Change) -> str:
    """What the reads say, and what the change itself says of its level."""
    return said if change.reason.startswith(ASSUMED) else f"{said}; {change.reason}"


def _touched(change: Change, changed: Path | None, places: Sequence[Read]) -> Iterator[Read]:
    """The places that the change touches."""
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


def _both_succeed(change: Change) -> bool:
    """Whether only the code of a success changed: most who look at the status ask whether the call succeeded."""
    return all(isinstance(code, int) and _SUCCESS <= code < _REDIRECT for code in (change.old, change.new))
