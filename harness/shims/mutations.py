"""Mutation-based proof: whatever NEW answers one day, the shim does not throw, makes no value up, and leaves alone what none of
its steps is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from random import Random
from urllib.parse import unquote

from harness.changes.evidence import OperationOf
from harness.changes.headers import VOLATILE
from harness.changes.pairing import Paired
from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.places import get
from harness.lens.request import call_of
from harness.lens.step import Step
from harness.model.exchange import Request, Response
from harness.model.json_text import Json, serialize
from harness.model.paths import format_path, parse_path
from harness.model.template import PathTemplate
from harness.model.verification import Harm, MutationProof, Survivor
from harness.shims.addressed import addressed, meet
from harness.shims.document import Entry, Lost
from harness.shims.leaves import Pointer, leaves, template
from harness.shims.mutants import Mutant, mutants, smaller, with_body
from harness.shims.program import Applied, Program, read_json
from harness.shims.provenance import Provenance
from harness.shims.verify import BODY

_LARGEST = 64 * 1024
"""Bytes of an answer that is mutated; where all of an operation's are larger, the smallest is."""
_EACH = 8
"""Answers of an operation that are mutated."""
_TRIALS = 400
"""So often a mutant that shows a defect is made smaller."""
_EXCERPT = 400


@dataclass(frozen=True)
class Subject:
    """An answer that is mutated, with the call that the plugin made."""

    operation: str
    call: str
    request: Request
    response: Response


@dataclass(frozen=True)
class Finding:
    """What a mutant brought about: `detail` is the error, or the value."""

    harm: Harm
    place: str
    detail: str


@dataclass(frozen=True)
class Trial:
    """What came of a mutant; `edited`: its body was; `watched` counts the leaves that no step is about."""

    edited: bool = False
    watched: int = 0
    result: str = ""
    finding: Finding | None = None


def prove(
    program: Program, pairs: Iterable[Paired], operation_of: OperationOf, *, count: int, seed: int = 0
) -> MutationProof:
    """`count` mutants of NEW's JSON answers, one operation after the other; the same ones for the same seed."""
    random = Random(seed)  # noqa: S311  nothing secret: a seed that can be given again
    streams = [
        (subject, mutants(subject.response, read_json(subject.response), _near(program, subject), random))
        for subject in _subjects(pairs, operation_of)
    ]
    survivors: dict[tuple[Harm, str, str], Survivor] = {}
    edited = watched = 0
    for at in range(count if streams else 0):
        subject, stream = streams[at % len(streams)]
        mutant = next(stream)
        trial = tried(program, subject.request, mutant.response)
        edited += trial.edited
        watched += trial.watched
        if trial.finding is not None:
            key = trial.finding.harm, subject.operation, trial.finding.place
            known = survivors.get(key)
            survivors[key] = (
                replace(known, times=known.times + 1) if known else _survivor(program, subject, mutant, trial.finding)
            )
    return MutationProof(seed, count if streams else 0, edited, watched, tuple(survivors.values()))


def tried(program: Program, request: Request, response: Response) -> Trial:
    """One answer through the program, and what is wrong with what comes out."""
    try:
        steps = [learned.step for learned, _ in program.trace(request, response)]
        applied = program.answer(request, response)
        result = read_json(applied.response)
    except Exception as error:  # noqa: BLE001  whatever it is, it is what was looked for
        return Trial(finding=Finding(Harm.THROWN, type(error).__name__, str(error)))
    untouched = _untouched(steps, applied.entries, read_json(response))
    corrupted = _corrupted(untouched, response, applied.response, result)
    invented = _invented(steps, request, response, applied, result)
    finding = next(chain(corrupted, invented), None)
    return Trial(applied.response.body != response.body, len(untouched), _excerpt(applied.response.body), finding)


def _untouched(steps: Iterable[Step], entries: Iterable[Entry], body: Json) -> dict[Pointer, Json]:
    """The leaves that no step is about, nor a value that a person chose for one that is lost."""
    about = [place for step in steps for place in addressed(step)]
    about += [parse_path(lost.path) for lost in _chosen(entries) if lost.path.startswith("$")]
    return {at: value for at, value in leaves(body) if not any(meet(place, at) for place in about)}


def _chosen(entries: Iterable[Entry]) -> Iterator[Lost]:
    return (lost for entry in entries for lost in entry.lost if lost.then is not ABSENT)


def _corrupted(
    untouched: Mapping[Pointer, Json], response: Response, shimmed: Response, result: Json
) -> Iterator[Finding]:
    """Leaves are compared as they are written; a body that is no JSON comes out as the bytes that it was."""
    if read_json(response) is ABSENT and response.body != shimmed.body:
        yield Finding(Harm.CORRUPTED, BODY, "a body that is no JSON")
    for at, value in untouched.items():
        now = get(result, at)
        if now is ABSENT or serialize(now) != serialize(value):
            yield Finding(Harm.CORRUPTED, format_path(template(at)), _excerpt(serialize(value)))


def _invented(
    steps: Sequence[Step], request: Request, response: Response, applied: Applied, result: Json
) -> Iterator[Finding]:
    if applied.edits == 0:
        return
    given = Answer(response.status, [*response.headers], read_json(response), _call(request, applied.entries))
    headers = [pair for pair in applied.response.headers if pair[0].lower() not in VOLATILE]
    made = Answer(applied.response.status, headers, result)
    chosen = [lost.then for lost in _chosen(applied.entries)]
    for place, value in Provenance(steps, given, chosen).invented(made):
        yield Finding(Harm.INVENTED, place, _excerpt(serialize(value)))


def _call(request: Request, entries: Iterable[Entry]) -> Call:
    """The call, with what any of the entries reads from its path."""
    values: dict[str, str] = {}
    for entry in entries:
        values |= PathTemplate(entry.template).match(request.path) or {}
    return call_of(request, values, unquote(request.path))


def _subjects(pairs: Iterable[Paired], operation_of: OperationOf) -> Iterator[Subject]:
    """Some JSON answers of each operation, those of different statuses first; the operations take turns."""
    found: dict[str, list[Subject]] = {}
    for paired in pairs:
        response = paired.new.response
        if response is not None and read_json(response) is not ABSENT:
            operation = str(operation_of(paired.old.request))
            found.setdefault(operation, []).append(Subject(operation, paired.id, paired.old.request, response))
    chosen = [_small(subjects) for subjects in found.values()]
    yield from (subject for row in zip_longest(*chosen) for subject in row if subject is not None)


def _small(subjects: list[Subject]) -> list[Subject]:
    fitting = [each for each in subjects if len(each.response.body) <= _LARGEST]
    fitting = fitting or [min(subjects, key=lambda each: len(each.response.body))]
    first = {each.response.status: each for each in reversed(fitting)}
    rest = [each for each in fitting if each is not first[each.response.status]]
    return [*first.values(), *rest][:_EACH]


def _near(program: Program, subject: Subject) -> list[Pointer]:
    """The places that a step is about in this answer, and what stands in them."""
    about = [
        place for learned, _ in program.trace(subject.request, subject.response) for place in addressed(learned.step)
    ]
    body = read_json(subject.response)
    return [at for at, _ in leaves(body) if any(meet(place, at) for place in about if place)]


def _survivor(program: Program, subject: Subject, mutant: Mutant, finding: Finding) -> Survivor:
    """The mutant made smaller, as long as it shows the same."""
    response = _smallest(program, subject.request, mutant.response, finding)
    trial = tried(program, subject.request, response)
    shown = trial.finding or finding
    return Survivor(
        harm=shown.harm,
        operation=subject.operation,
        call=subject.call,
        mutation=mutant.how,
        place=shown.place,
        detail=shown.detail,
        answer=_excerpt(response.body),
        result=trial.result,
    )


def _smallest(program: Program, request: Request, response: Response, finding: Finding) -> Response:
    """Greedy, as delta debugging is (Zeller 2002): less and less of the body, until nothing can go."""
    trials = 0
    while read_json(response) is not ABSENT:
        for body in smaller(read_json(response)):
            trials += 1
            less = with_body(response, body)
            found = tried(program, request, less).finding
            if found is not None and (found.harm, found.place) == (finding.harm, finding.place):
                response = less
                break
            if trials >= _TRIALS:
                return response
        else:
            return response
    return response


def _excerpt(text: bytes) -> str:
    told = text.decode("utf-8", "backslashreplace")
    return told if len(told) <= _EXCERPT else told[:_EXCERPT] + "…"
