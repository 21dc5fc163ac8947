"""Counts of how OLD's values come out behind a shim, place by place, with the worst difference of each as its example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from harness.lens.answer import ABSENT
from harness.model.json_text import Json, serialize
from harness.model.paths import Path, format_path
from harness.model.summary import Agreement
from harness.model.verification import Example, Field
from harness.shims.claims import NO_CLAIM, Claim
from harness.shims.leaves import Pointer

_EXCERPT = 200

Place = Path | str
"""A template in the body, or `status`, `header NAME`, `body` (one that is no JSON), `request`."""


class Standing(IntEnum):
    """How one value comes out; what counts more is shown rather."""

    EQUAL = 0
    NOISY = 1
    ADDED = 2
    LOST = 3
    WRONG = 4


@dataclass(frozen=True)
class Seen:
    """A value that is not as OLD has it, in one call. `values` are OLD's, NEW's and the shim's, ABSENT where there is none.

    `before`: it was right without the shim. `claimed`: the shim claims that it is right with it.
    """

    call: str
    at: Pointer
    values: tuple[Json, Json, Json]
    standing: Standing
    before: bool = False
    claimed: bool = False
    claim: Claim = NO_CLAIM

    @property
    def weight(self) -> tuple[bool, bool, Standing]:
        """What is shown rather than what."""
        return self.before and self.standing >= Standing.LOST, self.claimed, self.standing


@dataclass
class Tally:
    """One place of an operation."""

    counts: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    before: int = 0
    spoilt: int = 0
    claimed: int = 0
    claim: Claim = NO_CLAIM
    worst: Seen | None = None

    def equal(self, before: bool) -> None:
        """A value is OLD's."""
        self.counts[Standing.EQUAL] += 1
        self.before += before

    def differs(self, seen: Seen) -> None:
        """A value is another, noise, missing, or one that OLD never had."""
        self.counts[seen.standing] += 1
        self.before += seen.before
        self.spoilt += seen.weight[0]
        self.claimed += seen.claimed
        self.claim = self.claim if self.claim.said else seen.claim
        if self.worst is None or seen.weight > self.worst.weight:
            self.worst = seen

    def told(self, operation: str, place: Place) -> Field:
        """For a report."""
        equal, noisy, added, lost, wrong = self.counts.values()
        return Field(
            operation=operation,
            place=place if isinstance(place, str) else format_path(place),
            seen=equal + noisy + lost + wrong,
            before=self.before,
            equal=equal,
            noisy=noisy,
            lost=lost,
            wrong=wrong,
            spoilt=self.spoilt,
            added=added,
            claimed=self.claimed,
            said=self.claim.said,
            reason=self.claim.reason,
            example=_example(self.worst),
        )


@dataclass
class Row:
    """One operation."""

    operation: str
    pairs: int = 0
    places: dict[Place, Tally] = field(default_factory=dict)

    def at(self, place: Place) -> Tally:
        """The tally of a place."""
        tally = self.places.get(place)
        if tally is None:
            tally = self.places[place] = Tally()
        return tally

    def fields(self) -> Iterator[Field]:
        """Every place: what is not in a body first, then the places in it, by name."""
        named = [place for place in self.places if isinstance(place, str)]
        inside = sorted((place for place in self.places if not isinstance(place, str)), key=format_path)
        order: list[Place] = [*named, *inside]
        return (self.places[place].told(self.operation, place) for place in order)

    def agreement(self) -> Agreement:
        """The leaves of the bodies, counted together."""
        body = [tally.told("", "") for place, tally in self.places.items() if not isinstance(place, str)]
        names = ("seen", "before", "equal", "noisy", "lost", "wrong")
        return Agreement(self.operation, self.pairs, *(sum(getattr(each, name) for each in body) for name in names))


def _example(seen: Seen | None) -> Example | None:
    return None if seen is None else Example(seen.call, _pointer(seen.at), *map(_excerpt, seen.values))


def _excerpt(value: Json) -> str:
    text = "" if value is ABSENT else serialize(value).decode()
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"


def _pointer(at: Pointer) -> str:
    """RFC 6901."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in at)
