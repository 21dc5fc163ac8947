"""What a shim's file says of a place that comes out differently: that it is lost, that it is ambiguous, or nothing.

A shim that knows a call and says nothing of a place claims that OLD's value stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.model.paths import Path, parse_path
from harness.model.verification import Said
from harness.shims.addressed import addressed, covers
from harness.shims.document import Ambiguous, Entry

_WHOLE = "$"


@dataclass(frozen=True)
class Claim:
    """`reason` is the shim's own."""

    said: Said
    reason: str


NO_CLAIM = Claim(Said.NOTHING, "")


class Claims:
    """What the entries that know a call say. Paths that are none cover nothing: a person may have written anything."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._bodies: list[tuple[Path, Claim]] = []
        self._named: dict[str, Claim] = {}
        for entry in entries:
            for lost in entry.lost:
                self._add(lost.path, Claim(Said.LOST, lost.reason))
            for ambiguous in entry.ambiguous:
                self._add(ambiguous.path, Claim(Said.AMBIGUOUS, ambiguous.reason), _changed(ambiguous))

    def of_body(self, at: Path) -> Claim:
        """What is said of a place in the body."""
        return next((claim for template, claim in self._bodies if covers(template, at)), NO_CLAIM)

    def of(self, place: str) -> Claim:
        """What is said of `status`, `header NAME`, `body` or `request`; `$` is the whole answer."""
        return self._named.get(place.lower()) or self._named.get(_WHOLE) or NO_CLAIM

    def _add(self, path: str, claim: Claim, changed: Iterable[Path] = ()) -> None:
        self._bodies += [(place, claim) for place in list(changed) or _parsed(path)]
        self._named.setdefault("request" if path.startswith("request ") else path.lower(), claim)


def _changed(ambiguous: Ambiguous) -> Iterator[Path]:
    """What the choices would change; nothing where the file does not list them."""
    for choice in ambiguous.choices:
        yield from addressed(choice.step)


def _parsed(text: str) -> list[Path]:
    try:
        return [parse_path(text)]
    except ValueError:
        return []
