"""Second calls that would bring what answers lost, as far as the recording shows: written into the shim, and made only where a
person chooses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import same
from harness.changes.evidence import Case
from harness.changes.headers import HeaderChange
from harness.changes.study import Group, Study
from harness.lens.answer import ABSENT
from harness.lens.places import get
from harness.lens.step import Step
from harness.lens.steps.copy import Copy
from harness.lens.steps.set_header import SetHeader
from harness.model.json_text import Json, serialize
from harness.model.paths import Path, format_path
from harness.model.template import PathTemplate
from harness.shims.document import Entry, Learned, SecondCall, Shim

_TWICE = 2
_DEPTH = 3
_PLACES = 40
_MOST = 4


@dataclass(frozen=True)
class _Loss:
    """What OLD said in each case, and the step that says it again from a source."""

    values: Mapping[int, Json]
    what: str
    key: str = ""
    header: str = ""

    def step(self, source: str) -> Step:
        """The value from a source."""
        return SetHeader(header=self.header, from_=source) if self.header else Copy(from_=source, to=self.key)


def with_proposed_calls(shim: Shim, study: Study) -> Shim:
    """The shim with calls that nobody chose yet, and the steps that read them, which do nothing until then."""
    groups = {(str(group.operation), group.forward): group for group in study.groups if group.operation is not None}
    return replace(shim, entries=tuple(_extended(entry, groups) for entry in shim.entries))


def _extended(entry: Entry, groups: Mapping[tuple[str, str], Group]) -> Entry:
    group = groups.get((entry.match, entry.forward))
    if group is None or entry.method != "GET" or not entry.lost:
        return entry
    calls: dict[str, SecondCall] = {}
    steps = []
    for loss in _losses(group):
        found = next(_sources(group, loss, groups.values()), None)
        if found is not None and (found[0] in calls or len(calls) < _MOST):
            target, source, count = found
            call = calls.setdefault(target, SecondCall(f"call-{len(calls) + 1}", target))
            evidence = f"once `chosen: true` stands at {call.name}: it brought {loss.what} in {count} of {len(loss.values)} pairs"
            steps.append(Learned(loss.step(f"called({call.name}, {source})"), evidence))
    return replace(entry, calls=(*entry.calls, *calls.values()), response=(*entry.response, *steps))


def _losses(group: Group) -> Iterator[_Loss]:
    """Members of whole answers that are gone, and headers whose value stands nowhere."""
    for rest in group.residue:
        if len(rest.at) == 1 and isinstance(rest.at[0], str):
            key = rest.at[0]
            gone = [case for case in group.cases if _member(case.new_body, key) is ABSENT]
            values = {case.number: _member(case.old_body, key) for case in gone}
            if len(gone) == len(group.cases) and ABSENT not in values.values():
                yield _Loss(values, f"$.{key}", key=key)
    for change in group.headers:
        if change.step is None:
            yield from _lost_header(change, group.cases)


def _lost_header(change: HeaderChange, cases: Sequence[Case]) -> Iterator[_Loss]:
    name = change.header.lower()
    values = {case.number: value for case in cases for header, value in case.old.headers if header.lower() == name}
    if values:
        yield _Loss(values, f"the header {change.header}", header=change.header)


def _member(body: Json, key: str) -> Json:
    return body.get(key, ABSENT) if isinstance(body, dict) else ABSENT


def _sources(group: Group, loss: _Loss, others: Iterable[Group]) -> Iterator[tuple[str, str, int]]:
    """(path of NEW's, source in its answer, pairs) of recorded calls that say what was lost, in two pairs or more."""
    for other in others:
        if other is group or other.operation is None or other.operation.method != "GET":
            continue
        target = other.forward.partition(" ")[2] or other.operation.template
        template = PathTemplate(other.operation.template)
        if not set(template.variables) <= set(
            PathTemplate(group.operation.template).variables if group.operation else ()
        ):
            continue
        answered = {case.call.path: case.new_body for case in other.cases if not case.call.query}
        both = [
            (loss.values[case.number], answered[path])
            for case in group.cases
            if case.number in loss.values and (path := template.fill(case.call.variables)) in answered
        ]
        if len(both) >= _TWICE and _are_telling([value for value, _ in both]):
            yield from ((target, source, len(both)) for source in _common(both, bool(loss.header)))


def _are_telling(values: Sequence[Json]) -> bool:
    """Whether it is no chance that they stand elsewhere as well: they differ, or are no small number and no flag."""
    return len(set(map(serialize, values))) >= _TWICE or (
        len(str(values[0])) >= _TWICE and not isinstance(values[0], bool)
    )


def _common(both: Sequence[tuple[Json, Json]], as_text: bool) -> Iterator[str]:
    """The places at which every answer has what was lost there; of lists, their lengths."""
    for path in list(_places(both[0][1], ()))[:_PLACES]:
        found = [(wanted, get(body, path)) for wanted, body in both]
        if all(_is(wanted, value, as_text) for wanted, value in found):
            yield format_path(path)
        elif all(isinstance(value, list) and _is(wanted, len(value), as_text) for wanted, value in found):
            yield f"count({format_path(path)})"


def _is(wanted: Json, value: Json, as_text: bool) -> bool:
    if as_text and isinstance(value, (int, str)) and not isinstance(value, bool):
        return bool(wanted == str(value))
    return value is not ABSENT and same(wanted, value)


def _places(value: Json, at: Path) -> Iterator[Path]:
    yield at
    if isinstance(value, dict) and len(at) < _DEPTH:
        for name, item in value.items():
            yield from _places(item, (*at, name))
