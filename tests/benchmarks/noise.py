"""Is a difference noise? Our rule beside Diffy's and McNemar's test, on simulated fields that flip by themselves.

`python -m tests.benchmarks.noise` prints the table and exits with 1 where a claim fails. A field has one of `kinds` values in
each call, fixed by a seed; in each run it flips to another one at the rate given. The upgrade changes the value in `changed` of
the calls, or makes it flip at another rate. Diffy flags (twitter/diffy, JoinedDifferences and its default thresholds) where
OLD and NEW differ more often than OLD and OLD again, by more than 20 % of both and 0.03 % of the calls.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import comb

from harness.changes.agreement import leaf
from harness.changes.findings import findings
from harness.changes.judging import significant
from harness.changes.permutation import Observed
from harness.changes.study import study
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize

ALPHA = 0.01
FALSE_ALARMS = 2000
POWER = 400
SPOT_CHECKS = 40

Runs = Sequence[tuple[str, str, str, str]]
"""For each call: OLD's value, OLD's again, NEW's, NEW's again."""


@dataclass(frozen=True)
class Field:
    """`new_rate` is the rate at which NEW flips; None for the same as OLD."""

    calls: int
    kinds: int
    rate: float
    changed: float = 0.0
    new_rate: float | None = None

    def draw(self, chance: random.Random) -> Runs:
        """Four runs of all calls."""
        new_rate = self.rate if self.new_rate is None else self.new_rate
        rows = []
        for call in range(self.calls):
            old = chance.randrange(self.kinds)
            new = self._other(old, chance) if call < round(self.changed * self.calls) else old
            values = [
                self._flip(base, rate, chance) for base, rate in ((old, self.rate), (new, new_rate)) for _ in "12"
            ]
            rows.append((f"v{values[0]}", f"v{values[1]}", f"v{values[2]}", f"v{values[3]}"))
        return rows

    def _flip(self, base: int, rate: float, chance: random.Random) -> int:
        return self._other(base, chance) if chance.random() < rate else base

    def _other(self, base: int, chance: random.Random) -> int:
        return (base + chance.randrange(1, self.kinds)) % self.kinds


def ours(runs: Runs) -> bool:
    """A quiet field: any difference; a noisy one: the permutation test."""
    if all(old == old_again and new == new_again for old, old_again, new, new_again in runs):
        return any(old != new for old, _, new, _ in runs)
    calls = [
        [Observed((leaf(old), leaf(old_again)), (leaf(new), leaf(new_again)))]
        for old, old_again, new, new_again in runs
    ]
    return bool(significant([calls]))


def diffy(runs: Runs) -> bool:
    """Its default thresholds."""
    raw = sum(old != new for old, _, new, _ in runs)
    noise = sum(old != again for old, again, _, _ in runs)
    return raw > noise and (raw - noise) / (raw + noise) > 0.2 and (raw - noise) / len(runs) > 0.0003


def mcnemar(runs: Runs) -> bool:
    """Exact, one-sided: is OLD unlike NEW more often than it is unlike itself?"""
    return _chance(*_discordant(runs)) <= ALPHA


def mcnemar_two_sided(runs: Runs) -> bool:
    """Exact, two-sided."""
    only_raw, only_noise = _discordant(runs)
    return 2 * _chance(max(only_raw, only_noise), min(only_raw, only_noise)) <= ALPHA


def _discordant(runs: Runs) -> tuple[int, int]:
    only_raw = sum(old != new and old == again for old, again, new, _ in runs)
    return only_raw, sum(old == new and old != again for old, again, new, _ in runs)


def _chance(more: int, fewer: int) -> float:
    """That a fair coin falls so often, or more often, on its one side."""
    count = more + fewer
    return sum(comb(count, each) for each in range(more, count + 1)) / 2.0**count


RULES: dict[str, Callable[[Runs], bool]] = {
    "ours": ours,
    "Diffy": diffy,
    "McNemar": mcnemar,
    "two-sided": mcnemar_two_sided,
}


def rates(field: Field, times: int) -> dict[str, float]:
    """How often each rule flags the field, out of so many draws; the same ones for all rules, and each time it is asked."""
    chance = random.Random(repr(field))
    draws = [field.draw(chance) for _ in range(times)]
    return {name: sum(map(rule, draws)) / times for name, rule in RULES.items()}


def end_to_end(field: Field, times: int) -> int:
    """How often the whole study of four recordings says otherwise than the rule: the rule is what users get."""
    chance = random.Random(repr(field))
    wrong = 0
    for _ in range(times):
        runs = field.draw(chance)
        old, old_again, new, new_again = (_recording(values) for values in zip(*runs, strict=True))
        wrong += bool(findings(study(old, new, old_again, new_again))) != ours(runs)
    return wrong


def _recording(values: Sequence[str]) -> Recording:
    return Recording(
        tuple(
            Exchange(Request("GET", f"http://host/things/{number}"), Response(200, body=serialize({"state": value})))
            for number, value in enumerate(values)
        )
    )


def rows() -> Iterator[tuple[str, Field, int]]:
    """What is claimed of a field, the field, and how many draws it takes. (A fair coin that is turned over is a fair coin.)"""
    for kinds in (2, 5):
        for calls in (20, 50, 200):
            for rate in (0.01, 0.05, 0.5):
                yield "false alarms", Field(calls, kinds, rate), FALSE_ALARMS
    for calls in (20, 50, 200):
        yield "quiet", Field(calls, 5, 0.0, changed=1 / calls), POWER
    for kinds in (2, 5):
        for calls in (20, 50, 200):
            for rate in (0.05, 0.2) if kinds == 2 else (0.05, 0.2, 0.5):
                for changed in (1.0, 0.5, 0.2):
                    yield "power", Field(calls, kinds, rate, changed), POWER
            yield "power", Field(calls, kinds, 0.05, new_rate=0.5), POWER


def holds(claim: str, measured: dict[str, float]) -> bool:
    """At most 1 % false alarms, every difference of a quiet field, McNemar's power at least. The draws are always the same."""
    if claim == "false alarms":
        return measured["ours"] <= ALPHA
    return measured["ours"] >= (1.0 if claim == "quiet" else measured["McNemar"])


def main() -> int:
    """Print a row for each field."""
    print(f"{'claim':13}{'calls':>6}{'kinds':>6}{'flips':>7}{'changed':>9}" + "".join(f"{name:>11}" for name in RULES))
    missed = 0
    for claim, field, times in rows():
        measured = rates(field, times)
        held = holds(claim, measured)
        missed += not held
        change = f"{field.changed:.1%}" if field.new_rate is None else f"-> {field.new_rate:.0%}"
        shown = "".join(f"{rate:>11.2%}" for rate in measured.values())
        print(
            f"{claim:13}{field.calls:>6}{field.kinds:>6}{field.rate:>7.0%}{change:>9}{shown}{'' if held else '   MISSED'}"
        )
    wrong = sum(end_to_end(Field(20, 3, rate, changed), SPOT_CHECKS) for rate in (0.0, 0.2) for changed in (0.0, 1.0))
    print(f"studies of whole recordings that say otherwise than the rule: {wrong}")
    return 1 if missed or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
