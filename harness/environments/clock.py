"""The customer's clock: by how much it differs from the real one, and what tells programs so (libfaketime)."""

from __future__ import annotations

import time
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from harness.environments.spec import Clock

IN_CONTAINERS = "/usr/$LIB/faketime/libfaketimeMT.so.1"
"""Where Debian's package puts libfaketime; the loader itself fills in $LIB."""

_HERE = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/lib64/faketime", "/usr/local/lib/faketime")


@cache
def began(run_id: str) -> float:  # noqa: ARG001 (what is kept is kept by it)
    """The real moment (seconds since 1970) at which the run first asked: system, services and pages count from the same."""
    return time.time()


def moment(clock: Clock, timezone: str) -> float | None:
    """The moment `at` which the clock is set, in seconds since 1970; None where it is shifted."""
    if clock.at is None:
        return None
    at = datetime.fromisoformat(clock.at)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))).timestamp()


def offset(clock: Clock, timezone: str, now: float) -> float:
    """Seconds by which the clock is ahead of the real one at the real moment `now` (seconds since 1970)."""
    at = moment(clock, timezone)
    return (clock.by or 0.0) if at is None else at - now


def variables(clock: Clock, timezone: str, now: float, library: str) -> dict[str, str]:
    """What makes dynamically linked programs see the customer's time; Go's and static ones go on with the real one.

    Only the time of day is another: time-outs and pauses (the monotonic clock) stay as long as they are.
    """
    at = moment(clock, timezone)
    if clock.frozen and at is not None:
        told = {"FAKETIME": str(int(at)), "FAKETIME_FMT": "%s"}
    else:
        told = {"FAKETIME": f"{offset(clock, timezone, now):+.3f}"}
    return {"LD_PRELOAD": library, "FAKETIME_DONT_FAKE_MONOTONIC": "1", **told}


def library_here() -> str | None:
    """libfaketime of this machine, where it is installed."""
    found = (each for pattern in _HERE for each in sorted(Path("/").glob(f"{pattern[1:]}/libfaketimeMT.so.1")))
    return next((str(each) for each in found), None)
