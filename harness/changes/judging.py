"""Values at places that differ between two runs of one version, judged by chance; what they cannot have by chance is a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.changes.agreement import leaf
from harness.changes.clock import clocks
from harness.changes.evidence import Case, read_body
from harness.changes.exchangeable import exchangeable
from harness.changes.explain import Pair
from harness.changes.fourfold import rows
from harness.changes.noise import Noise, Places, varying
from harness.changes.permutation import ALPHA, Call, Observed, holm, in_each_run, least_p_value, p_value
from harness.changes.residue import Residue, residue
from harness.changes.scalars import Moved, moved
from harness.lens.answer import ABSENT, Answer
from harness.lens.condition import json_type
from harness.lens.step import Apply, Step
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.paths import Path


@dataclass(frozen=True)
class Runs:
    """One call's bodies in all runs that there are, the first run first: OLD's, and NEW's as the steps leave them."""

    old: tuple[Json, ...]
    new: tuple[Json, ...]


def left(
    pairs: Sequence[Pair],
    cases: Sequence[Case],
    steps: Sequence[Step],
    noise: Noise,
    live: frozenset[Path] = frozenset(),
) -> list[Residue]:
    """What differs once the steps were applied to the pairs' answers, and is neither noise nor the time of the call.

    `pairs` and `cases` are the same calls, of one operation or of all those that fail; `live` are places that are passed over
    where no second run was given.
    """
    if not noise.measured:
        return residue(pairs, Places(clocks(pairs, cases) | live))
    operations = {case.operation for case in cases}
    noisy = Places(frozenset().union(*(noise.of(operation).paths for operation in operations)))
    applied = [step.compile() for step in steps]
    runs = [_runs(pair, case, applied, noise) for pair, case in zip(pairs, cases, strict=True)]
    if steps:
        noisy = Places(noisy.paths | _noisy_as_edited(runs))
    return residue(pairs, noisy) + judged(pairs, runs, noisy)


def judged(pairs: Sequence[Pair], runs: Sequence[Runs], noisy: Places) -> list[Residue]:
    """The noisy places of an operation whose values differ between the versions by more than chance lets them."""
    places = [each for each in moved(pairs) if each.at in noisy]
    calls = [[call for of_call in runs if (call := _seen(place.at, of_call))] for place in places]
    return [_residue(places[at], calls[at], chance) for at, chance in significant(calls).items()]


def significant(places: Sequence[Sequence[Call]]) -> dict[int, float]:
    """Which of the noisy places of an operation have changed, with the p-value of each.

    Where none has, one is named in at most 1 % of studies. A place is not tested where its runs are not exchangeable, or where
    the calls are too few for any outcome to be significant (Tarone 1990: then it costs the others nothing).
    """
    testable = [at for at, calls in enumerate(places) if exchangeable(calls) and least_p_value(calls) <= ALPHA]
    chances = {at: p_value(places[at]) for at in testable}
    flags = holm(list(chances.values()))
    return {
        at: chance
        for (at, chance), flag in zip(chances.items(), flags, strict=True)
        if flag and in_each_run(places[at])
    }


def _runs(pair: Pair, case: Case, applied: Sequence[Apply], noise: Noise) -> Runs:
    old, new = [pair.old], [pair.answer.body]
    old_again, new_again = noise.old_again.to(case.pair.old), noise.new_again.to(case.pair.new)
    if old_again is not None:
        old.append(read_body(old_again))
    if new_again is not None:
        body = read_body(new_again)
        answer = Answer(new_again.status, list(new_again.headers), body, case.call, received=read_body(new_again))
        for apply in applied:
            apply(answer)
        new.append(answer.body)
    return Runs(tuple(old), tuple(new))


def _noisy_as_edited(runs: Sequence[Runs]) -> set[Path]:
    """Where NEW's second run differs from its first after the steps: what they renamed stands elsewhere now."""
    return {at for each in runs if len(each.new) == 2 for at in varying(*each.new, ())}


def _seen(at: Path, runs: Runs) -> Call:
    """What one call showed at a place, wherever all of its runs have a scalar of one type there."""
    bodies = runs.old + runs.new
    if len(bodies) < 3 or any(body is ABSENT for body in bodies):
        return ()
    return [
        Observed(tuple(map(leaf, row[: len(runs.old)])), tuple(map(leaf, row[len(runs.old) :])))
        for row in rows(at, bodies)
        if len(set(map(json_type, row))) == 1
    ]


def _residue(place: Moved, calls: Sequence[Call], chance: float) -> Residue:
    between = sum(any(seen.old[0] != seen.new[0] for seen in call) for call in calls)
    within_old = sum(any(len(set(seen.old)) > 1 for seen in call) for call in calls)
    within_new = sum(any(len(set(seen.new)) > 1 for seen in call) for call in calls)
    told = f"differs between the versions in {between} of {len(calls)} calls"
    reason = f"{told}, between two runs of OLD in {within_old} and of NEW in {within_new}; p = {chance:.0e}"
    support = Support(
        pairs=len(place.pairs),
        agreeing=len({sample.pair for sample in place.samples}),
        distinct=len({serialize(sample.old) for sample in place.samples}),
    )
    first = place.samples[0]
    return Residue(
        "response-value-changed", place.at, f"the value {told}", support, first.old, first.new, reason=reason
    )
