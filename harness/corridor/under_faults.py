"""One version on the customer's faulty network: the plugin is run several times, and what comes and goes is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harness.corridor.going import Going
from harness.corridor.sides import Up, is_safe
from harness.corridor.watching import NAMES, Eyes, watch
from harness.environments.network.faults import impaired
from harness.environments.network.timeline import in_words
from harness.environments.store import Tell
from harness.model.outcome import FaultyRuns, PluginRun, Result, Side
from harness.record.outcome import compare_outcome


def under_faults(going: Going, up: Up, side: Side, references: Sequence[PluginRun], runs: int) -> FaultyRuns:
    """Run the plugin `runs` times on the side that is up, with all the faults of the environment's network.

    `references` are its runs on OLD on the clean network: whatever else it comes to is a failure of that run, a time-out
    as well. Nothing of what it calls and is answered is kept. Data are as at the beginning where a run may have changed them.
    """
    failures: Counter[str] = Counter()
    changed = True
    for attempt in range(runs):
        system = up.fresh() if changed else up.system
        going.tell(f"the plugin on {NAMES[side]}, on the faulty network ({attempt + 1} of {runs})")
        tell: Tell = going.tell if attempt == 0 else _heard_already
        with (
            going.clock.phase(f"plugin on {NAMES[side]} under faults"),
            impaired(going.environment, system, tell, attempt) as url,
        ):
            watched = watch(going, url, side, Eyes(f"{side}-faulty", kept=False))
        run = compare_outcome(references, watched.run)
        if run.result is not Result.WORKS:
            failures[run.headline] += 1
        changed = run.result is not Result.WORKS or not is_safe(watched.recording)
    return FaultyRuns(
        side=side,
        runs=runs,
        failed=failures.total(),
        headlines=dict(failures.most_common()),
        faults=in_words(going.environment.network),
    )


def _heard_already(_: str) -> None:
    """What cannot be done to the network is the same each time."""
