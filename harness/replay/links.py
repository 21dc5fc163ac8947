"""Which values of answers come back in later requests: ids, tokens, cursors, versions. Found in one recording where nothing else
can be meant, and by comparison with a second one of the same scenario on other data, where both changed alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.replay.answered import Place, answered
from harness.replay.meaning import affinity, asked_for, given
from harness.replay.pieces import counterpart, is_common, is_random, spans, text_of
from harness.replay.sent import Slot, slots

_MOST_SOURCES = 3
_MOST_MET = 64
_MOST_MATCHED = 2000
"""Calls up to which two recordings are laid side by side as texts are; beyond, the nth call of a shape is the nth."""
_SHORT = 6
"""Characters below which two equal values may well be two different things."""


@dataclass(frozen=True)
class Source:
    """A place in the answer to the exchange of that id."""

    exchange: str
    place: Place


@dataclass(frozen=True)
class Link:
    """The characters from `start` to `end` of the text at `slot` of a request (`exchange`) came from one of `sources`, the
    likeliest first; all of them held the same value. `why` says how that is known.
    """

    exchange: str
    slot: Slot
    start: int
    end: int
    sources: tuple[Source, ...]
    why: str


def find_links(first: Recording, second: Recording | None = None) -> tuple[Link, ...]:
    """The links of `first`, whose exchanges have ids; `second` is the same scenario recorded once more.

    A value that the client itself sent before any answer held it is the client's own, and no link.
    """
    calls = [_Called(exchange) for exchange in first.exchanges if exchange.id is not None]
    others: dict[int, _Called] = {}
    if second is not None:
        again = [_Called(exchange) for exchange in second.exchanges]
        others = {at: again[other] for at, other in _aligned(calls, again)}
    return tuple(_Search(calls, others).links())


@dataclass(frozen=True)
class _Called:
    exchange: Exchange

    def sent(self) -> dict[Slot, Json]:
        """Not kept: a hundred thousand calls would fill the memory."""
        return dict(slots(self.exchange.request))

    def answered(self) -> dict[Place, Json]:
        """Not kept either."""
        return answered(self.exchange.response) if self.exchange.response else {}

    @cached_property
    def segments(self) -> list[str]:
        return self.exchange.request.path.split("/")[1:]

    @cached_property
    def shape(self) -> tuple[str, ...]:
        """What two recordings of one call share: method, words of the path, names of parameters."""
        words = (segment if segment.isalpha() else "*" for segment in self.segments)
        return self.exchange.request.method, *words, "?", *sorted({name for name, _ in self.exchange.request.query})


def _aligned(one: Sequence[_Called], other: Sequence[_Called]) -> Iterator[tuple[int, int]]:
    shapes, others = [call.shape for call in one], [call.shape for call in other]
    if shapes == others:
        yield from enumerate(range(len(shapes)))
    elif max(len(shapes), len(others)) > _MOST_MATCHED:
        places = {shape: at for at, shape in enumerate(_numbered(others))}
        yield from ((at, places[shape]) for at, shape in enumerate(_numbered(shapes)) if shape in places)
    else:
        for block in SequenceMatcher(None, shapes, others, autojunk=False).get_matching_blocks():
            yield from ((block.a + step, block.b + step) for step in range(block.size))


def _numbered(shapes: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int]]:
    met: Counter[tuple[str, ...]] = Counter()
    for shape in shapes:
        met[shape] += 1
        yield shape, met[shape]


@dataclass(frozen=True)
class _Known:
    """A value as it was met, in both recordings (the same twice where there is one)."""

    pair: tuple[str, str]
    at: int
    place: Place


def _latest() -> deque[_Known]:
    """The latest places that held a value: a value that many answers repeat is not looked for in all of them."""
    return deque(maxlen=_MOST_MET)


@dataclass
class _Search:
    """One walk over the calls: what was sent and answered before each call is known when its turn comes."""

    calls: Sequence[_Called]
    others: Mapping[int, _Called]
    known: dict[tuple[str, str], deque[_Known]] = field(default_factory=lambda: defaultdict(_latest))
    sent: dict[tuple[str, str], int] = field(default_factory=dict)
    """The first call with which the client sent a pair."""
    own: dict[str, bool] = field(default_factory=dict)
    """Whether a text was the client's before any answer held it."""

    def links(self) -> Iterator[Link]:
        for at, call in enumerate(self.calls):
            other = self.others.get(at)
            twins = {slot: text_of(value) for slot, value in other.sent().items()} if other else {}
            sent = [(slot, text_of(value), twins.get(slot)) for slot, value in call.sent().items()]
            for slot, text, twin in sent:
                yield from self._of_slot(at, call, slot, text, twin)
            for _, text, twin in sent:
                self._learn(at, None, text, twin)
            others = other.answered() if other else None
            for place, value in call.answered().items():
                again = value if others is None else others.get(place)
                if again is not None:
                    self._learn(at, place, text_of(value), text_of(again))

    def _learn(self, at: int, place: Place | None, text: str, twin: str | None) -> None:
        pair = (text, text if twin is None else twin)
        if place is None:
            for start, end in spans(text):
                piece = text[start:end]
                self.own.setdefault(piece, True)
                self.sent.setdefault((piece, counterpart(text, pair[1], start, end)), at)
        else:
            self.own.setdefault(text, False)
            self.known[pair].append(_Known(pair, at, place))

    def _of_slot(self, at: int, call: _Called, slot: Slot, text: str, twin: str | None) -> Iterator[Link]:
        """The longest pieces of the text that an answer gave; no two of them overlap."""
        taken: list[tuple[int, int]] = []
        for start, end in sorted(spans(text), key=lambda span: span[0] - span[1]):
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            piece = text[start:end]
            found = self._sources(call, slot, piece, piece if twin is None else counterpart(text, twin, start, end))
            if found is not None:
                taken.append((start, end))
                name = self.calls[at].exchange.id or ""
                yield Link(name, slot, start, end, *found)

    def _sources(self, call: _Called, slot: Slot, piece: str, twin: str) -> tuple[tuple[Source, ...], str] | None:
        met = self.known.get((piece, twin))
        if not met:
            return None
        strong = len(piece) >= _SHORT and not is_common(piece)
        if strong and self.own[piece]:
            return None
        asked = asked_for(slot, call.segments)
        ranked = sorted(((self._fit(asked, each), each) for each in met), key=lambda one: one[0], reverse=True)
        why = self._why(ranked[0], piece, twin, slot, call)
        if why is None:
            return None
        fitting = [each for fit, each in ranked if strong or fit[0] == ranked[0][0][0]]
        return tuple(dict.fromkeys(self._source(each) for each in fitting[:_MOST_SOURCES])), why

    def _source(self, known: _Known) -> Source:
        return Source(self.calls[known.at].exchange.id or "", known.place)

    def _fit(self, asked: frozenset[str], known: _Known) -> tuple[int, bool, int]:
        """By name first, then what stands in no list, then the latest."""
        own, around = given(known.place, self.calls[known.at].segments)
        in_list = any(isinstance(step, int) and step >= 0 for step in known.place)
        return affinity(asked, own, around), not in_list, known.at

    def _why(
        self, best: tuple[tuple[int, bool, int], _Known], piece: str, twin: str, slot: Slot, call: _Called
    ) -> str | None:
        """How the link is known; None where it may be chance."""
        (fit, _, _), known = best
        if piece != twin:
            if len(piece) >= _SHORT and len(twin) >= _SHORT and not is_common(piece):
                return "both recordings: it changed with the answer"
            return "both recordings: it changed with the answer, and is called alike" if fit >= 2 else None
        if is_random(piece):
            return "too random to be chance"
        return self._created(known, slot, call)

    def _created(self, known: _Known, slot: Slot, call: _Called) -> str | None:
        """What a POST made, asked for below the address that it was posted to."""
        maker = self.calls[known.at]
        told_where = known.place[:2] == ("header", "location") and known.place[-2:] == ("segment", -1)
        identity = known.place[0] == "body" and len(known.place) == 2 and "id" in given(known.place, ())[0]
        made = maker.exchange.request.method == "POST" and (told_where or identity)
        if not made or slot[0] != "path":
            return None
        below = maker.segments == call.segments[: int(slot[1]) - 1]
        own = self.sent.get(known.pair, known.at + 1) <= known.at
        return "a POST made it, and it is asked for below the same address" if below and not own else None
