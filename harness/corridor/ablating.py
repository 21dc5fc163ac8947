"""`backfit ablate`: OLD is brought up, and the plugin runs against it with parts of its answers taken away."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue

from harness.ablation.ablate import Bounds, ablate
from harness.ablation.candidates import candidates
from harness.ablation.edits import Edit, Trial
from harness.ablation.needs import Needs
from harness.ablation.needs_file import write_needs
from harness.ablation.trial import tried
from harness.contract.uses import uses
from harness.corridor.baseline import Baseline, observed
from harness.corridor.beginning import begun, prepare
from harness.corridor.folders import save_contract
from harness.corridor.going import Going, Tell
from harness.corridor.keeping import keep_contract, roots
from harness.corridor.sides import Up, is_safe, keep, system_up
from harness.corridor.watching import Eyes, watch
from harness.environments.driver import Wanted
from harness.environments.spec import Environment
from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Result, Side
from harness.record.outcome import same_outcome
from harness.replay.selection import reason_to_skip
from harness.schema.operations import Operations, learn_operations

NEEDS = "needs.json"


@dataclass(frozen=True)
class Ablated:
    """What was found, the run's folder, in which it stands as needs.json and in the contract, and the files that were saved."""

    needs: Needs
    folder: Path
    saved: tuple[Path, ...] = ()


def ablated(
    environment: Environment,
    *,
    driver: Wanted = "auto",
    workspace: Path = Path(),
    jobs: int = 1,
    budget: float | None = None,
    save: bool = False,
    frozen: bool = False,
    tell: Tell,
) -> Ablated:
    """Find which places of OLD's answers the plugin needs, within `budget` seconds, `jobs` runs at once.

    With `save` the contract goes to `workspace/contracts/<plugin>/`. Raises EnvironmentFailed where the plugin fails on OLD.
    """
    name = f"{environment.name}-ablation"
    with begun(environment, name, driver=driver, workspace=workspace, tell=tell) as going:
        prepare(going, ("old",), frozen=frozen)
        with system_up(going, "old") as up, ExitStack() as stack:
            base = observed(going, up)
            if base.references[0].result is not Result.WORKS:
                hint = "mend the scenario or the environment first: backfit check tells more"
                raise EnvironmentFailed(
                    f"the plugin fails on the old version already: {base.references[0].headline}",
                    where=str(environment.path),
                    hint=hint,
                )
            keep(going, "recording", base.recording)
            needs = going.redactor.value(_searched(going, up, base, stack, Bounds(jobs, budget, environment.timeout)))
        write_needs(going.folder / NEEDS, needs)  # the last one says whether and why it was stopped
        keep_contract(going, base, workspace, needs.plain())
        saved = save_contract(going.folder, environment.plugin.name, workspace) if save else ()
        return Ablated(needs, going.folder, tuple(saved))


def _searched(going: Going, up: Up, base: Baseline, stack: ExitStack, bounds: Bounds) -> Needs:
    called = [each for each in base.recording.exchanges if reason_to_skip(each) is None]
    operations = learn_operations(called)
    used = None
    if base.told is not None:
        used = uses(base.told.accesses, operations, Recording(tuple(called)), roots(going), base.told.seen)
    trials = _Trials(going, base, operations, up, stack, bounds.jobs)
    return ablate(
        candidates(called, operations, used),
        trials.run,
        bounds,
        keep=lambda found: write_needs(going.folder / NEEDS, going.redactor.value(found)),
        tell=going.tell,
    )


class _Trials:
    """Runs of the plugin on edited answers, several at once. Safe scenarios share one OLD; the others get a system of their own
    each, as at the beginning.
    """

    def __init__(
        self, going: Going, base: Baseline, operations: Operations, up: Up, stack: ExitStack, jobs: int
    ) -> None:
        self._going, self._base, self._operations = going, base, operations
        self._shared = is_safe(base.recording)
        self._numbers = count(1)
        self._systems: SimpleQueue[Up] = SimpleQueue()
        self._systems.put(up)
        for _ in range(jobs - 1):
            self._systems.put(up if self._shared else stack.enter_context(system_up(going, "old")))

    def run(self, edits: frozenset[Edit], limit: float) -> Trial:
        """One run on answers with the edits made."""
        up = self._systems.get()
        try:
            url = up.system.url if self._shared else up.fresh().url
            return tried(url, edits, self._operations.of, limit, watch=self._watched, same=self._same)
        finally:
            self._systems.put(up)

    def _watched(self, url: str, limit: float) -> PluginRun:
        eyes = Eyes(f"ablation-{next(self._numbers)}", kept=False, limit=limit)
        return watch(self._going, url, Side.OLD, eyes).run

    def _same(self, run: PluginRun) -> str | None:
        return same_outcome(self._base.references, run)
