"""What moved between two declared schemas: members renamed or moved, objects and lists put into envelopes or taken out.

Decided by structure and names, since there are no values. Where two explanations are as good, neither is given: both are rivals.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterator
from dataclasses import dataclass

from harness.declared.envelopes import enveloped, regrouped
from harness.declared.likeness import Side, alike, telling
from harness.declared.reshaping import (
    CLOSE,
    FITS,
    INSIDE,
    MOVED,
    NAMED,
    RECASED,
    RENAMED,
    TELLS,
    Structure,
    Transition,
)  # fmt: skip
from harness.declared.walk import PLACES
from harness.lens.likeness import name_similarity
from harness.lens.steps.recase import convention, words
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path, Step, format_path

Pair = tuple[int, ...]
"""What is stated on both sides, by identity."""


@dataclass(frozen=True)
class _Visit:
    """A place of OLD and the place of NEW that is the same. `above` are the pairs that it is in; `moved`: it has another path."""

    here: Path
    there: Path
    old: Side
    new: Side
    above: tuple[Pair, ...] = ()
    moved: bool = False

    @property
    def pair(self) -> Pair:
        return (*map(id, self.old.stated), 0, *map(id, self.new.stated))

    def inside(self, here: Path, there: Path, *, moved: bool) -> _Visit:
        old, new = self.old.at(*here[len(self.here) :]), self.new.at(*there[len(self.there) :])
        return _Visit(here, there, old, new, (*self.above, self.pair), self.moved or moved)


def structure(old: Side, new: Side, differing: Container[Path] | None = None) -> Structure:
    """The transitions between two schemas of one answer, at up to PLACES places for each pair of schemas in them.

    `differing` are the places in which, or inside of which, something is known to differ; None where that is not known.
    """
    found = Structure()
    lost: list[Path] = []
    won: list[Path] = []
    seen: Counter[Pair] = Counter()
    waiting = deque([_Visit((), (), old, new)])
    while waiting:
        visit = waiting.popleft()
        seen[visit.pair] += 1
        if not visit.old.stated or not visit.new.stated or visit.pair in visit.above or seen[visit.pair] > PLACES:
            continue
        whole = enveloped(found, visit.here, visit.there, visit.old, visit.new)
        told = [whole] if whole else list(_members(found, visit))
        found.transitions += told
        waiting += [visit.inside(*pair, moved=True) for each in told for pair in each.inner]
        if whole:
            continue
        for step in _shared(visit.old, visit.new):
            here = (*visit.here, step)
            if visit.moved or differing is None or here in differing:
                waiting.append(visit.inside(here, (*visit.there, step), moved=False))
        gone, come = {path for each in told for path in each.gone}, {path for each in told for path in each.come}
        lost += [path for name in _only(visit.old, visit.new) if (path := (*visit.here, name)) not in gone]
        won += [path for name in _only(visit.new, visit.old) if (path := (*visit.there, name)) not in come]
    _moved(found, old, new, lost, won)
    return found


def _members(found: Structure, visit: _Visit) -> Iterator[Transition]:
    """What happened to the members that only one side has."""
    gone, come = _only(visit.old, visit.new), _only(visit.new, visit.old)
    for each in regrouped(visit.old, visit.new, gone, come, visit.here, visit.there):
        gone = [name for name in gone if (*visit.here, name) not in each.gone]
        come = [name for name in come if (*visit.there, name) not in each.come]
        yield each
    yield from _renamed(found, visit.old, visit.new, gone, come, visit.here, visit.there)


@dataclass(frozen=True)
class _Match:
    old: str
    new: str
    score: float


def _renamed(
    found: Structure, one: Side, other: Side, gone: list[str], come: list[str], here: Path, there: Path
) -> Iterator[Transition]:
    """The best pairs of a lost and a won member; a pair with a rival is left alone, and so are its rivals."""
    matches = [
        match for name in gone for called in come if (match := _match(one.at(name), other.at(called), name, called))
    ]
    for match in sorted(matches, key=lambda each: (-each.score, each.old, each.new)):
        rivals = [
            each
            for each in matches
            if each != match and (each.old == match.old or each.new == match.new) and each.score > match.score - CLOSE
        ]
        at, to = (*here, match.old), (*there, match.new)
        if rivals:
            found.rivals[at] = sorted(
                {repr(each.new) for each in (match, *rivals) if each.old == match.old} or {repr(match.new)}
            )
        elif not any(each.old == match.old or each.new == match.new for each in matches if each.score > match.score):
            kind = RECASED if _recased(match) else RENAMED
            message = f"{match.old!r} is now called {match.new!r}"
            facts: dict[str, Json] = {"old": match.old, "new": match.new}
            yield Transition(kind, at, to, message, facts, (at,), (to,), ((at, to),))


def _match(old: Side, new: Side, name: str, called: str) -> _Match | None:
    fit = alike(old, new)
    named, tells = name_similarity(name, called), telling(old, new)
    if fit < FITS or (named < NAMED and tells < TELLS):
        return None
    return _Match(name, called, fit * (0.6 + 0.2 * min(2.0, tells)) + 0.5 * named)


def _recased(match: _Match) -> bool:
    return words(match.old) == words(match.new) and bool(convention(match.old) or convention(match.new))


def _moved(found: Structure, old: Side, new: Side, lost: list[Path], won: list[Path]) -> None:
    """Members that are lost in one object and won, under their name, in another; both in the same elements of the same lists."""
    by_name: dict[tuple[str, ...], list[Path]] = {}
    for path in (path for each in won for path in _within(new, each)):
        by_name.setdefault(_called(path), []).append(path)
    here = [path for each in lost for path in _within(old, each)]
    pairs = [(a, b) for a in here for b in by_name.get(_called(a), ()) if _is_moved(old, new, a, b)]
    for a, b in pairs:
        others = [(x, y) for x, y in pairs if (x == a) != (y == b)]
        if others:
            found.rivals[a] = sorted({format_path(y) for x, y in pairs if x == a})
            continue
        if any(a[: len(x)] == x and b[: len(y)] == y and (x, y) != (a, b) for x, y in pairs):
            continue  # it went with what it is in
        message = f"{format_path(a)} now stands at {format_path(b)}"
        facts: dict[str, Json] = {"old": format_path(a), "new": format_path(b)}
        found.transitions.append(Transition(MOVED, a, b, message, facts, (a,), (b,), ((a, b),)))


def _called(path: Path) -> tuple[str, ...]:
    """The words of a member's name, or the name where it has none."""
    name = str(path[-1])
    return tuple(words(name)) or (name,)


def _is_moved(old: Side, new: Side, a: Path, b: Path) -> bool:
    if a[:-1] == b[:-1] or _loops(a) != _loops(b):
        return False
    one, other = old.at(*a), new.at(*b)
    return alike(one, other) >= FITS and bool(one.types and other.types)


def _loops(path: Path) -> Path:
    """The way to the innermost list or map."""
    last = max((number for number, step in enumerate(path) if step in (EACH, ANY)), default=-1)
    return path[: last + 1]


def _within(side: Side, path: Path, depth: int = INSIDE) -> Iterator[Path]:
    """A place and the members inside it, not those of lists."""
    yield path
    if depth:
        inner = side.at(*path)
        for name in inner.members:
            yield from _within(side, (*path, name), depth - 1)


def _shared(one: Side, other: Side) -> list[Step]:
    return [*(name for name in one.members if name in other.members), EACH, ANY]


def _only(one: Side, other: Side) -> list[str]:
    return [name for name in one.members if name not in other.members]
