"""What is odd about a shim, whatever its score: steps that undo each other, that nothing is left for, that change nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from harness.changes.pairing import Paired
from harness.lens.condition import ALWAYS
from harness.lens.step import BodyStep, Step
from harness.lens.steps.drop import Drop
from harness.lens.steps.replace import Replace
from harness.model.paths import Path, format_path, parse_path
from harness.shims.addressed import covers
from harness.shims.document import Entry, Learned, Shim
from harness.shims.program import Program

_READS = re.compile(r"(?<!received\()([$@][^()]*)")


def lint(shim: Shim) -> list[str]:
    """What can be seen in the file alone."""
    return [warning for title, steps in _lists(shim) for warning in _contradictions(title, steps)] + [
        warning for entry in shim.entries for warning in _never(entry)
    ]


def unused(program: Program, pairs: Sequence[Paired]) -> list[str]:
    """Operations that no call is of, and steps that ran and changed nothing in any of NEW's answers.

    The steps of `otherwise` are for calls that nobody has seen.
    """
    answers: dict[int, int] = {}
    edits: dict[int, int] = {}
    known: set[str] = set()
    for paired in pairs:
        if (response := paired.new.response) is None:
            continue
        asked = program.as_asked(paired.new.request)
        known |= {entry.match for entry in program.answer(asked, response).entries}
        for learned, changed in program.trace(asked, response):
            answers[id(learned)] = answers.get(id(learned), 0) + 1
            edits[id(learned)] = edits.get(id(learned), 0) + changed
    idle = [
        f"{title}: step {at} changed nothing in {answers[id(learned)]} answers: {learned.step.describe()}"
        for title, steps in _lists(program.shim)
        for at, learned in enumerate(steps, start=1)
        if steps is not program.shim.otherwise and id(learned) in answers and not edits[id(learned)]
    ]
    strange = dict.fromkeys(entry.match for entry in program.shim.entries if entry.match not in known)
    return [f"{match}: no call is of this operation" for match in strange] + idle


def other_version(shim: Shim, old: str, new: str) -> list[str]:
    """Whether the shim is for another upgrade than the one that is verified; "" where a version is not known."""
    return [
        f"the shim is for {side} {said}, and this is {found}"
        for side, said, found in (("OLD", shim.old, old), ("NEW", shim.new, new))
        if said and found and said != found
    ]


def _lists(shim: Shim) -> Iterator[tuple[str, Sequence[Learned]]]:
    for entry in shim.entries:
        yield entry.match, entry.response
        yield f"{entry.match} (request)", entry.request
    yield "everywhere", shim.everywhere
    yield "otherwise", shim.otherwise
    yield "requests", shim.requests


def _contradictions(title: str, steps: Sequence[Learned]) -> Iterator[str]:
    for (at, early), (then, late) in combinations(enumerate((learned.step for learned in steps), start=1), 2):
        if early == late:
            yield f"{title}: steps {at} and {then} are the same: {early.describe()}"
        elif early.inverse() == late:
            yield f"{title}: step {then} undoes step {at}: {late.describe()}"
        elif isinstance(late, Replace) and _overwrites(late, early):
            yield f"{title}: step {then} overwrites what step {at} makes: {late.describe()}"
        elif isinstance(early, Drop) and (gone := _read_after(early, late)):
            yield f"{title}: step {then} reads {gone}, which step {at} drops: {late.describe()}"


def _overwrites(late: Replace, early: Step) -> bool:
    return isinstance(early, BodyStep) and late.when in (ALWAYS, early.when) and covers(late.at, early.at)


def _read_after(drop: Drop, late: Step) -> str:
    """A place that `drop` drops for certain and that a later step reads; "" where there is none."""
    if drop.only_null or drop.when not in (ALWAYS, late.when):
        return ""
    gone = [(*drop.at, key) for key in drop.keys]
    return next((format_path(at) for at in _reads(late) if any(covers(place, at) for place in gone)), "")


def _reads(step: Step) -> Iterator[Path]:
    """The places in the body as it is at that moment that a step cannot do without."""
    at: Path = step.at if isinstance(step, BodyStep) else ()
    yield at
    source = getattr(step, "from_", "")
    if not isinstance(source, str):
        return
    for found in _READS.findall(source):
        inside = parse_path("$" + found[1:])
        yield inside if found[0] == "$" else (*at, *inside)
    if not _READS.search(source) and step.name == "rename":
        yield (*at, source)


def _never(entry: Entry) -> Iterator[str]:
    """Steps whose status is none that the entry is for."""
    for at, learned in enumerate(entry.response, start=1):
        mine, its = entry.when.status, learned.step.when.status
        if mine and its and not (_class(mine, its) or _class(its, mine) or mine == its):
            yield f"{entry.match}: step {at} is for status {its}, and the operation's entry for {mine} alone"


def _class(wide: str, narrow: str) -> bool:
    return wide.endswith("xx") and wide[0] == narrow[0]
