"""What changed between two shims: what each does to which calls, not how its file is laid out or what its evidence is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.lens.condition import ALWAYS
from harness.shims.document import Entry, Shim
from harness.shims.sections import OF_ENTRIES, OF_SHIMS, Section, paired_entries
from harness.shims.yaml_writing import entry_key, flow


@dataclass(frozen=True)
class Difference:
    """`operation` is "" for what concerns all calls; `old` and `new` are as in the files, "" where there is nothing."""

    operation: str
    section: str
    what: str
    old: str
    new: str


def differences(one: Shim, other: Shim) -> list[Difference]:
    """From `one` to `other`, in the order of the files."""
    return [*_of_shims(one, other), *_of_entries(one.entries, other.entries)]


def _of_shims(one: Shim, other: Shim) -> Iterator[Difference]:
    for name in ("system", "old", "new"):
        yield from _single("", "system", name, getattr(one, name), getattr(other, name))
    for name, section in OF_SHIMS.items():
        yield from _items("", name, section, getattr(one, name), getattr(other, name))


def _of_entries(one: Sequence[Entry], other: Sequence[Entry]) -> Iterator[Difference]:
    pairs = paired_entries(one, other)
    taken = {entry_key(each) for each in pairs.values()}
    for entry in one:
        key = entry_key(entry)
        if key in pairs:
            yield from _entry(entry, pairs[key])
        else:
            yield Difference(key, "operations", "operation removed", _summary(entry), "")
    for entry in other:
        if entry_key(entry) not in taken:
            yield Difference(entry_key(entry), "operations", "operation added", "", _summary(entry))


def _entry(one: Entry, other: Entry) -> Iterator[Difference]:
    key = entry_key(one)
    conditions = (flow(each.when.parameters()) if each.when != ALWAYS else "" for each in (one, other))
    yield from _single(key, "when", "condition", *conditions)
    yield from _single(key, "forward", "forward", one.forward, other.forward)
    yield from _single(key, "otherwise", "otherwise", *("true" if each.otherwise else "" for each in (one, other)))
    for name, section in OF_ENTRIES.items():
        yield from _items(key, name, section, getattr(one, name), getattr(other, name))


def _single(operation: str, section: str, noun: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(operation, section, f"{noun} {_verb(old, new)}", old, new)


def _items(
    operation: str, name: str, section: Section[Any], one: Sequence[Any], other: Sequence[Any]
) -> Iterator[Difference]:
    before, after = [section.says(each) for each in one], [section.says(each) for each in other]
    gone = [each for each in one if section.says(each) not in after]
    came = [each for each in other if section.says(each) not in before]
    for item in gone:
        near = next((each for each in came if set(section.about(item)) & set(section.about(each))), None)
        new = section.says(near) if near is not None else ""
        came = [each for each in came if each is not near]
        yield Difference(operation, name, f"{section.noun} {_verb('-', new)}", section.says(item), new)
    for each in came:
        yield Difference(operation, name, f"{section.noun} added", "", section.says(each))
    stayed = [text for text in before if text in after]
    if stayed != (order := [text for text in after if text in before]):
        yield Difference(operation, name, f"{section.noun}s in another order", "\n".join(stayed), "\n".join(order))


def _verb(old: str, new: str) -> str:
    return "changed" if old and new else "removed" if old else "added"


def _summary(entry: Entry) -> str:
    counts = ((len(getattr(entry, name)), section.noun) for name, section in OF_ENTRIES.items())
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)
