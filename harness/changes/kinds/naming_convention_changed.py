"""All names are written in another convention: `created_at` became `createdAt`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.recase import CONVENTIONS, Recase, convention, words
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-naming-convention-changed",
    number=17,
    title="naming convention of all members changed",
    level=Level.BREAK,
    stage=Stage.NAMING,
    witness=Witness(old=({"created_at": 1, "user_name": "x"},), new=({"createdAt": 1, "userName": "x"},)),
    meaning="Every composed name is another one.",
    undo="All names are written in the old convention, but for the exceptions listed.",
    member="names",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Recase the whole subtree where at least two names differ in convention only."""
    old_names: set[str] = set()
    new_names: set[str] = set()
    for sample in node.samples[:40]:
        _names(sample.old, old_names)
        _names(sample.new, new_names)
    gone = {name for name in old_names - new_names if convention(name)}
    by_words = {tuple(words(name)): name for name in gone}
    pairs = {name: by_words[tuple(words(name))] for name in new_names - old_names if tuple(words(name)) in by_words}
    conventions = {convention(old) for old in pairs.values()}
    if len(pairs) < 2 or len(conventions) != 1:
        return
    to = conventions.pop()
    write = CONVENTIONS[to]
    keep = tuple(sorted(name for name in new_names & old_names if convention(name) and write(words(name)) != name))
    step = Recase(at=node.at, to=to, keep=keep)
    yield Proposal(step, f"{len(pairs)} names are written in another convention", {"names": sorted(pairs.values())})


def _names(value: Json, found: set[str]) -> None:
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found.update(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
