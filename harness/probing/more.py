"""Asking for what an answer leaves out: many APIs give further members to who names them in a parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from harness.lens.steps.default import Default
from harness.lens.steps.recase import words
from harness.probing.candidate import QUERY
from harness.probing.part import Query
from harness.probing.vocabulary import FIELDS, spelled

LOST = "{lost}"
"""In a parameter's value that a person gives: the names of the members that are lost."""

_WORDS = 24

Measure = tuple[int, int]
"""How many of the lost members are there with OLD's value, and how many leaves of OLD's answer come back in all."""

Gain = Callable[[str, str], Measure | None]
"""(parameter, value) -> what comes back with it; None where NEW refuses the call."""


def extended(lost: Sequence[str], query: Query, tries: Sequence[str], now: Measure, gain: Gain) -> Default | None:
    """The first parameter that brings something back, its value made of the words each of which brings more; None if none does.

    `tries` are a person's own, `name=value`; `now` is what comes back without.
    """
    for name, pattern in _parameters(query, tries):
        whole = gain(name, pattern.replace(LOST, ",".join(lost)))
        if whole is not None and not _is_more(whole, now):
            continue  # NEW pays no heed to it
        kept = [] if LOST not in pattern else _kept(name, pattern, _said(lost), now, gain)
        value = pattern.replace(LOST, ",".join(kept))
        if (kept or LOST not in pattern) and _is_more(gain(name, value), now):
            return Default(at=QUERY, key=name, value=value)
    return None


def _parameters(query: Query, tries: Sequence[str]) -> Iterator[tuple[str, str]]:
    for each in tries:
        name, _, pattern = each.partition("=")
        yield name, pattern
    spellings = [[name for [name] in spelled((word,), "")] for word in FIELDS]
    for at in range(max(map(len, spellings))):
        yield from ((names[at], LOST) for names in spellings if at < len(names) and names[at] not in query)


def _said(lost: Sequence[str]) -> list[str]:
    """The names, and the words in them: what is lost as `table_rows_count` may be had as `count`."""
    parts = (word for name in lost for word in reversed(words(name)))
    return list(islice(dict.fromkeys((*lost, *parts)), _WORDS))


def _kept(name: str, pattern: str, said: Sequence[str], now: Measure, gain: Gain) -> list[str]:
    """The words each of which brings something that those before it did not."""
    kept: list[str] = []
    for word in said:
        with_it = gain(name, pattern.replace(LOST, ",".join((*kept, word))))
        if with_it is not None and _is_more(with_it, now):
            kept.append(word)
            now = with_it
    return kept


def _is_more(after: Measure | None, before: Measure) -> bool:
    return after is not None and (after[0] > before[0] or after[1] > before[1])
