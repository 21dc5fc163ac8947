"""How everything that runs an environment begins and ends: orphans reaped, a folder made, both sides installed, nothing left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from harness.corridor.folders import run_folder
from harness.corridor.going import Clock, Going, Tell
from harness.corridor.place import place_of
from harness.environments.driver import Wanted, choose_driver
from harness.environments.lock.check import check_asked, check_lock
from harness.environments.owner import current_owner
from harness.environments.reap import reap_orphans
from harness.environments.secret_values import secrets_of
from harness.environments.spec import Environment, SideName
from harness.environments.store import cache_folder, scratch_folders
from harness.record.offline import resolve_offline
from harness.record.scratch import remove_left
from harness.redaction.files import redact_file
from harness.redaction.workspace import redactor_of

_WRITTEN_ON_THE_WAY = ("*.zip", "*.log", "*.ndjson", "needs.json")


@contextmanager
def begun(environment: Environment, name: str, *, driver: Wanted, workspace: Path, tell: Tell) -> Iterator[Going]:
    """What a run knows of itself, with a new folder in the workspace. Whatever it starts is ended, on Ctrl-C as well."""
    started = datetime.now(UTC)
    for reaped in (*reap_orphans(), *map(str, remove_left())):
        tell(f"cleaned up after a run that was killed: {reaped}")
    folder = run_folder(workspace, started, name)
    redactor = redactor_of(workspace)
    with redactor.learning():
        for secret in secrets_of(environment):
            redactor.json({"password": secret})
    chosen, reason = choose_driver(driver, folder.name, environment)
    tell(reason)
    going = Going(
        environment=environment,
        run_id=folder.name,
        folder=folder,
        started=started,
        driver=chosen,
        reason=reason,
        tell=lambda line: tell(redactor.text(line)),
        clock=Clock(),
        redactor=redactor,
    )
    try:
        yield going
    except KeyboardInterrupt:
        _end(going)
        raise
    finally:
        _hide(going)
        chosen.close()


def prepare(going: Going, sides: Sequence[SideName], *, frozen: bool = False) -> None:
    """Install the sides, what the plugin runs in and what the page loads from elsewhere: slow the first time, then cached.

    Raises UsageError where it is `frozen` and anything is not as environment.lock says.
    """
    environment = going.environment
    if frozen:
        check_asked(environment, going.driver, sides, going.tell, frozen=True)
    with going.clock.phase("prepare"):
        going.offline = {
            glob: resolve_offline(environment.folder, spec, cache_folder())
            for glob, spec in environment.offline.items()
        }
        going.place = place_of(environment, going.driver, going.run_id, going.folder, going.tell)
        for side in sides:
            going.driver.prepare(environment, side, going.tell)
        check_lock(environment, going.driver, sides, going.tell, frozen=frozen)
    for limit in going.place.limits:
        going.tell(limit)
    going.notes += going.place.limits


def _hide(going: Going) -> None:
    """Once more over what was written by others or on the way: by now all secrets of the run are known."""
    for pattern in _WRITTEN_ON_THE_WAY:
        for file in sorted(going.folder.glob(pattern)):
            redact_file(file, going.redactor)


def _end(going: Going) -> None:
    """Once more: the Ctrl-C may have fallen into the middle of an ending, or of a beginning."""
    for system in going.systems:
        system.stop()
    for folder, owner in scratch_folders():
        if owner == current_owner():
            shutil.rmtree(folder, ignore_errors=True)
