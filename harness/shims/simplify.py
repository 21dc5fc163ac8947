"""Steps one after the other said with fewer: for answers of the form that the first of them expects.

An answer that already has a name that one step gives and the next one takes is another matter: the fewer steps leave it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.lens.conversions import CONVERSIONS, conversion_of
from harness.lens.step import Loss, Step
from harness.lens.steps.convert import Convert
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.rename import Rename
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.table import Table
from harness.model.json_text import serialize
from harness.shims.document import HAND, Learned
from harness.shims.journey import independent

Merged = tuple[Step, ...] | None
"""What two steps come to: none, one or two steps; None where nothing can be said."""


def simplified(steps: Sequence[Learned]) -> list[Learned]:
    """The same edits in fewer steps, in an order that does the same."""
    found = list(steps)
    while (fewer := _once(found)) is not None:
        found = fewer
    return found


def _once(steps: list[Learned]) -> list[Learned] | None:
    """With the first two steps put together that can be: what stands between does not mind."""
    for at, one in enumerate(steps):
        for later in range(at + 1, len(steps)):
            other = steps[later]
            merged = _merged(one.step, other.step)
            if merged is not None:
                between = steps[at + 1 : later]
                said = [
                    Learned(step, _evidence(one, other), HAND if HAND in (one.by, other.by) else "") for step in merged
                ]
                if all(independent(other.step, each.step) for each in between):
                    return [*steps[:at], *said, *between, *steps[later + 1 :]]
                if all(independent(one.step, each.step) for each in between):
                    return [*steps[:at], *between, *said, *steps[later + 1 :]]
    return None


def _evidence(one: Learned, other: Learned) -> str:
    return "; ".join(dict.fromkeys(each.evidence for each in (one, other) if each.evidence))


def _merged(one: Step, other: Step) -> Merged:
    if one.when != other.when:
        return None
    if one == other and isinstance(one, (Drop, DropHeader, SetHeader, Default, Copy)):
        return (one,)
    if one.loss is Loss.ISO and one.inverse() == other:
        return ()
    return next((merged for rule in _RULES if (merged := rule(one, other)) is not None), None)


def _renames(one: Step, other: Step) -> Merged:
    if isinstance(one, Rename) and isinstance(other, Rename) and one.at == other.at and one.to == other.from_:
        return (replace(one, to=other.to),) if one.from_ != other.to else ()
    return None


def _drops(one: Step, other: Step) -> Merged:
    if isinstance(one, Drop) and isinstance(other, Drop) and (one.at, one.only_null) == (other.at, other.only_null):
        return (replace(one, keys=tuple(dict.fromkeys((*one.keys, *other.keys)))),)
    return None


def _filled_and_dropped(one: Step, other: Step) -> Merged:
    """What is filled in where it is missing, and then left out, is left out."""
    if (
        isinstance(other, Drop)
        and not other.only_null
        and isinstance(one, (Default, Copy, Rename))
        and one.at == other.at
    ):
        name = one.key if isinstance(one, Default) else one.to
        if name in other.keys:
            return (replace(other, keys=(*other.keys, one.from_)),) if isinstance(one, Rename) else (other,)
    return None


def _converts(one: Step, other: Step) -> Merged:
    """A conversion and another one, where a third does both: by its name, and by their own examples."""
    if not (isinstance(one, Convert) and isinstance(other, Convert) and one.at == other.at):
        return None
    source, target = one.using.partition("-to-")[0], other.using.partition("-to-")[2]
    name = f"{source}-to-{target}"
    first, second, whole = conversion_of(one.using), conversion_of(other.using), CONVERSIONS.get(name)
    if whole is None or one.using.partition("-to-")[2] != other.using.partition("-to-")[0]:
        return None
    examples = [first.example[0], whole.example[0]]
    does_both = all(
        serialize(second.forward(first.forward(each))) == serialize(whole.forward(each)) for each in examples
    )
    return (replace(one, using=name),) if does_both else None


def _tables(one: Step, other: Step) -> Merged:
    if not (isinstance(one, Table) and isinstance(other, Table) and one.at == other.at):
        return None
    further = {serialize(new): old for new, old in other.rows}
    rows = [(new, further.get(serialize(old), old)) for new, old in one.rows]
    own = {serialize(new) for new, _ in one.rows}
    return (replace(one, rows=(*rows, *(row for row in other.rows if serialize(row[0]) not in own))),)


def _headers(one: Step, other: Step) -> Merged:
    """Whatever a header was before it is left out or set to a fixed value."""
    if not isinstance(one, (SetHeader, DropHeader)) or not isinstance(other, (SetHeader, DropHeader)):
        return None
    is_last = isinstance(other, DropHeader) or not other.from_
    return (other,) if is_last and one.header.lower() == other.header.lower() else None


_RULES: tuple[Callable[[Step, Step], Merged], ...] = (
    _renames,
    _drops,
    _filled_and_dropped,
    _converts,
    _tables,
    _headers,
)
