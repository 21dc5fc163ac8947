"""Each field of OLD's answers, told: where its value comes from, by which steps, on what evidence, or why it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from harness.changes.pairing import Paired
from harness.lens.places import values_at
from harness.lens.step import BodyStep
from harness.lens.steps.drop import Drop
from harness.lens.steps.pick import Pick
from harness.model.json_text import Json
from harness.model.paths import Path, format_path
from harness.shims.addressed import addressed
from harness.shims.choices import chosen
from harness.shims.document import HAND, Entry, Learned, Shim
from harness.shims.journey import forward, origin
from harness.shims.leaves import compare, leaves, template
from harness.shims.places import places
from harness.shims.program import Program, read_json
from harness.shims.yaml_writing import entry_key, step_text


class How(StrEnum):
    """What becomes of a field."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    MADE = "made"
    DROPPED = "dropped"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class By:
    """A step that has a part in it."""

    step: str
    evidence: str
    hand: bool


@dataclass(frozen=True)
class Counts:
    """Leaves of OLD's in recorded pairs, as they come out behind the shim."""

    equal: int = 0
    wrong: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Explained:
    """`field` is OLD's (of a request: NEW's), `source` where its value comes from."""

    operation: str
    side: str
    field: str
    how: How
    source: str
    by: tuple[By, ...] = ()
    why: str = ""
    leaves: Counts = Counts()


@dataclass
class Seen:
    """What recorded pairs show of an operation: the leaves of OLD's answers, and which places NEW's have."""

    news: list[Json] = field(default_factory=list)
    equal: Counter[Path] = field(default_factory=Counter)
    wrong: Counter[Path] = field(default_factory=Counter)
    missing: Counter[Path] = field(default_factory=Counter)
    fields: dict[Path, None] = field(default_factory=dict)

    def has(self, place: Path) -> bool:
        """Whether any of NEW's answers has something there."""
        return any(values_at(value, place) for value in self.news)


def explained(shim: Shim, program: Program | None = None, pairs: Sequence[Paired] = ()) -> list[Explained]:
    """Every field that the shim speaks of; with pairs (and the compiled shim) every field of OLD's answers as well."""
    seen = _seen(program, pairs) if program is not None else {}
    found: list[Explained] = []
    for entry in shim.entries:
        found += _calls(entry)
        found += _fields(entry, seen.get(entry_key(entry), Seen()))
    for name in ("everywhere", "otherwise", "requests"):
        found += _common(name, getattr(shim, name))
    found += [Explained("", "request", moved.to, How.MOVED, moved.from_, (), moved.evidence) for moved in shim.moved]
    return found


def _calls(entry: Entry) -> Iterator[Explained]:
    key = entry_key(entry)
    if entry.forward:
        yield Explained(key, "request", entry.forward, How.MOVED, entry.match)
    for learned in entry.request:
        for text in places(learned.step):
            yield Explained(key, "request", text, How.CHANGED, "", (_by(learned),))


def _fields(entry: Entry, seen: Seen) -> Iterator[Explained]:
    """The answer's fields: those that are open first, then what the steps make, then the rest of what OLD sent."""
    key, steps = entry_key(entry), [*entry.response, *chosen(entry)]
    told = {each.path for each in entry.lost} | {each.path for each in entry.ambiguous}
    for lost in entry.lost:
        yield Explained(key, "answer", lost.path, How.LOST, "", why=lost.reason, leaves=_counts(seen, lost.path))
    for ambiguous in entry.ambiguous:
        choices = tuple(map(_by, ambiguous.choices))
        yield Explained(key, "answer", ambiguous.path, How.AMBIGUOUS, "", choices, ambiguous.reason)
    for place in dict.fromkeys([*_made(steps), *seen.fields]):
        if format_path(place) not in told:
            yield _field(key, steps, place, seen)
    for learned in steps:
        if not isinstance(learned.step, BodyStep):
            for text in places(learned.step):
                yield Explained(key, "answer", text, How.CHANGED, "", (_by(learned),))
        elif isinstance(learned.step, (Drop, Pick)):
            gone = ", ".join(places(learned.step))
            yield Explained(key, "answer", gone, How.DROPPED, "", (_by(learned),))


def _field(key: str, steps: Sequence[Learned], place: Path, seen: Seen) -> Explained:
    came = origin(steps, place, seen.has)
    by, text = tuple(map(_by, came.by)), format_path(place)
    counts = _counts(seen, text)
    if came.place is None:
        return Explained(key, "answer", text, How.MADE, came.source, by, leaves=counts)
    how = How.CHANGED if came.changed else How.MOVED if came.place != place else How.UNCHANGED
    return Explained(key, "answer", text, how, format_path(came.place), by, leaves=counts)


def _made(steps: Sequence[Learned]) -> Iterator[Path]:
    """What the steps that make something make, as OLD calls it."""
    for at, learned in enumerate(steps):
        if isinstance(learned.step, (Drop, Pick)) or not isinstance(learned.step, BodyStep):
            continue
        *_, place = addressed(learned.step)
        yield from _as_old(place, [each.step for each in steps[at + 1 :] if isinstance(each.step, BodyStep)])


def _as_old(place: Path, steps: Iterable[BodyStep]) -> Iterator[Path]:
    for step in steps:
        moved = forward(step, place)
        if moved is None:
            return
        place = moved
    yield place


def _common(name: str, steps: Sequence[Learned]) -> Iterator[Explained]:
    side = "request" if name == "requests" else "answer"
    for learned in steps:
        for place in places(learned.step):
            yield Explained("", side, place, How.CHANGED, "", (_by(learned),), name)


def _by(learned: Learned) -> By:
    return By(step_text(learned.step), learned.evidence, learned.by == HAND)


def _counts(seen: Seen, text: str) -> Counts:
    at = next((place for place in seen.fields if format_path(place) == text), None)
    return Counts() if at is None else Counts(seen.equal[at], seen.wrong[at], seen.missing[at])


def _seen(program: Program, pairs: Sequence[Paired]) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for pair in pairs:
        if pair.old.response is None or pair.new.response is None:
            continue
        applied = program.answer(program.as_asked(pair.new.request), pair.new.response)
        old = read_json(pair.old.response)
        result = compare(old, read_json(applied.response))
        for entry in applied.entries:
            seen = found.setdefault(entry_key(entry), Seen())
            seen.news.append(read_json(pair.new.response))
            for at, _ in leaves(old):
                seen.fields.setdefault(template(at))
            for counter, pointers in (
                (seen.equal, result.equal),
                (seen.wrong, result.wrong),
                (seen.missing, result.missing),
            ):
                counter.update(map(template, pointers))
    return found
