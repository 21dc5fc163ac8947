"""Learning again keeps a person's work: three ways, with the marks of what Backfit wrote as what both sides began with.

What stands in the file without a mark is a person's and stays; what has a mark and is gone was taken out by a person and stays
out; all else is as it is learned now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from harness.shims.document import HAND, Entry, Learned, Shim
from harness.shims.marks import mark, signed
from harness.shims.sections import AMBIGUOUS, CALLS, LOST, MOVED, STEPS, Section, paired_entries
from harness.shims.yaml_writing import Key, entry_key, rewrite_text, step_text

T = TypeVar("T")


@dataclass(frozen=True)
class Note:
    """What a person should know of the merge, for a comment above the row `key` of the file."""

    key: Key
    text: str


@dataclass(frozen=True)
class Merged:
    """The shim with its marks, and what became of things that the file says in another way than the recordings."""

    shim: Shim
    notes: tuple[Note, ...] = ()


def merged(kept: Shim, learned: Shim) -> Shim:
    """What is learned now, with a person's part of the file that stands."""
    return merge(kept, learned).shim


def merge(kept: Shim, learned: Shim) -> Merged:
    """The same, with notes. Steps that a person wrote come out marked `by: hand`."""
    return _Merge(frozenset(kept.learned)).shims(kept, learned)


@dataclass
class _Merge:
    base: frozenset[str]
    notes: list[Note] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def shims(self, kept: Shim, learned: Shim) -> Merged:
        shim = replace(
            learned,
            system=learned.system or kept.system,
            old=learned.old or kept.old,
            new=learned.new or kept.new,
            entries=tuple(self._entries(kept.entries, learned.entries)),
            moved=self._items(("", "moved"), "", MOVED, kept.moved, learned.moved),
            requests=self._steps(("", "requests"), "", kept.requests, learned.requests),
            everywhere=self._steps(("", "everywhere"), "", kept.everywhere, learned.everywhere),
            otherwise=self._steps(("", "otherwise"), "", kept.otherwise, learned.otherwise),
        )
        marks = tuple(each for each in signed(learned).learned if each not in self.left_out)
        return Merged(replace(shim, learned=marks), tuple(self.notes))

    def _entries(self, kept: Sequence[Entry], learned: Sequence[Entry]) -> Iterator[Entry]:
        pairs = paired_entries(kept, learned)
        ours = {entry_key(each) for each in pairs.values()}
        fresh = []
        for entry in learned:
            if entry_key(entry) in ours:
                continue
            if self._is_marked((entry_key(entry), "match")):
                self._note(("", "operations"), f"taken out by hand: {entry_key(entry)}")
            else:
                fresh.append(entry)
        for entry in kept:
            if (new := pairs.get(entry_key(entry))) is not None:
                yield self._entry(entry, new)
            elif (rest := self._entry(entry, _emptied(entry))) != _emptied(entry) or not self._is_known(entry):
                yield rest
            else:
                self._note(("", "operations"), f"not learned any more: {entry_key(entry)}")
        yield from fresh

    def _entry(self, kept: Entry, learned: Entry) -> Entry:
        was = entry_key(kept) if self._is_known(kept) else entry_key(learned)
        when = learned.when if self._is_known(kept) else kept.when
        shown = entry_key(replace(learned, when=when))
        return replace(
            learned,
            when=when,
            forward=self._only((was, "forward"), kept.forward, learned.forward),
            rewrite=kept.rewrite if self._is_theirs((was, "rewrite"), kept, learned) else learned.rewrite,
            otherwise=bool(self._only((was, "otherwise"), _flag(kept), _flag(learned))),
            request=self._steps((shown, "request"), was, kept.request, learned.request),
            response=self._steps((shown, "response"), was, kept.response, learned.response),
            calls=self._items((shown, "calls"), was, CALLS, kept.calls, learned.calls),
            lost=self._items((shown, "lost"), was, LOST, kept.lost, learned.lost),
            ambiguous=self._items((shown, "ambiguous"), was, AMBIGUOUS, kept.ambiguous, learned.ambiguous),
        )

    def _is_theirs(self, key: Key, kept: Entry, learned: Entry) -> bool:
        said = rewrite_text(kept)
        return self._only(key, said, rewrite_text(learned)) == said

    def _only(self, key: Key, kept: str, learned: str) -> str:
        """Of what stands there once at most."""
        is_theirs = not self._is_marked((*key, kept)) if kept else self._is_marked((*key, learned))
        return kept if is_theirs else learned

    def _steps(self, at: Key, was: str, kept: Sequence[Learned], learned: Sequence[Learned]) -> tuple[Learned, ...]:
        def is_ours(each: Learned) -> bool:
            return each.by != HAND and self._is_marked((was, at[1], step_text(each.step)))

        return self._items(
            at, was, STEPS, [each if is_ours(each) else replace(each, by=HAND) for each in kept], learned
        )

    def _items(self, at: Key, was: str, kind: Section[T], kept: Sequence[T], learned: Sequence[T]) -> tuple[T, ...]:
        section = at[1]
        ours = [each for each in kept if self._is_ours((was, section, kind.says(each)), each)]
        theirs = [each for each in kept if not any(each is other for other in ours)]
        known, own = {about for each in ours for about in kind.about(each)}, {kind.says(each) for each in theirs}
        claimed = {about for each in theirs for about in kind.about(each)} - known
        standing = {kind.says(each) for each in kept}
        taken: list[T] = []
        for each in learned:
            says, conflict = kind.says(each), not claimed.isdisjoint(kind.about(each))
            if says in own:
                continue
            if self._is_marked((was, section, says)) and says not in standing:
                if kind is STEPS and not conflict:  # what is not lost or ambiguous any more needs no word
                    self._note(at, f"taken out by hand: {says}")
            elif conflict:
                self.left_out.add(mark((was, section, says)))
                if kind is STEPS:
                    self._note(at, f"left out for what stands here by hand: {says}")
            else:
                taken.append(each)
        return tuple(_woven(taken, kept, theirs, kind))

    def _is_ours(self, key: Key, item: object) -> bool:
        return self._is_marked(key) and not (isinstance(item, Learned) and item.by == HAND)

    def _is_known(self, entry: Entry) -> bool:
        return self._is_marked((entry_key(entry), "match"))

    def _is_marked(self, key: Key) -> bool:
        return mark(key) in self.base

    def _note(self, key: Key, text: str) -> None:
        self.notes.append(Note(key, text))


def _emptied(entry: Entry) -> Entry:
    return Entry(entry.method, entry.template, entry.discriminator, entry.when)


def _flag(entry: Entry) -> str:
    return "true" if entry.otherwise else ""


def _woven(learned: Sequence[T], kept: Sequence[T], theirs: Sequence[T], kind: Section[T]) -> list[T]:
    """A person's items among those learned now: each after what it came after in the file, as far as that still stands."""
    woven = list(learned)
    for at, item in enumerate(kept):
        if any(item is each for each in theirs):
            woven.insert(_position(woven, kept[:at], kept[at + 1 :], kind), item)
    return woven


def _position(woven: Sequence[T], before: Sequence[T], after: Sequence[T], kind: Section[T]) -> int:
    for says in (kind.says, lambda each: frozenset(kind.about(each))):
        where = {says(each): at for at, each in enumerate(woven)}
        for each in reversed(before):
            if says(each) in where:
                return where[says(each)] + 1
        for each in after:
            if says(each) in where:
                return where[says(each)]
    return len(woven) if before else 0
