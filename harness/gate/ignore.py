"""Changes that somebody accepted: each entry names one place or one finding, and says why. What it accepts is still told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from harness.changes.fold import folded
from harness.model.change import Change
from harness.model.summary import Accepted
from harness.written import Mistake, refused


@dataclass(frozen=True)
class Entry:
    """One accepted change. A scope that is "" is not asked for; the others must be equal. `line` is its place in the file."""

    reason: str
    fingerprint: str = ""
    rule: str = ""
    operation: str = ""
    path: str = ""
    environment: str = ""
    owner: str = ""
    expires: date | None = None
    line: int = 1

    def fits(self, change: Change) -> bool:
        """Whether it accepts a change (in the environments that it is for)."""
        asked = (
            (self.fingerprint, change.fingerprint),
            (self.rule, change.kind),
            (self.operation, change.operation),
            (self.path, change.path),
        )
        return all(scope in ("", found) for scope, found in asked)


@dataclass(frozen=True)
class Ignore:
    """The entries of an ignore file."""

    file: Path
    entries: tuple[Entry, ...] = ()

    def applied(
        self, changes: Sequence[Change], *, environment: str | None, today: date
    ) -> tuple[list[Change], list[Accepted]]:
        """(what stands, what is accepted), of changes with one place each; `environment` is the one that they are of.

        Raises BadFile that names each entry which is expired or accepts nothing. One for another environment is not
        judged; neither is what an entry for all environments accepts in one of them: it may be meant for another.
        """
        entries = [each for each in self.entries if each.environment in ("", environment)]
        mistakes = [*self._expired(entries, today), *self._idle(entries, changes, environment)]
        if mistakes:
            raise refused(self.file, mistakes)
        accepted: dict[Entry, list[Change]] = {}
        standing: list[Change] = []
        for change in changes:
            entry = next((each for each in entries if each.fits(change)), None)
            (standing if entry is None else accepted.setdefault(entry, [])).append(change)
        return standing, [each for entry, found in accepted.items() for each in _accepted(entry, found)]

    def _expired(self, entries: Sequence[Entry], today: date) -> Iterator[Mistake]:
        for entry in entries:
            if entry.expires is not None and entry.expires < today:
                what = f"the entry expired on {entry.expires}: {entry.reason}"
                yield Mistake(entry.line, what, "remove it, or look at the change again and give it another date")

    def _idle(self, entries: Sequence[Entry], changes: Sequence[Change], environment: str | None) -> Iterator[Mistake]:
        for entry in entries:
            elsewhere = environment is not None and not entry.environment
            if not elsewhere and not any(map(entry.fits, changes)):
                yield Mistake(entry.line, f"the entry accepts nothing: {entry.reason}", _nearest(entry, changes))


def _accepted(entry: Entry, changes: Sequence[Change]) -> Iterator[Accepted]:
    expires = entry.expires.isoformat() if entry.expires else ""
    for change in folded(changes):
        yield Accepted(change, entry.reason, entry.owner, expires)


def _nearest(entry: Entry, changes: Sequence[Change]) -> str:
    """What to do about an entry that accepts nothing."""
    alike = [each for each in changes if entry.path == each.path or entry.fingerprint == each.fingerprint != ""]
    if not alike:
        return "remove it: nothing has changed there (for another comparison, keep another file: --ignore FILE)"
    near = alike[0]
    return f"remove it, or did you mean {near.kind} at {near.operation} {near.path} ({near.fingerprint})?"
