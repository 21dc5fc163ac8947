"""The process that owns a side which stays up: `python -m harness.living.keeper`, started by `backfit env up`.

Its job is the first line of its standard input. Whoever gives it reads on standard output, a line of JSON each, what goes
on and what came of it. Until that reader has said "kept", the keeper ends with it; then it lives until `down` or a signal.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, replace
from io import FileIO
from pathlib import Path
from typing import Any

from harness.environments.driver import Driver, RunningSystem, Wanted, choose_driver
from harness.environments.load import load_environment
from harness.environments.owner import current_owner
from harness.environments.spec import Environment, SideName
from harness.environments.store import Tell
from harness.living.front import front, program
from harness.living.place import State, place_of
from harness.living.resident import Resident
from harness.living.talk import answering, failure
from harness.model.errors import BackfitError, EnvironmentFailed, ExitCode

KEPT = b"kept\n"

Say = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Job:
    """What is to be kept up, and for which workspace; the paths are absolute."""

    path: str
    workspace: str
    side: SideName
    driver: Wanted = "auto"
    shim: str | None = None
    port: int | None = None
    frozen: bool = False
    faults: bool = False


def main() -> int:
    """Keeps the job's side up until it is told to end; the exit code says what a command's would."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end_once)
    orders = FileIO(sys.stdin.fileno(), closefd=False)  # unbuffered: a thread in a buffer's lock aborts Python's end
    try:
        job = orders.readline()
        threading.Thread(target=_end_with_reader, args=(orders,), daemon=True).start()
        return _outcome(job) if job else ExitCode.SAFE
    except KeyboardInterrupt:
        return ExitCode.SAFE


def _outcome(job: bytes) -> int:
    try:
        _keep(Job(**json.loads(job)), _say)
    except BackfitError as error:
        _say({"failed": failure(error)})
        return error.exit_code
    except Exception as error:  # noqa: BLE001  whoever waits is told of a defect as well
        told = BackfitError(f"internal error: {type(error).__name__}: {error}", hint=traceback.format_exc())
        _say({"failed": failure(told)})
        return ExitCode.INTERNAL
    return ExitCode.SAFE


def _keep(job: Job, say: Say) -> None:
    environment = load_environment(Path(job.path))
    place = place_of(environment, job.side, Path(job.workspace))
    with ExitStack() as stack:
        stack.enter_context(place.held())
        state = State(environment.name, str(environment.path.absolute()), job.side, current_owner().token, time.time())
        place.write(state)
        _complain_into(place.log)
        driver, reason = choose_driver(job.driver, f"{place.folder.name}-{secrets.token_hex(2)}", environment)
        tell = _teller(say)
        tell(reason)
        shim = program(Path(job.shim) if job.shim else None, job.port)
        stack.callback(driver.close)
        driver.prepare(environment, job.side, tell)
        _check_lock(environment, driver, job, tell)
        tell(f"starting {environment.system.name} ({job.side})")
        system = driver.start(environment, job.side, tell)
        stack.callback(system.stop)
        faulty = stack.enter_context(_impaired(environment, system, tell)) if job.faults else system.url
        before = stack.enter_context(front(shim, faulty, job.port))
        state = replace(
            state,
            driver=driver.name,
            reason=reason,
            shim=job.shim or "",
            faults=job.faults,
            front=before.url if before else faulty if job.faults else "",
            version=f"{environment.system.name} {system.version}",
        )
        resident = Resident(place, state, system, before)
        stack.enter_context(answering(place.socket, resident.answer))
        say({"up": asdict(resident.state)})
        threading.Event().wait()  # until a signal


def _check_lock(environment: Environment, driver: Driver, job: Job, tell: Tell) -> None:
    if environment.lock or job.frozen:
        from harness.environments.lock.check import check_lock  # a keeper without a lock is up sooner

        check_lock(environment, driver, (job.side,), tell, frozen=job.frozen)


def _impaired(environment: Environment, system: RunningSystem, tell: Tell) -> AbstractContextManager[str]:
    from harness.environments.network.faults import impaired  # as few as need it

    return impaired(environment, system, tell)


def _complain_into(log: Path) -> None:
    """Standard error goes there from now on."""
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), sys.stderr.fileno())
    except OSError as error:
        raise EnvironmentFailed(f"cannot be written: {error.strerror}", where=str(log)) from error


def _teller(say: Say) -> Tell:
    """To whoever waits, and into the log."""

    def tell(line: str) -> None:
        say({"tell": line})
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")

    return tell


def _say(value: dict[str, Any]) -> None:
    try:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads any more: _end_with_reader ends us where that is too early
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_with_reader(orders: FileIO) -> None:
    """Ends this process when standard input closes before KEPT came through it."""
    if orders.readline() != KEPT:
        os.kill(os.getpid(), signal.SIGTERM)


def _end_once(*_: object) -> None:
    """The first signal ends what goes on; what ends is not disturbed by another."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
