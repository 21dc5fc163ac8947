"""The conversions that fit what stands at a place: shared by the kinds that name a change of type and one of notation."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.node import Node, Proposal
from harness.lens.condition import json_type
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.steps.convert import Convert


def conversions(node: Node, *, changes_type: bool) -> Iterator[Proposal]:
    """A proposal for each conversion that turns every NEW value that differs into OLD's, and leaves equal ones alone."""
    different = [
        sample
        for sample in node.samples
        if not same(sample.old, sample.new) and sample.new is not None and sample.old is not None
    ]
    equal = [sample for sample in node.samples if same(sample.old, sample.new)]
    if not different:
        return
    for name, conversion in CONVERSIONS.items():
        fits = all(exactly(conversion.forward(sample.new), sample.old) for sample in different)
        harms = any(
            (out := conversion.forward(sample.new)) is not UNFIT and not same(out, sample.old) for sample in equal
        )
        crosses = json_type(different[0].old) != json_type(different[0].new)
        if fits and not harms and crosses is changes_type:
            yield Proposal(
                Convert(at=node.at, using=name), f"the value is written differently ({name} undoes it)", {"using": name}
            )


def exactly(left: object, right: object) -> bool:
    """Equal, and of one JSON type."""
    return left is not UNFIT and same(left, right)
