"""What only a person can settle, with what helps: example values of each choice, and how much of OLD's answers it brings back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import same
from harness.changes.evidence import Case
from harness.changes.study import Study
from harness.lens.answer import ABSENT
from harness.lens.places import values_at
from harness.model.json_text import Json
from harness.model.paths import Path, format_path
from harness.schema.discriminators import discriminator
from harness.shims.addressed import addressed
from harness.shims.choices import settled, unsettled
from harness.shims.document import HAND, Ambiguous, Entry, Learned, Lost, Shim
from harness.shims.leaves import compare
from harness.shims.program import Program, read_json
from harness.shims.yaml_writing import Key, entry_key, step_text

_SCORED = 50
"""Pairs of an operation that a choice is tried on."""
_SHOWN = 3


@dataclass(frozen=True)
class Example:
    """OLD's value at the place that a choice restores, and what the choice makes stand there; ABSENT where there is nothing."""

    place: str
    old: Json
    made: Json


@dataclass(frozen=True)
class Contradiction:
    """A step by hand with which fewer leaves equal OLD's than without it."""

    key: Key
    step: str
    wrong: int
    pairs: int

    @property
    def said(self) -> str:
        """What the recordings say of it."""
        return f"makes {self.wrong} leaves differ from OLD's in {self.pairs} pairs, which would equal them without it"

    def __str__(self) -> str:
        return f"{self.key[0]}: the step by hand `{self.step}` {self.said}"


@dataclass(frozen=True)
class Bench:
    """Recorded pairs, to try a shim on."""

    cases: Sequence[Case]

    @classmethod
    def of(cls, study: Study) -> Bench:
        """All pairs of a study."""
        return cls([case for group in study.groups for case in group.cases])

    def own(self, entry: Entry) -> list[Case]:
        """The pairs that the entry is about."""
        return [case for case in self.cases if _is_of(entry, case)][:_SCORED]

    def taken(self, shim: Shim, entry: Entry, ambiguous: Ambiguous, choice: Learned) -> Shim:
        """The shim with one of the explanations, where it does the most good."""
        cases = self.own(entry)
        return with_entry(
            shim,
            entry,
            settled(entry, ambiguous, choice, lambda tried: equal_leaves(with_entry(shim, entry, tried), cases)),
        )

    def examples(self, shim: Shim, entry: Entry, ambiguous: Ambiguous, choice: Learned) -> list[Example]:
        """A few different values, those first that the choice does not bring back."""
        program = Program(self.taken(shim, entry, ambiguous, choice), discriminator)
        *_, at = addressed(choice.step)
        found: list[Example] = []
        for case in self.own(entry):
            for old, made in _together(case.old_body, _answered(program, case), at):
                example = Example(format_path(at), old, made)
                if example not in found:
                    found.append(example)
        return sorted(found, key=lambda each: same(each.old, each.made))[:_SHOWN]

    def contradictions(self, shim: Shim) -> Iterator[Contradiction]:
        """Steps by hand that the pairs speak against."""
        for entry in shim.entries:
            cases = self.own(entry)
            for at, learned in enumerate(entry.response):
                if learned.by != HAND or not cases:
                    continue
                less = replace(entry, response=(*entry.response[:at], *entry.response[at + 1 :]))
                wrong = equal_leaves(with_entry(shim, entry, less), cases) - equal_leaves(shim, cases)
                if wrong > 0:
                    key = (entry_key(entry), "response")
                    yield Contradiction(key, step_text(learned.step), wrong, len(cases))


def open_places(shim: Shim) -> Iterator[tuple[Entry, Ambiguous | Lost]]:
    """What a person may settle: explanations to choose from, and lost members that OLD's contract demands."""
    for entry in shim.entries:
        yield from ((entry, each) for each in entry.ambiguous if each.choices)
        yield from ((entry, each) for each in entry.lost if each.required and each.then is ABSENT)


def none_taken(shim: Shim, entry: Entry, ambiguous: Ambiguous) -> Shim:
    """The shim with none of the explanations."""
    return with_entry(shim, entry, unsettled(entry, ambiguous))


def with_entry(shim: Shim, entry: Entry, other: Entry) -> Shim:
    """The shim with `other` in the place of one of its entries."""
    return replace(shim, entries=tuple(other if each is entry else each for each in shim.entries))


def equal_leaves(shim: Shim, cases: Sequence[Case]) -> int:
    """How many leaves equal OLD's behind the shim."""
    program = Program(shim, discriminator)
    return sum(len(compare(case.old_body, _answered(program, case)).equal) for case in cases)


def _is_of(entry: Entry, case: Case) -> bool:
    operation = case.operation
    return (
        (operation.method, operation.template, operation.discriminator)
        == (entry.method, entry.template, entry.discriminator)
        and case.forward == entry.forward
        and entry.when.test()(case.answer())
    )


def _answered(program: Program, case: Case) -> Json:
    return read_json(program.answer(program.as_asked(case.pair.new.request), case.new).response)


def _together(old: Json, made: Json, at: Path) -> Iterator[tuple[Json, Json]]:
    """OLD's first value at a place, with what stands there now."""
    values = values_at(old, at) if old is not ABSENT else []
    now = values_at(made, at) if made is not ABSENT else []
    if values:
        yield values[0], now[0] if now else ABSENT
