"""What a plugin reads of the answers, wherever that is known from: a file that a person wrote, or the plugin itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from harness.changes.study import ERRORS
from harness.contract.places import in_body, normal_place
from harness.declared.api import BARE
from harness.model.operation import Operation
from harness.model.paths import Path, Wild
from harness.model.template import PathTemplate

_EVERY = ("every ", str(BARE))


class Weight(IntEnum):
    """How much hangs on a place, the most first."""

    READ = 0
    """It is read by name, or the plugin's outcome changes without it."""
    TAKEN = 1
    """It is taken along with what holds it (a copy, a text, a loop); what becomes of it there was not seen."""
    OPTIONAL = 2
    """The plugin asks whether it is there, and does without."""
    SPARED = 3
    """Nobody saw it read, and without it the plugin's outcome is the same."""


@dataclass(frozen=True)
class Read:
    """Something of an answer: a `path` in its body, or else a header or the status. `text` is its name.

    `told` says in words how it is used ("" where a person only named it), `asked` what would decide where the weight does not,
    `inside` the same two for what it holds, where that was taken along with it.
    """

    text: str
    path: Path | None = None
    weight: Weight = Weight.READ
    told: str = ""
    asked: str = ""
    inside: tuple[str, str] | None = None

    @classmethod
    def parse(cls, text: str) -> Read:
        """`$.tags[*].name`, `header x-total-count` or `status`. Raises ValueError on anything else."""
        place = normal_place(text)
        return cls(place, in_body(place))


@dataclass(frozen=True)
class Reads:
    """`operations` maps an operation (`GET /articles/{id}`, `errors`) to what is read of its answers; `source` says so.

    `watched` is whether that was seen while the plugin ran, so that what is not there was not read; a person may have left out
    something. Of the operations in `unknown` nobody knows the rest: it counts as read. `behind` is asked where this says
    nothing.
    """

    source: str
    operations: Mapping[str, tuple[Read, ...]]
    watched: bool = False
    unknown: frozenset[str] = frozenset()
    behind: Reads | None = None

    def of(self, operation: str) -> tuple[Read, ...] | None:
        """What is read of an operation's answers; None where nothing is said about it.

        Names of path variables do not matter. The entry that fits most closely holds: `GET /articles/latest` goes before
        `GET /articles/{id}`, one with a discriminator (a GraphQL operation) before one without. Entries for single calls
        (`GET /articles/7`) hold together for an operation that covers them, and those of all for `every answer` and for a
        schema that names no operation.
        """
        names = self._entries(operation)
        return None if names is None else _joined(self.operations[name] for name in names)

    def is_unknown(self, operation: str) -> bool:
        """Whether what is not listed counts as read all the same."""
        return any(name in self.unknown for name in self._entries(operation) or ())

    def about(self, operation: str) -> Reads:
        """The reads that say something about an operation, this or those behind; this where none does."""
        if self.behind is None or self._entries(operation) is not None:
            return self
        behind = self.behind.about(operation)
        return behind if behind.of(operation) is not None else self

    def _entries(self, operation: str) -> list[str] | None:
        """The names of the entries that hold for an operation; None where there is none. Who watched saw errors as well."""
        if operation in self.operations:
            return [operation]
        if operation.startswith(_EVERY) or (self.watched and operation == ERRORS):
            return list(self.operations)
        asked = parse_operation(operation)
        if asked is None:
            return None
        around = [(name, each) for name, each in self._parsed if _covers(each, asked)]
        if around:
            closest = max(_closeness(each) for _, each in around)
            return [name for name, each in around if _closeness(each) == closest]
        return [name for name, each in self._parsed if _covers(asked, each)] or None

    @cached_property
    def _parsed(self) -> list[tuple[str, Operation]]:
        found = ((name, parse_operation(name)) for name in self.operations)
        return [(name, operation) for name, operation in found if operation is not None]


def parse_operation(text: str) -> Operation | None:
    """`POST /graphql GetUser` as an operation; None where it names none (`errors`, `every answer`)."""
    method, _, rest = text.partition(" ")
    template, _, discriminator = rest.partition(" ")
    return Operation(method, template, discriminator) if template.startswith("/") else None


def touched(changed: Path, read: Path) -> bool:
    """Whether a change at one path changes what is read at the other: it stands there, or above."""
    return len(changed) <= len(read) and _alike(changed, read)


def holding(changed: Path, places: Iterable[Read]) -> list[Read]:
    """The places that hold the changed one somewhere inside, the nearest first."""
    found = [(each.path, each) for each in places if each.path is not None]
    around = [(path, each) for path, each in found if len(path) < len(changed) and _alike(changed, path)]
    return [each for _, each in sorted(around, key=lambda pair: -len(pair[0]))]


def read_whole(changed: Path, places: Sequence[Read]) -> Read | None:
    """The place that is read as a whole and holds the change somewhere inside.

    Who reads `$.a.b` looks into `$.a`: a place is read as a whole where none inside it is read.
    """
    paths = [place.path for place in places if place.path is not None]
    looked_into = {path[:end] for path in paths for end in range(len(path))}
    return next((each for each in holding(changed, places) if each.path not in looked_into), None)


def _alike(one: Path, other: Path) -> bool:
    """Whether two paths meet, as far as the shorter goes; a wildcard meets any step."""
    return all(a == b or isinstance(a, Wild) or isinstance(b, Wild) for a, b in zip(one, other, strict=False))


def _covers(wide: Operation, narrow: Operation) -> bool:
    """Whether each call of `narrow` is one of `wide`: its path, with the variables standing for themselves, fits."""
    same = wide.method == narrow.method and wide.discriminator in ("", narrow.discriminator)
    return same and PathTemplate(wide.template).raw(narrow.template) is not None


def _closeness(operation: Operation) -> tuple[bool, int]:
    return bool(operation.discriminator), PathTemplate(operation.template).literal


def _joined(several: Iterable[tuple[Read, ...]]) -> tuple[Read, ...]:
    return tuple(dict.fromkeys(place for places in several for place in places))
