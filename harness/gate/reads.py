"""What a plugin reads of the answers, wherever that is known from: a file that a person wrote, or the plugin itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from harness.declared.api import BARE
from harness.model.operation import Operation
from harness.model.paths import Path, Wild, format_path, parse_path
from harness.model.template import PathTemplate

STATUS = "status"
HEADER = "header "
_EVERY = ("every ", str(BARE))


@dataclass(frozen=True)
class Read:
    """Something of an answer that is read: a `path` in its body, or else a header or the status. `text` is its name."""

    text: str
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> Read:
        """`$.tags[*].name`, `header x-total-count` or `status`. Raises ValueError on anything else."""
        if text.startswith("$"):
            path = parse_path(text)
            return cls(format_path(path), path)
        name = text.removeprefix(HEADER).strip()
        if text == STATUS or (text.startswith(HEADER) and name and not any(map(str.isspace, name))):
            return cls(STATUS if text == STATUS else HEADER + name.lower())
        raise ValueError(f"{text!r} is no place in an answer: write $.a.path, header NAME or status")


@dataclass(frozen=True)
class Reads:
    """`operations` maps an operation (`GET /articles/{id}`, `errors`) to what is read of its answers; `source` says so."""

    source: str
    operations: Mapping[str, tuple[Read, ...]]

    def of(self, operation: str) -> tuple[Read, ...] | None:
        """What is read of an operation's answers; None where nothing is said about it.

        Names of path variables do not matter. The entry that fits most closely holds: `GET /articles/latest` goes before
        `GET /articles/{id}`, one with a discriminator (a GraphQL operation) before one without. Entries for single calls
        (`GET /articles/7`) hold together for an operation that covers them, and those of all for `every answer` and for a
        schema that names no operation.
        """
        if operation in self.operations:
            return self.operations[operation]
        if operation.startswith(_EVERY):
            return _joined(self.operations.values())
        asked = parse_operation(operation)
        if asked is None:
            return None
        around = [(each, places) for each, places in self._parsed if _covers(each, asked)]
        if around:
            closest = max(_closeness(each) for each, _ in around)
            return _joined(places for each, places in around if _closeness(each) == closest)
        within = [places for each, places in self._parsed if _covers(asked, each)]
        return _joined(within) if within else None

    @cached_property
    def _parsed(self) -> list[tuple[Operation, tuple[Read, ...]]]:
        found = ((parse_operation(name), places) for name, places in self.operations.items())
        return [(operation, places) for operation, places in found if operation is not None]


def parse_operation(text: str) -> Operation | None:
    """`POST /graphql GetUser` as an operation; None where it names none (`errors`, `every answer`)."""
    method, _, rest = text.partition(" ")
    template, _, discriminator = rest.partition(" ")
    return Operation(method, template, discriminator) if template.startswith("/") else None


def touched(changed: Path, read: Path) -> bool:
    """Whether a change at one path changes what is read at the other: it stands there, or above."""
    return len(changed) <= len(read) and _alike(changed, read)


def read_whole(changed: Path, places: Iterable[Read]) -> Read | None:
    """The place that is read as a whole and holds the change somewhere inside.

    Who reads `$.a.b` looks into `$.a`: a place is read as a whole where none inside it is read.
    """
    paths = {place.path: place for place in places if place.path is not None}
    looked_into = {path[:end] for path in paths for end in range(len(path))}
    around = (path for path in paths if len(path) < len(changed) and _alike(changed, path))
    return next((paths[path] for path in around if path not in looked_into), None)


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
