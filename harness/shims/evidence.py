"""What a shim is verified by: the recordings of both versions, paired, with what is noise in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from harness.changes.evidence import OperationOf
from harness.changes.noise import Noise, noise_between
from harness.changes.pairing import Paired, pair
from harness.changes.renewed import same_ids
from harness.model.exchange import Exchange, Recording
from harness.schema.operations import learn_operations


@dataclass(frozen=True)
class Evidence:
    """The recordings go by OLD's ids: what each run made for itself has one name in all of them."""

    old: Recording
    new: Recording
    old_again: Recording | None = None
    new_again: Recording | None = None

    @cached_property
    def pairs(self) -> tuple[Paired, ...]:
        """The calls that are in both."""
        return pair(self.old, self.new).pairs

    @cached_property
    def operation_of(self) -> OperationOf:
        """Which operation a call is of, as OLD's calls show it."""
        return learn_operations(self.old.exchanges).of

    @cached_property
    def noise(self) -> Noise:
        """What differs between two runs of one version."""
        return noise_between(self.old, self.old_again, self.new, self.new_again, self.operation_of)

    def only(self, pairs: Iterable[Paired]) -> Evidence:
        """Some of the calls, and what the second runs answered to these."""
        pairs = list(pairs)
        old, new = [each.old for each in pairs], [each.new for each in pairs]
        return Evidence(
            Recording(tuple(old), self.old.source),
            Recording(tuple(new), self.new.source),
            _again(self.old, self.old_again, old),
            _again(self.new, self.new_again, new),
        )


def evidence(
    old: Recording, new: Recording, old_again: Recording | None = None, new_again: Recording | None = None
) -> Evidence:
    """Of recordings as they were made. Raises UsageError where a second run has no call of the first."""
    new, old_again, new_again = same_ids(old, new, old_again, new_again)
    return Evidence(old, new, old_again, new_again)


def _again(first: Recording, again: Recording | None, asked: Iterable[Exchange]) -> Recording | None:
    if again is None:
        return None
    second = {id(each.old): each.new for each in pair(first, again).pairs}
    return Recording(tuple(second[id(each)] for each in asked if id(each) in second), again.source)
