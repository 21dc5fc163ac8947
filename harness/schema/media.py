"""Request media types: of what type a body was sent, and whether one path takes bodies of other shapes under other types."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from harness.model.exchange import Request, header
from harness.schema.path_sample import Calls
from harness.schema.reading import is_looked_into, media_type_of, read
from harness.schema.shapes import AGREEMENT, Shape, shape

MOST_TYPES = 16
"""So many media types are told apart on one path."""


def media_type(request: Request) -> str:
    """The media type of a request's body in lower case without parameters; `""` for no body, or when not said."""
    if not request.body:
        return ""
    return media_type_of(header(request.headers, "content-type") or "")


@dataclass
class Sent:
    """What was sent on one path: the shapes of the bodies, by media type."""

    by_type: dict[str, Calls] = field(default_factory=dict)

    def add(self, request: Request) -> None:
        """Take in one request; without a body it tells nothing."""
        said = media_type(request)
        if said and (said in self.by_type or len(self.by_type) < MOST_TYPES):
            self.by_type.setdefault(said, Calls()).add(_shape(said, request.body), True)

    @property
    def differ(self) -> bool:
        """Whether some two media types have bodies of other shapes."""
        return _differ({said: calls.shapes for said, calls in self.by_type.items()})


def merged(sent: Collection[Sent]) -> Sent:
    """Everything that was sent on several paths."""
    both = Sent()
    for each in sent:
        for said, calls in each.by_type.items():
            for found in calls.shapes:
                both.by_type.setdefault(said, Calls()).add(found, True)
    return both


def _differ(shapes: Mapping[str, Collection[Shape]]) -> bool:
    return any(
        not any(_alike(mine, theirs) for mine in one for theirs in other)
        for one, other in combinations(shapes.values(), 2)
    )


def _alike(one: Shape, other: Shape) -> bool:
    return one.kind == other.kind and len(one.keys & other.keys) >= AGREEMENT * len(one.keys | other.keys)


def _shape(said: str, body: bytes) -> Shape:
    """A body that is not read has the shape of its type; so does a scalar."""
    found = shape(read(body, said).value) if is_looked_into(said, body) else None
    return found or Shape(said, frozenset())
