"""What differs between two runs of ONE version: it says nothing about the upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.changes.agreement import in_order, pair_elements, same
from harness.changes.evidence import OperationOf, read_body
from harness.changes.header_values import values_of
from harness.changes.node import is_data
from harness.changes.pairing import pair
from harness.lens.answer import ABSENT
from harness.model.exchange import Exchange, Recording, Response
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import ANY, EACH, Path


@dataclass(frozen=True)
class Places:
    """Templates of scalars that are noisy; a template with ANY is one of them when it stands for one of them."""

    paths: frozenset[Path] = frozenset()

    def __contains__(self, at: object) -> bool:
        return at in self.paths or (
            isinstance(at, tuple) and ANY in at and any(_stands_for(at, path) for path in self.paths)
        )


@dataclass(frozen=True)
class Again:
    """What a version's second run answered to the calls of its first."""

    answers: dict[int, Response] = field(default_factory=dict)

    def to(self, exchange: Exchange) -> Response | None:
        """The second answer to a call of the first run; None where it was not asked again, or answered otherwise."""
        again = self.answers.get(id(exchange))
        same_status = again is not None and exchange.response is not None and again.status == exchange.response.status
        return again if same_status else None


@dataclass(frozen=True)
class Noise:
    """By operation: places in the body, names of headers, and whether a body that is no JSON differs as a whole.

    `old_again` and `new_again` are the second runs; `measured` says whether one of them was there to measure by.
    """

    places: dict[Operation, set[Path]] = field(default_factory=dict)
    headers: dict[Operation, set[str]] = field(default_factory=dict)
    texts: set[Operation] = field(default_factory=set)
    measured: bool = False
    old_again: Again = field(default_factory=Again)
    new_again: Again = field(default_factory=Again)

    def of(self, operation: Operation | None) -> Places:
        """The noisy places of an operation; of all of them for None."""
        if operation is None:
            return Places(frozenset().union(*self.places.values()))
        return Places(frozenset(self.places.get(operation, ())))

    def headers_of(self, operation: Operation | None) -> set[str]:
        """The noisy headers of an operation, in lower case; of all of them for None."""
        return set().union(*self.headers.values()) if operation is None else self.headers.get(operation, set())


def noise_between(
    old: Recording, old_again: Recording | None, new: Recording, new_again: Recording | None, operation_of: OperationOf
) -> Noise:
    """What differs within OLD's two runs or within NEW's; nothing is noisy where no second run is given."""
    noise = Noise(measured=old_again is not None or new_again is not None)
    names = {exchange.id: operation_of(exchange.request) for exchange in old.exchanges if exchange.id is not None}
    for first, second, again in ((old, old_again, noise.old_again), (new, new_again, noise.new_again)):
        for paired in pair(first, second).pairs if second is not None else ():
            one, other = paired.old.response, paired.new.response
            if one is not None and other is not None:
                again.answers[id(paired.old)] = other
                known = names.get(paired.old.id) if paired.old.id is not None else None
                _add(noise, known or operation_of(paired.old.request), one, other)
    return noise


def _add(noise: Noise, operation: Operation, one: Response, other: Response) -> None:
    here, there = read_body(one), read_body(other)
    noise.places.setdefault(operation, set()).update(varying(here, there, ()))
    if here is ABSENT and there is ABSENT and one.body != other.body:
        noise.texts.add(operation)
    first, second = values_of(one.headers), values_of(other.headers)
    differing = (name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    noise.headers.setdefault(operation, set()).update(differing)


def _stands_for(template: Path, path: Path) -> bool:
    return len(template) == len(path) and all(
        step == found or (step is ANY and isinstance(found, str)) for step, found in zip(template, path, strict=True)
    )


def varying(one: Json, other: Json, at: Path) -> Iterator[Path]:
    """Templates of the scalars that differ between two bodies, of the lists whose order and of the maps whose names do.

    A form or a length that differs is never noise.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        if any(map(is_data, one.keys() ^ other.keys())):
            yield at
        for key, item in one.items():
            if key in other:
                yield from varying(item, other[key], (*at, key))
    elif isinstance(one, list) and isinstance(other, list):
        pairs = pair_elements(one, other)[0]
        if not in_order(pairs):
            yield at
        for left, right in pairs:
            yield from varying(one[left], other[right], (*at, EACH))
    elif type(one) is type(other) and not same(one, other):
        yield at
