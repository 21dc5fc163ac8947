"""Each fact that was asked for, or that a customer reported, beside what runs: the same, another, or not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.environments.recipe import normalised
from harness.intake.fact import Fact, agree
from harness.parity.weights import Weight, rule_for, weight_of

_CLOSE = 90.0
"""Seconds by which two clocks may differ: asking takes a while."""
_NOT_COMPARED = {
    ("host", "utc-offset"),
    ("system", "address"),
    ("system", "language"),
    ("os", "kernel"),
    ("os", "name"),
}


@dataclass(frozen=True)
class Mismatch:
    """What was wanted, what runs, how much it weighs, and why."""

    wanted: Fact
    found: Fact
    weight: Weight
    why: str


@dataclass(frozen=True)
class Parity:
    """All that was wanted, divided; `unknown` is what nothing that runs says anything about."""

    matches: tuple[Fact, ...]
    mismatches: tuple[Mismatch, ...]
    unknown: tuple[Fact, ...]

    @property
    def weighty(self) -> bool:
        """Whether one of the mismatches can make a difference."""
        return any(each.weight is not Weight.COSMETIC for each in self.mismatches)


def compared(wanted: Iterable[Fact], running: Sequence[Fact]) -> Parity:
    """Every wanted fact against what each place says about it; a place that says otherwise is a mismatch of its own."""
    matches, unknown, mismatches = [], [], []
    once: dict[tuple[tuple[str, str], str], Fact] = {}
    for fact in wanted:
        once.setdefault((fact.key, fact.value), fact)
    for fact in once.values():
        found = [each for each in running if each.key == fact.key]
        against = list({each.value: each for each in found if not _same(fact, each)}.values())
        mismatches += [Mismatch(fact, each, weight_of(fact, each), rule_for(fact).why) for each in against]
        if not found:
            unknown.append(fact)
        elif not against:
            matches.append(fact)
    order = list(Weight)
    return Parity(tuple(matches), tuple(sorted(mismatches, key=lambda each: order.index(each.weight))), tuple(unknown))


def comparable(reported: Iterable[Fact], running: Sequence[Fact]) -> Iterator[Fact]:
    """What of a customer's report can be held against what runs.

    A machine has hundreds of Debian packages: those that are not here are passed over. The version of a browser of another
    name counts otherwise than ours: the Chromium that it is built on is compared in its place.
    """
    here = {fact.key for fact in running}
    names = {fact.value for fact in running if fact.key == ("browser", "name")}
    reported = list(reported)
    other = any(fact.key == ("browser", "name") and fact.value not in names for fact in reported)
    inside = any(fact.key == ("browser", "chromium") for fact in reported)
    for fact in reported:
        listed = fact.subject == "debian" and fact.key not in here
        elsewhere = other and inside and fact.key == ("browser", "version")
        if not (
            listed or elsewhere or fact.key in _NOT_COMPARED or fact.name.startswith("--") or fact.name == "codename"
        ):
            yield fact


def _same(wanted: Fact, found: Fact) -> bool:
    if wanted.value == "installed" or agree(wanted, found):
        return True
    if wanted.key == ("host", "clock ahead"):
        return abs(_seconds(wanted) - _seconds(found)) <= _CLOSE
    if wanted.key == ("host", "locale"):
        return _locale(wanted.value) == _locale(found.value)
    if wanted.key == ("host", "umask"):
        return int(wanted.value, 8) == int(found.value, 8)
    if wanted.subject in ("pip", "npm"):
        return normalised(wanted.value) == normalised(found.value)
    return found.subject == "debian" and found.value.startswith(f"{wanted.value}-")


def _seconds(fact: Fact) -> float:
    return float(fact.value.removesuffix(" s"))


def _locale(value: str) -> tuple[str, str]:
    name, _, charset = value.partition(".")
    return name, re.sub(r"\W", "", charset).casefold()
