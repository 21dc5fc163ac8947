"""How much of OLD's answers such a shim brings back in calls that it was not learned from: k-fold cross-validation.

A shim's file does not say which calls it was learned from, so the shim itself cannot be scored on unseen ones among them. What
can be is the learning: every call is held out once, and scored behind a shim that was learned from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from harness.changes.study import study
from harness.model.errors import UsageError
from harness.model.verification import Unseen
from harness.schema.discriminators import discriminator
from harness.shims.evidence import Evidence
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.verify import Scorer


def cross_validated(
    evidence: Evidence, *, folds: int, seed: int = 0, tell: Callable[[str], None] = lambda text: None
) -> Unseen:
    """Learned and scored `folds` times; the same parts for the same seed. Raises UsageError for too few calls."""
    pairs = evidence.pairs
    if len(pairs) < folds:
        raise UsageError(
            f"{len(pairs)} pairs cannot be split into {folds} parts", hint="give fewer parts, or more calls"
        )
    shuffled = list(pairs)
    Random(seed).shuffle(shuffled)  # noqa: S311  nothing secret: a seed that can be given again
    learned, unseen = Scorer(evidence.operation_of), Scorer(evidence.operation_of)
    for fold in range(folds):
        tell(f"learning without part {fold + 1} of {folds}")
        held = shuffled[fold::folds]
        apart = {id(paired) for paired in held}
        known = evidence.only(paired for paired in pairs if id(paired) not in apart)
        program = Program(shim_from(study(known.old, known.new, known.old_again, known.new_again)), discriminator)
        learned.add(program, known.pairs, evidence.noise)
        unseen.add(program, held, evidence.noise)
    return Unseen(folds, seed, learned.score(), unseen.score())
