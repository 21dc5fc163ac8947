"""What a person knows better than the traffic: `GET /x $.items[*].attributes=map` overrides what was learned there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.process import extractOne

from harness.model.errors import UsageError
from harness.model.paths import Path, format_path, parse_path

_WRITTEN = re.compile(r"(?:(?P<operation>[^$\s].*?)\s+)?(?P<path>\$.*)=(?P<kind>[^=]*)", re.DOTALL)


class Pin(StrEnum):
    """`map`: the keys are data; `enum`: the values seen are all that there are; `opaque`: anything, not looked into."""

    MAP = "map"
    ENUM = "enum"
    OPAQUE = "opaque"


@dataclass(frozen=True)
class Pinned:
    """One pin as it was `written`; `operation` is "" for all of them."""

    written: str
    operation: str
    path: Path
    pin: Pin


@dataclass
class Pins:
    """Pins for a document; which of them were met is noted as its places are visited."""

    pinned: Sequence[Pinned] = ()
    _met: set[Pinned] = field(default_factory=set)
    _places: set[tuple[str, str]] = field(default_factory=set)

    def at(self, operation: str, path: Path) -> Pin | None:
        """What is pinned at a place; the last that was given wins."""
        if not self.pinned:
            return None
        self._places.add((operation, format_path(path)))
        found = [each for each in self.pinned if each.path == path and each.operation in ("", operation)]
        self._met.update(found)
        return found[-1].pin if found else None

    def require_all_met(self) -> None:
        """Raises UsageError for a pin whose place was never visited, naming the nearest that was."""
        for each in self.pinned:
            if each not in self._met:
                raise UsageError(f"--pin {each.written}: {self._missing(each)}", hint=self._nearest(each))

    def _missing(self, pinned: Pinned) -> str:
        if pinned.operation and pinned.operation not in (operation for operation, _ in self._places):
            return f"no operation is {pinned.operation!r}"
        return f"nothing stands at {format_path(pinned.path)}" + (f" of {pinned.operation}" if pinned.operation else "")

    def _nearest(self, pinned: Pinned) -> str:
        wanted = f"{pinned.operation} {format_path(pinned.path)}".strip()
        known = sorted({" ".join(place) if pinned.operation else place[1] for place in self._places})
        if not known:
            return "there is no JSON in this traffic"
        return f"did you mean {extractOne(wanted, known)[0]!r}?"


def parse_pins(written: Iterable[str]) -> Pins:
    """The pins of a command line, each `[METHOD /template ]$.path=map|enum|opaque`. Raises UsageError on anything else."""
    return Pins([_parsed(each) for each in written])


def _parsed(written: str) -> Pinned:
    found = _WRITTEN.fullmatch(written)
    hint = "write it like '$.items[*].attributes=map' or 'GET /articles/{slug} $.tags=opaque'"
    try:
        if found is None or found["kind"] not in list(Pin):
            raise ValueError(f"it does not end with ={', ='.join(Pin)} after a path")
        operation = " ".join((found["operation"] or "").split())
        return Pinned(written, operation, parse_path(found["path"]), Pin(found["kind"]))
    except ValueError as error:
        raise UsageError(f"--pin {written}: {error}", hint=hint) from error
