from __future__ import annotations

import pytest

from harness.environments.clock import began, library_here, moment, offset, variables
from harness.environments.spec import Clock

NOW = 1_772_409_600.0
"""2026-03-02T00:00:00Z"""


@pytest.mark.parametrize(
    ("clock", "timezone", "ahead"),
    [
        (Clock(by=-90.0), "UTC", -90.0),
        (Clock(at="2026-03-02T09:00"), "UTC", 9 * 3600.0),
        (Clock(at="2026-03-02T09:00"), "Asia/Shanghai", 3600.0),
        (Clock(at="2026-03-02T09:00+02:00"), "Asia/Shanghai", 7 * 3600.0),
        (Clock(at="2026-07-02T00:00"), "Europe/London", 122 * 86400.0 - 3600.0),
    ],
)
def test__offset__clock__is_told_in_seconds_in_the_hosts_zone(clock: Clock, timezone: str, ahead: float) -> None:
    assert offset(clock, timezone, NOW) == ahead


def test__variables__clock_that_goes_on__is_one_offset_and_leaves_pauses_alone() -> None:
    found = variables(Clock(at="2026-03-02T09:00"), "Asia/Shanghai", NOW, "/lib/f.so")
    assert found == {"LD_PRELOAD": "/lib/f.so", "FAKETIME": "+3600.000", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def test__variables__frozen__is_the_moment_whatever_the_programs_zone() -> None:
    clock = Clock(at="2026-03-02T09:00", frozen=True)
    found = variables(clock, "Asia/Shanghai", NOW, "/lib/f.so")
    assert (found["FAKETIME"], found["FAKETIME_FMT"]) == (str(int(NOW + 3600)), "%s")
    assert (moment(clock, "Asia/Shanghai"), moment(Clock(by=1.0), "UTC")) == (NOW + 3600, None)


def test__began__one_run__is_one_moment() -> None:
    assert began("run-a") == began("run-a") <= began("run-b")


def test__library_here__what_it_names__is_there() -> None:
    found = library_here()
    assert found is None or found.endswith("/libfaketimeMT.so.1")
