"""What was learned of the requests of several operations, for calls that were never seen: prefixes that moved, common steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from harness.changes.requests import Rewriting
from harness.changes.study import Study
from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS
from harness.lens.request import call_of, document_of
from harness.lens.step import Step, write_step
from harness.model.exchange import Request
from harness.model.json_text import serialize
from harness.shims.document import Learned, Moved

_TWICE = 2
Route = tuple[str, str]
"""A path template, and where NEW serves it (the same where it did not move)."""


def common_requests(study: Study) -> tuple[Learned, ...]:
    """Steps on parameters and headers that several operations share, and that would change no call that was asked as before."""
    counts: dict[bytes, int] = defaultdict(int)
    first: dict[bytes, Step] = {}
    for each in study.rewritings:
        for step in _on_parameters(each):
            key = serialize(write_step(step))
            counts[key] += 1
            first.setdefault(key, step)
    shared = [key for key in first if counts[key] >= _TWICE]
    asked = {id(case.pair) for each in study.rewritings for case in each.cases}
    others = [pair.old.request for pair in study.pairing.pairs if id(pair) not in asked]
    return tuple(
        Learned(first[key], f"learned on {counts[key]} operations")
        for key in shared
        if not _changes(first[key], others) and not _missing(key, first[key], study.rewritings)
    )


def moved_prefixes(study: Study) -> tuple[Moved, ...]:
    """Beginnings of paths that changed alike in several operations, and in no operation otherwise: the shortest such ones."""
    routes = _routes(study)
    found: dict[Route, set[str]] = defaultdict(set)
    for old, new in routes:
        for prefix in _prefixes(old, new):
            found[prefix].add(old)
    kept: list[Moved] = []
    for (old, new), operations in sorted(found.items(), key=lambda row: len(row[0][0])):
        is_sound = len(operations) >= _TWICE and all(_begins(now, new) for was, now in routes if _begins(was, old))
        if is_sound and not any(_begins(old, shorter.from_) for shorter in kept):
            kept.append(Moved(old, new, f"learned on {len(operations)} operations"))
    return tuple(kept)


def _on_parameters(each: Rewriting) -> Iterable[Step]:
    steps = (
        found.step for found in each.explained if found.step is not None and found.at[:1] in (("query",), ("header",))
    )
    return {serialize(write_step(step)): step for step in steps}.values()


def _changes(step: Step, requests: Iterable[Request]) -> bool:
    apply = step.compile()
    for request in requests:
        answer = Answer(0, [], document_of(request, {}), call_of(request, {}))
        apply(answer)
        if answer.edits:
            return True
    return False


def _missing(key: bytes, step: Step, rewritings: Sequence[Rewriting]) -> bool:
    """Whether an operation that is asked otherwise too goes without the step, though its calls could be edited by it."""
    without = [each for each in rewritings if all(serialize(write_step(own)) != key for own in _on_parameters(each))]
    return _changes(step, [case.pair.old.request for each in without for case in each.cases])


def _routes(study: Study) -> list[Route]:
    """Where NEW serves each operation; what was tried elsewhere says nothing where it is known where the calls are sent."""
    rows = [(group.operation, group.forward) for group in study.groups if group.operation is not None]
    rows += [(operation, forward) for operation, forward, _ in study.crossed]
    rows += [
        (case.operation, case.forward) for group in study.groups if group.operation is None for case in group.cases
    ]
    sent = {each.operation: each.forward for each in study.rewritings if each.forward and each.when == ALWAYS}
    return [
        (operation.template, forward.partition(" ")[2] or operation.template)
        for operation, forward in dict.fromkeys(rows)
        if sent.get(operation, forward) == forward
    ]


def _prefixes(old: str, new: str) -> Iterator[Route]:
    """What is left of both less a common end, the shortest first; a variable is in no prefix."""
    ours, theirs = old.split("/"), new.split("/")
    common = 0
    while common < min(len(ours), len(theirs)) - 1 and ours[-1 - common] == theirs[-1 - common]:
        common += 1
    for end in range(common, 0, -1) if old != new else ():
        here, there = "/".join(ours[:-end]) or "/", "/".join(theirs[:-end]) or "/"
        if "{" in here + there:
            return
        yield here, there


def _begins(path: str, prefix: str) -> bool:
    return prefix == "/" or path == prefix or path.startswith(prefix + "/")
