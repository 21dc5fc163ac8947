"""From pairs of calls that are asked otherwise to the steps that turn OLD's request into NEW's.

A request is a document (see harness.lens.request), so the engine that explains answers explains it: NEW's document is what is
wanted, OLD's what is edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.changes.agreement import agreement, same
from harness.changes.asked import proven
from harness.changes.drawn import drawn_apart
from harness.changes.evidence import Case, OperationCases, inside
from harness.changes.explain import Explained, Pair, explain
from harness.changes.kind import kinds
from harness.changes.node import Proposal
from harness.changes.residue import Residue, residue
from harness.changes.telling import telling_apart
from harness.lens.answer import ABSENT, Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.request import call_of, document_of
from harness.lens.step import BodyStep
from harness.lens.steps.default import Default
from harness.lens.steps.rename import Rename
from harness.lens.steps.replace import Replace
from harness.lens.steps.table import Table
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.operation import Operation
from harness.model.paths import Path
from harness.model.template import PathTemplate, decoded
from harness.schema.segments import cut, is_id

DESIGNED: frozenset[Path] = frozenset({(), ("path",), ("query",), ("header",)})
ADDED = "request-parameter-added"
RENAMED = "request-parameter-renamed"

_OWN = frozenset(
    [
        *(
            "accept-encoding",
            "accept-language",
            "cache-control",
            "connection",
            "content-length",
            "cookie",
            "date",
            "dnt",
        ),
        *(
            "expect",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "keep-alive",
            "origin",
            "pragma",
            "priority",
        ),
        *("proxy-authorization", "range", "referer", "te", "traceparent", "tracestate", "trailer", "transfer-encoding"),
        *("upgrade", "user-agent", "via", "x-csrf-token", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"),
        *("x-real-ip", "x-request-id", "x-xsrftoken"),
    ]
)
"""Headers that say who asks, through what, and when: they differ between recordings for reasons of their own."""

_TWICE = 2
_REDIRECT = 300
_UNLIKE = 0.1
"""A share of what OLD said by which two places differ by more than chance; and what an answer is worth that was turned."""


@dataclass
class Rewriting:
    """How the calls of an operation must be asked now. `differing` of `cases` are asked otherwise than on OLD.

    `when` says for which calls this is known: the others are sent as they are, since half a rewriting asks for something else.
    It is None where nothing tells these calls from the others: then no call is rewritten.
    """

    operation: Operation
    forward: str
    cases: Sequence[Case]
    differing: int = 0
    explained: list[Explained] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    when: Condition | None = ALWAYS


def rewritings(gathered: Sequence[OperationCases]) -> list[Rewriting]:
    """Of every operation whose calls are asked otherwise, or elsewhere.

    Where one operation was asked at several places, the calls tell which went where, or else the answers: the place that
    answers as OLD did is where the calls are sent.
    """
    found = [rewriting(each) for each in gathered]
    for each in found:
        others = [other for other in found if other is not each and other.operation == each.operation]
        if each.forward and others and each.when is not None:
            told = _place(each, others)
            each.when = told and told.and_(each.when)
    return [each for each in found if each.differing or each.forward]


def _place(mine: Rewriting, others: Sequence[Rewriting]) -> Condition | None:
    """Which of an operation's calls are asked where `mine` are; None where neither the calls nor the answers say it."""
    likeness = _likeness(mine.cases)
    rivals = [
        case
        for other in others
        for case in other.cases
        if likeness <= _UNLIKE or _likeness([case]) > likeness - _UNLIKE
    ]
    return _told(mine.cases, rivals) if rivals else ALWAYS


def _likeness(cases: Sequence[Case]) -> float:
    """0 to 1: how much of what OLD granted NEW gives back as it is, or in another form."""
    granted = [case for case in cases if case.old.status < _REDIRECT]
    if not granted:
        return 0.0
    given = (max(_UNLIKE, agreement(case.old_body, case.new_body)) for case in granted if case.new.status < _REDIRECT)
    return sum(given) / len(granted)


def rewriting(operation_cases: OperationCases) -> Rewriting:
    """The steps for one operation, less its path, which is `forward`; none where every call is asked as before."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    pairs = list(_pairs(operation, forward, cases))
    differing = sum(not same(pair.old, pair.answer.body) for pair in pairs)
    found = Rewriting(operation, forward, cases, differing)
    if differing:
        known, renamed = proven(cases, pairs), list(_renamed(pairs))
        firsts = [known] if known else [[], renamed] if renamed else [[]]
        options = [_explained(operation_cases, first) for first in firsts]
        found.explained, found.residue = min(options, key=lambda option: (len(option[1]), len(option[0])))
        found.when = _wholly(operation_cases, found.explained)
    return found


def _told(cases: Sequence[Case], others: Sequence[Case]) -> Condition | None:
    """What the plugin asks for in these calls, and not in the others."""
    mine, theirs = ([case.answer() for case in each] for each in (cases, others))
    return telling_apart(mine, theirs, body=False, status=False)


def _wholly(operation_cases: OperationCases, explained: Sequence[Explained]) -> Condition | None:
    """For which calls the steps make NEW's request of OLD's, but for values that each recording has of its own."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    given = {pair.number: pair.answer.body for pair in _pairs(operation, forward, cases)}
    made = _applied(explained, list(_pairs(operation, forward, cases)))
    known = {pair.number for pair in made if _is_made(pair.old, pair.answer.body, given[pair.number])}
    unknown = [case for case in cases if case.number in given and case.number not in known]
    if not unknown:
        return ALWAYS
    return _told([case for case in cases if case.number in known], unknown) if known else None


def _is_made(wanted: Json, made: Json, given: Json) -> bool:
    """Whether `made` is what is wanted, less headers, and less values that differ as they were sent and that no step touched."""
    parts = ("path", "query", "body")
    return all(_fits(*(each.get(part, ABSENT) for each in (wanted, made, given))) for part in parts)


def _fits(wanted: Json, made: Json, given: Json) -> bool:
    if same(wanted, made):
        return True
    if isinstance(wanted, dict) and isinstance(made, dict):
        had = given if isinstance(given, dict) else {}
        return wanted.keys() == made.keys() and all(_fits(wanted[k], made[k], had.get(k, ABSENT)) for k in wanted)
    if isinstance(wanted, list) and isinstance(made, list):
        had_ = given if isinstance(given, list) and len(given) == len(made) else [ABSENT] * len(made)
        return len(wanted) == len(made) and all(map(_fits, wanted, made, had_))
    return not isinstance(wanted, (dict, list)) and ABSENT not in (wanted, made) and same(made, given)


def _explained(operation_cases: OperationCases, first: list[Explained]) -> tuple[list[Explained], list[Residue]]:
    """The steps, which begin with those given, and what they leave."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    pairs = _applied(first, list(_pairs(operation, forward, cases)))
    found = first + [each for each in explain(pairs, designed=DESIGNED) if not _is_table_of_ids(each)]
    found += _added(pairs)
    return found, residue(_applied(found, list(_pairs(operation, forward, cases))))


def _applied(found: Sequence[Explained], pairs: list[Pair]) -> list[Pair]:
    for each in found:
        if each.step is not None:
            apply = each.step.compile()
            for pair in pairs:
                apply(pair.answer)
    return pairs


def _renamed(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """A parameter that is always gone where another one is new, with the same value, and no third one can be either."""
    for place in ("query", "header"):
        gone = dict.fromkeys(name for pair in pairs for name in pair.answer.body[place] if name not in pair.old[place])
        came = dict.fromkeys(name for pair in pairs for name in pair.old[place] if name not in pair.answer.body[place])
        alike = [(old, new) for old in gone for new in came if _is_same(pairs, place, old, new)]
        for old, new in alike:
            if sum(old == one or new == other for one, other in alike) > 1:
                continue
            having = [pair for pair in pairs if new in pair.old[place]]
            values = {serialize(pair.old[place][new]) for pair in having}
            support = Support(pairs=len(pairs), agreeing=len(having), distinct=len(values))
            step = Rename(at=(place,), from_=old, to=new)
            proposal = Proposal(step, f"{new!r} was called {old!r}", {"old": new, "new": old})
            yield Explained(kinds()[RENAMED], (place,), proposal, step, support, None, None)


def _is_same(pairs: Sequence[Pair], place: str, old: str, new: str) -> bool:
    return all(
        pair.answer.body[place].get(old) == pair.old[place].get(new)
        and not (old in pair.old[place] or new in pair.answer.body[place])
        for pair in pairs
    )


def _pairs(operation: Operation, forward: str, cases: Sequence[Case]) -> Iterator[Pair]:
    """NEW's document as the aim, OLD's as what is edited; calls whose path does not fit are left out.

    A parameter that stands several times on NEW alone is a list in each of NEW's documents: one text is a list of one.
    """
    found = list(_documents(operation, forward, cases))
    lists = {
        name
        for pair in found
        for name, value in pair.old["query"].items()
        if isinstance(value, list) and not isinstance(pair.answer.body["query"].get(name), list)
    }
    for pair in found:
        query = pair.old["query"]
        query |= {name: [query[name]] for name in lists & query.keys() if not isinstance(query[name], list)}
    return iter(found)


def _documents(operation: Operation, forward: str, cases: Sequence[Case]) -> Iterator[Pair]:
    asked = PathTemplate(operation.template)
    serves = PathTemplate(forward.partition(" ")[2]) if forward else asked
    for case in cases:
        old, new = case.pair.old.request, case.pair.new.request
        ours, theirs = asked.raw(old.path), serves.raw(new.path)
        if ours is None or theirs is None:
            continue
        ours, theirs = ({name: decoded(value) for name, value in each.items()} for each in (ours, theirs))
        wanted = document_of(new, ours | _named_alike(ours, theirs))
        given = document_of(old, ours)
        _without_what_runs_draw(given["query"], wanted["query"])
        _without_own_headers(given["header"], wanted["header"])
        yield Pair(case.number, wanted, Answer(0, [], given, call_of(old, ours)))


def _named_alike(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """The variables of NEW's path, but ids that each run made for itself: these are OLD's."""
    return {
        name: ours[name] if name in ours and _is_own_id(ours[name], value) else value for name, value in theirs.items()
    }


def _is_own_id(old: str, new: str) -> bool:
    """Whether both are ids that say nothing of each other."""
    return not inside(old, new) and not inside(new, old) and all(is_id(cut(each)[-1], None) for each in (old, new))


def _without_own_headers(given: dict[str, Json], wanted: dict[str, Json]) -> None:
    """Less what says who asks and when; media types are compared without parameters, credentials only where they are alike."""
    for name in given.keys() | wanted.keys():
        old, new = given.get(name), wanted.get(name)
        if name in _OWN or name.startswith("sec-") or (name == "authorization" and not _one_credential(old, new)):
            given.pop(name, None)
            wanted.pop(name, None)
        elif name == "content-type" and old and new and _media_type(old) == _media_type(new):
            wanted[name] = old


def _one_credential(old: Json, new: Json) -> bool:
    return bool(old and new) and old.split()[-1:] == new.split()[-1:]


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _without_what_runs_draw(given: dict[str, Json], wanted: dict[str, Json]) -> None:
    """Parameters of one name with values that each run drew for itself are the same."""
    for name in given.keys() & wanted.keys():
        old, new = given[name], wanted[name]
        if isinstance(old, str) and isinstance(new, str) and old != new and drawn_apart(old, new):
            wanted[name] = old


def _is_table_of_ids(each: Explained) -> bool:
    """A table of the ids that were seen says nothing of those that were not."""
    return each.step is not None and isinstance(each.step, Table) and each.at[:1] == ("path",)


def _added(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """Parameters and headers that NEW is asked with whenever it is asked so: who asked NEW knew why."""
    for place in ("query", "header"):
        names = dict.fromkeys(name for pair in pairs for name in pair.old[place])
        for name in names:
            having = [pair for pair in pairs if name in pair.old[place] and name not in pair.answer.body[place]]
            others = [pair for pair in pairs if name not in pair.old[place] and name not in pair.answer.body[place]]
            condition = _constant(having, others, [pair.old[place][name] for pair in having])
            if condition is None:
                continue
            value = having[0].old[place][name]
            for pair in having:
                pair.answer.body[place][name] = value
            step = Default(at=(place,), key=name, value=value, when=condition)
            yield _assumed((place,), step, f"{place} {name!r} is sent as {value!r}", pairs, having)
    yield from _body(pairs)


def _body(pairs: Sequence[Pair]) -> Iterator[Explained]:
    """A body that says the same in every call, where OLD's said nothing."""
    having = [
        pair for pair in pairs if "body" in pair.old and pair.answer.body.get("body", ABSENT) in (ABSENT, {}, [], None)
    ]
    having = [pair for pair in having if not same(pair.old["body"], pair.answer.body.get("body", ABSENT))]
    condition = _constant(having, [pair for pair in pairs if pair not in having], [pair.old["body"] for pair in having])
    if condition is None:
        return
    value = having[0].old["body"]
    had = all("body" in pair.answer.body for pair in having)
    for pair in having:
        pair.answer.body["body"] = value
    put: BodyStep = Replace(at=("body",), value=value, when=condition)
    step = put if had else Default(key="body", value=value, when=condition)
    yield _assumed(("body",), step, "the body is always the same", pairs, having)


def _constant(having: Sequence[Pair], others: Sequence[Pair], values: Sequence[Json]) -> Condition | None:
    """Where one value holds for differing calls, the condition that tells these from the others; None where it does not."""
    if len({_asked(pair) for pair in having}) < _TWICE or len({serialize(value) for value in values}) != 1:
        return None
    if not others:
        return ALWAYS
    mine, theirs = ([pair.answer for pair in each] for each in (having, others))
    return telling_apart(mine, theirs, status=False, body=False)


def _assumed(at: Path, step: BodyStep, message: str, pairs: Sequence[Pair], having: Sequence[Pair]) -> Explained:
    support = Support(pairs=len(pairs), agreeing=len(having), distinct=len({_asked(pair) for pair in having}))
    value = getattr(step, "value", None)
    return Explained(kinds()[ADDED], at, Proposal(step, message, {"value": value}), step, support, None, value)


def _asked(pair: Pair) -> bytes:
    return serialize({"path": pair.old["path"], "query": pair.old["query"]})
