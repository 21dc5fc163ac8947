"""The study as findings for a person and a pipeline: what changed, how bad, and what the shim does about it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from harness.changes.answers import Sighting
from harness.changes.difference import Differs
from harness.changes.explain import Explained
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
        found += [_residue(group, each, study.noise.measured) for each in rest if format_path(each.at) not in told]
    found += _sighted(study)
    found += _headers(study)
    return sorted(found, key=lambda change: _RANK[change.level])


def skipped(study: Study) -> dict[str, int]:
    """What was not compared, and why."""
    without_answer = sum(pair.old.response is None or pair.new.response is None for pair in study.pairing.pairs)
    counts = {
        "no partner in NEW's recording": len(study.pairing.only_old),
        "no partner in OLD's recording": len(study.pairing.only_new),
        "no answer was recorded": without_answer,
    }
    return {reason: count for reason, count in counts.items() if count}


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
    place = (operation, path) if kind.local else ("", _last(path) if where is None else where)
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
        undone, how = Undone.LOST, f"ambiguous: {', '.join(each.proposal.rivals)} would do as well"
    elif facts.get("covered", 0) != facts.get("having", 0):
        undone = Undone.PARTLY
    old, new = each.old, each.new
    if each.kind.id == "response-optional-property-added" and isinstance(new, dict):
        old, new = None, new.get(str(facts["key"]))
    told = {name: facts[name] for name in _TELLING if name in facts}
    for at in _places(group, each):
        yield _change(
            each.kind,
            group.name,
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


def _residue(group: Group, rest: Residue, measured: bool) -> Change:
    kind = kinds()[rest.kind]
    undecided = Differs.VALUE in kind.sees and not measured
    return _change(
        kind,
        group.name,
        format_path(rest.at),
        rest.message,
        rest.support,
        old=rest.old,
        new=rest.new,
        undone=Undone.LOST,
        reason=_MEASURE if undecided else "",
        level=Level.RISK if undecided else None,
        told={"key": _last(format_path(rest.at))} if kind.member else rest.told,
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
            yield _header(group.name, change)


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
