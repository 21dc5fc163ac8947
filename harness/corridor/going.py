"""What one check knows of itself while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from harness.corridor.place import Place
from harness.environments.driver import Driver, RunningSystem
from harness.environments.spec import Environment
from harness.model.outcome import FaultyRuns, PluginRun
from harness.model.reads import OperationUse
from harness.model.summary import Accounting
from harness.redaction.redactor import Redactor
from harness.schema.operations import Operations

Tell = Callable[[str], None]


@dataclass
class Clock:
    """Seconds that each phase took, in the order in which they began."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Adds the time that the block takes to the phase, however the block ends."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - begun


@dataclass
class Going:
    """What one check knows of itself while it goes on. What is in memory is as it was; what is written goes through `redactor`.

    `operations` are those of the plugin's calls on OLD, `uses` what it does with their answers.
    """

    environment: Environment
    run_id: str
    folder: Path
    started: datetime
    driver: Driver
    reason: str
    tell: Tell
    clock: Clock
    redactor: Redactor
    place: Place = field(default_factory=Place)
    offline: dict[str, Path] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    plugin_version: str = ""
    runs: list[PluginRun] = field(default_factory=list)
    accounting: dict[str, Accounting] = field(default_factory=dict)
    systems: list[RunningSystem] = field(default_factory=list)
    operations: Operations | None = None
    uses: tuple[OperationUse, ...] = ()
    faulty: list[FaultyRuns] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
