"""Bringing a side up so that it stays: a keeper is given the job, and followed until it has said what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from harness.environments.commands import quoted, tail_of
from harness.environments.reap import reap_orphans
from harness.living.detached import let_go
from harness.living.keeper import KEPT, Job
from harness.living.place import State
from harness.living.talk import failed
from harness.living.waking import Keeper
from harness.model.errors import EnvironmentFailed

Tell = Callable[[str], None]


def start(keeper: Keeper, job: Job, tell: Tell, meanwhile: Callable[[], None]) -> State:
    """Gives the keeper its job, does what may be done `meanwhile`, and gives the state when the side is up.

    Raises what the keeper raised; on that, and on Ctrl-C, it has ended, and nothing is left of what it made.
    """
    keeper.busy = True
    try:
        with suppress(BrokenPipeError):  # it has ended: it said why
            _order(keeper, json.dumps(asdict(job)).encode() + b"\n")
        meanwhile()
        state = _followed(keeper.words, tell)
        if state is None:
            raise EnvironmentFailed("the keeper ended without a word", hint=_last_words(keeper))
        _order(keeper, KEPT)
    except BaseException:
        keeper.orders.close()
        keeper.process.wait()
        reap_orphans()  # what the engine made just when the keeper was interrupted is nobody's by now
        raise
    let_go(keeper.process)
    return state


def _order(keeper: Keeper, text: bytes) -> None:
    keeper.orders.write(text)
    keeper.orders.flush()


def _followed(lines: IO[bytes], tell: Tell) -> State | None:
    """The state that the keeper comes to, what it says on the way told; None where it says nothing more."""
    for line in lines:
        said = json.loads(line)
        if "up" in said:
            return State(**said["up"])
        if "failed" in said:
            raise failed(said["failed"])
        tell(said["tell"])
    return None


def _last_words(keeper: Keeper) -> str:
    keeper.process.wait()
    keeper.complaints.seek(0)
    return quoted(tail_of(keeper.complaints.read(), 20))
