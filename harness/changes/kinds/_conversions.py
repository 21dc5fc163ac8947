"""The conversions that fit what stands at a place: shared by the kinds that name a change of type and one of notation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from harness.changes.agreement import pattern, same
from harness.changes.node import Node, Proposal, Sample
from harness.lens.condition import json_type
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.steps.convert import Convert
from harness.model.json_text import Json

Fits = Callable[[Json, Json], bool]
"""(the converted NEW value, OLD's value) -> whether the one can be the other."""


_SEVERAL = 2


def conversions(node: Node, *, changes_type: bool) -> Iterator[Proposal]:
    """A proposal for each conversion that turns every NEW value that differs into OLD's, and leaves equal ones alone.

    Where values are noisy, their notation decides: a conversion fits that makes all of NEW's look like OLD's.
    """
    different = [
        sample
        for sample in node.samples
        if not same(sample.old, sample.new) and sample.new is not None and sample.old is not None
    ]
    if not different:
        return
    crosses = json_type(different[0].old) != json_type(different[0].new)
    if crosses is not changes_type:
        return
    fits: Fits = same
    if node.noisy:
        if {_notation(sample.old) for sample in different} & {_notation(sample.new) for sample in different}:
            return
        if len({str(sample.new) for sample in different}) < _SEVERAL:
            return  # one value has another's notation by chance: four random hexadecimal digits may be a number
        fits = _alike
    equal = [sample for sample in node.samples if same(sample.old, sample.new)]
    for name in _fitting(different, equal, fits):
        message = f"the value is written differently ({name} undoes it)"
        yield Proposal(Convert(at=node.at, using=name), message, {"using": name})


def _fitting(different: Sequence[Sample], equal: Sequence[Sample], fits: Fits) -> Iterator[str]:
    for name, conversion in CONVERSIONS.items():
        turned = ((conversion.forward(sample.new), sample.old) for sample in different)
        if not all(out is not UNFIT and fits(out, old) for out, old in turned):
            continue
        kept = ((conversion.forward(sample.new), sample.old) for sample in equal)
        if all(out is UNFIT or same(out, old) for out, old in kept):
            yield name


def _alike(converted: Json, old: Json) -> bool:
    return _notation(converted) == _notation(old)


def _notation(value: Json) -> str:
    """The JSON type, integers apart, and for a text its pattern of characters."""
    if isinstance(value, str):
        return f"string {pattern(value)}"
    return "integer" if isinstance(value, int) and not isinstance(value, bool) else json_type(value)
