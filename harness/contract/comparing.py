"""Two contracts of one plugin: what its new version calls, reads and needs that the old one did not, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.contract.contract import Called, Contract
from harness.contract.places import in_body
from harness.contract.uses import is_needed
from harness.model.operation import Operation
from harness.model.reads import Op

_VARIABLE = re.compile(r"\{[^{}/]*\}")


class How(StrEnum):
    """In what way a plugin relies on something."""

    CALLS = "calls"
    READS = "reads"
    NEEDS = "needs"


@dataclass(frozen=True)
class Reliance:
    """One thing that a plugin relies on: `place` is "" for the operation itself, and where nobody knows what is read."""

    how: How
    operation: str
    place: str = ""
    where: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """The place in words."""
        return self.place or ("" if self.how is How.CALLS else "what nobody watched: everything, as far as is known")


@dataclass(frozen=True)
class Compared:
    """What the second contract relies on besides the first, and what it no longer relies on."""

    more: tuple[Reliance, ...]
    less: tuple[Reliance, ...]


def compared(old: Contract, new: Contract) -> Compared:
    """Operations are the same where method and path are, whatever the variables are called.

    A place is told where nothing inside of it is: who reads `$.meta.page` looks into `$.meta`. What is taken along in a copy,
    or only asked for, is not relied on.
    """
    before, after = (_relied(each) for each in (old, new))
    return Compared(tuple(_beyond(after, before)), tuple(_beyond(before, after)))


_Key = tuple[How, str, str]


def _relied(contract: Contract) -> dict[_Key, Reliance]:
    found: dict[_Key, Reliance] = {}
    for operation, called in sorted(contract.operations.items()):
        name = _VARIABLE.sub("{}", str(operation))
        for each in _of(operation, called):
            found[each.how, name, each.place] = each
    return found


def _of(operation: Operation, called: Called) -> Iterator[Reliance]:
    name = str(operation)
    yield Reliance(How.CALLS, name)
    if not called.watched:
        yield Reliance(How.READS, name)
    for use in called.places:
        if Op.READ in use.ops:
            yield Reliance(How.READS, name, use.place, use.where)
        if is_needed(use):
            yield Reliance(How.NEEDS, name, use.place, use.where)


def _beyond(these: dict[_Key, Reliance], those: dict[_Key, Reliance]) -> Iterator[Reliance]:
    """What is in these alone; of an operation that is, that it is called says enough of its places.

    Where nobody watched, everything counts as read, and nothing is beyond that.
    """
    beyond = [
        (key, each)
        for key, each in these.items()
        if key not in those and (each.how is not How.READS or (*key[:2], "") not in those)
    ]
    strange = {name for (how, name, _), _ in beyond if how is How.CALLS}
    for (how, name, place), each in beyond:
        others = [other.place for (kind, same, _), other in beyond if (kind, same) == (how, name)]
        if how is How.CALLS or (name not in strange and not _looked_into(place, others)):
            yield each


def _looked_into(place: str, others: Iterable[str]) -> bool:
    path = in_body(place)
    deeper = (inner for other in others if (inner := in_body(other)) is not None)
    return path is not None and any(len(inner) > len(path) and inner[: len(path)] == path for inner in deeper)
