"""The study as findings for a person and a pipeline: what changed, how bad, and what the shim does about it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from harness.changes.answers import Sighting
from harness.changes.difference import Differs
from harness.changes.explain import Explained
from harness.changes.header_values import value_of
from harness.changes.headers import HeaderChange
from harness.changes.kind import Kind, Stage, detectors, kinds
from harness.changes.residue import Residue
from harness.changes.study import Group, Study
from harness.lens.condition import ALWAYS
from harness.model.change import Change, Level, Support, Undone, fingerprint
from harness.model.json_text import Json
from harness.model.paths import EACH, Path, format_path, parse_path

_LOOKED_AT = 40
_RANK = {Level.BREAK: 0, Level.RISK: 1, Level.INFO: 2}
_UNKNOWN_READS = "nothing says what the plugin reads, so every place counts as read"
_MEASURE = "no second run of each version was given, so this may be noise: give --old-again and --new-again"
_TELLING = ("old", "new", "key", "by", "using", "from", "into")
"""The facts that tell one change from another of its kind: names, never values."""


def findings(study: Study) -> list[Change]:
    """Every change at every place, the worst first, then by operation in the order of the recording.

    The same change at several places is several rows with one fingerprint: `folded` makes them one finding.
    """
    found: list[Change] = []
    for group in study.groups:
        explained = [change for each in group.explained for change in _explained(group, each)]
        told = {change.path for change in explained if change.undone in (Undone.PARTLY, Undone.LOST)}
        taken = [each.at for each in group.explained if each.kind.takes]
        rest = [each for each in group.residue if not any(each.at[: len(at)] == at != each.at for at in taken)]
        found += explained
        found += [
            _residue(operation, each, study.noise.measured)
            for each in rest
            if (at := format_path(each.at)) not in told
            for operation in _operations(group, at)
        ]
    found += _sighted(study)
    found += _headers(study)
    return sorted(found, key=lambda change: _RANK[change.level])


def skipped(study: Study) -> dict[str, int]:
    """What was not compared, and why."""
    without_answer = sum(pair.old.response is None or pair.new.response is None for pair in study.pairing.pairs)
    return skips(len(study.pairing.only_old), len(study.pairing.only_new), without_answer)


def skips(only_old: int, only_new: int, unanswered: int) -> dict[str, int]:
    """The reasons why calls were not compared, each with how many; none that no call has."""
    counts = {
        "no partner in NEW's recording": only_old,
        "no partner in OLD's recording": only_new,
        "no answer was recorded": unanswered,
    }
    return {reason: count for reason, count in counts.items() if count}


def remarks(study: Study) -> list[str]:
    """What must be said of the bodies that were compared, each with a count of answers."""
    return [f"{count} answer{'s' if count != 1 else ''}: {remark}" for remark, count in study.remarks.items()]


def _change(
    kind: Kind,
    operation: str,
    path: str,
    message: str,
    support: Support,
    *,
    old: Json = None,
    new: Json = None,
    undone: Undone,
    how: str = "",
    reason: str = "",
    level: Level | None = None,
    facts: Mapping[str, Json] | None = None,
    told: Json = None,
    where: str | None = None,
) -> Change:
    level = level or kind.level
    default = _UNKNOWN_READS if level is Level.BREAK else kind.meaning
    local = kind.local and where is None
    place = (operation, path) if local else ("", _last(path) if where is None else where)
    return Change(
        kind=kind.id,
        title=kind.title,
        level=level,
        operation=operation,
        path=path,
        message=message,
        reason=reason or default,
        support=support,
        old=old,
        new=new,
        undone=Undone.NOT_NEEDED if kind.level is Level.INFO else undone,
        how=how,
        facts=facts or {},
        fingerprint=fingerprint(kind.id, *place, told),
    )


def _last(path: str) -> str:
    """The member's name, for a place in a body: the same member of another answer has changed in the same way."""
    if not path.startswith("$"):
        return path
    return next((step for step in reversed(parse_path(path)) if isinstance(step, str)), "$")


def _explained(group: Group, each: Explained) -> Iterator[Change]:
    """A row for each place: several where members changed together."""
    facts = each.proposal.facts
    undone, how = Undone.UNDONE, each.step.describe() if each.step else ""
    if each.step is None:
        undone, how = (
            Undone.LOST,
            f"ambiguous: {', '.join(rival.said for rival in each.proposal.rivals)} would do as well",
        )
    elif facts.get("covered", 0) != facts.get("having", 0):
        undone = Undone.PARTLY
    if group.endless:
        undone, how = Undone.LOST, "answers that come item by item are not edited"
    old, new = _sample(each)
    told = {name: facts[name] for name in _TELLING if name in facts}
    for operation, at in [
        (operation, place) for place in _places(group, each) for operation in _operations(group, place)
    ]:
        yield _change(
            each.kind,
            operation,
            at,
            each.proposal.message,
            each.support,
            old=old,
            new=new,
            undone=undone,
            how=how,
            facts=dict(facts),
            told=told,
            where="" if isinstance(facts.get(each.kind.member), list) else _last(at),
        )


def _sample(each: Explained) -> tuple[Json, Json]:
    """OLD's and NEW's value: of the member, where the kind is about one; None for what is not there."""
    name = each.proposal.facts.get(each.kind.member)
    if (
        not isinstance(name, str)
        or name.startswith("$.")
        or not isinstance(each.old, dict)
        or not isinstance(each.new, dict)
    ):
        return each.old, each.new
    now = each.proposal.facts.get("new")
    return each.old.get(name), each.new.get(now if isinstance(now, str) else name)


def _places(group: Group, each: Explained) -> list[str]:
    """The places in OLD's answer: of the members, where the kind is about members."""
    told = each.proposal.facts.get(each.kind.member)
    if isinstance(told, str):
        return [format_path(each.at) + told[1:] if told.startswith("$.") else format_path((*each.at, told))]
    if not isinstance(told, list) or not told:
        return [format_path(each.at)]
    if each.kind.stage is Stage.NAMING:
        return _named_anywhere({str(name) for name in told}, [case.old_body for case in group.cases[:_LOOKED_AT]])
    return [format_path((*each.at, str(name))) for name in told]


def _operations(group: Group, at: str) -> list[str]:
    """The group's operation; of errors, those whose bodies differ at the place."""
    if group.operation is not None:
        return [group.name]
    path = parse_path(at)
    differing = (case for case in group.cases if _values(case.old_body, path) != _values(case.new_body, path))
    return list(dict.fromkeys(str(case.operation) for case in differing)) or [group.name]


def _values(body: Json, path: Path) -> list[Json]:
    """What stands at a place, in every element where it says each."""
    found = [body]
    for step in path:
        if isinstance(step, str):
            found = [value[step] for value in found if isinstance(value, dict) and step in value]
        else:
            inside = (
                value.values() if isinstance(value, dict) else value
                for value in found
                if isinstance(value, (dict, list))
            )
            found = [item for items in inside for item in items]
    return found


def _named_anywhere(names: Container[str], bodies: Iterable[Json]) -> list[str]:
    """Templates of all members with one of these names."""
    found: dict[Path, None] = {}
    waiting: list[tuple[Path, Json]] = [((), body) for body in bodies]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, dict):
            found |= {(*at, key): None for key in value if key in names}
            waiting += [((*at, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [((*at, EACH), item) for item in value]
    return sorted(map(format_path, found))


def _residue(operation: str, rest: Residue, measured: bool) -> Change:
    kind = kinds()[rest.kind]
    undecided = Differs.VALUE in kind.sees and not measured
    return _change(
        kind,
        operation,
        format_path(rest.at),
        rest.message,
        rest.support,
        old=rest.old,
        new=rest.new,
        undone=Undone.LOST,
        reason=_MEASURE if undecided else rest.reason,
        level=Level.RISK if undecided else None,
        told={"key": _last(format_path(rest.at))} if kind.member else rest.told,
        where=_last(format_path(rest.at)) if undecided else None,
    )


def _sighted(study: Study) -> Iterator[Change]:
    claimed: frozenset[int] = frozenset()
    for kind, detect in detectors():
        for each in detect(study, claimed):
            claimed |= each.claims
            yield _seen(kind, each)


def _seen(kind: Kind, each: Sighting) -> Change:
    return _change(
        kind,
        each.operation,
        each.path,
        each.message,
        each.support,
        old=each.old,
        new=each.new,
        undone=each.undone,
        how=each.how,
        level=each.level,
        told=each.told,
    )


def _headers(study: Study) -> Iterator[Change]:
    for change in study.everywhere:
        status = change.step.when.status if change.step else ""
        yield _header(f"every {status} answer" if status else "every answer", change)
    for group in study.groups:
        for change in group.headers:
            for operation in _with_header(group, change.header):
                yield _header(operation, change)


def _with_header(group: Group, name: str) -> list[str]:
    """The group's operation; of errors, those whose header differs."""
    if group.operation is not None:
        return [group.name]
    differing = (case for case in group.cases if value_of(case.old.headers, name) != value_of(case.new.headers, name))
    return list(dict.fromkeys(str(case.operation) for case in differing))


def _header(operation: str, change: HeaderChange) -> Change:
    step = change.step.conditioned(ALWAYS) if change.step is not None else None
    return _change(
        kinds()[change.kind],
        operation,
        f"header {change.header}",
        change.message,
        change.support,
        old=change.old,
        new=change.new,
        undone=Undone.LOST if step is None else Undone.UNDONE,
        how=change.reason if step is None else step.describe(),
    )
