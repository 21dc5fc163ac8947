from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.clock import clocks
from harness.changes.evidence import gather
from harness.changes.explain import Pair
from harness.changes.pairing import pair
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import format_path
from tests.changes.bodies import exchange, recording


def places(old: Recording, new: Recording) -> list[str]:
    """Where the answers differ in nothing but the time of the call."""
    [group] = gather(pair(old, new).pairs, lambda request: Operation(request.method, request.path))
    pairs = [Pair(case.number, case.old_body, case.answer()) for case in group.cases]
    return [format_path(at) for at in clocks(pairs, group.cases)]


ASKED = "2026-03-02T09:00:00.000Z", "2026-03-02T11:30:00.000Z"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2026-03-02T09:00:01Z", "2026-03-02T11:30:01Z", True),
        ("2026-03-02T09:05:00Z", "2026-03-02T11:30:00Z", True),
        ("2026-03-02T09:05:01Z", "2026-03-02T11:30:00Z", False),
        ("2026-03-02T09:05:00Z", "2026-03-02T11:25:00Z", False),
        ("2026-03-02T10:00:00Z", "2026-03-02T12:30:00Z", True),  # an hour from now
        ("2027-03-02T10:00:00Z", "2027-03-02T12:31:00Z", True),
        ("2026-03-02T10:00:00Z", "2026-03-02T13:30:00Z", False),  # an hour, and two
        ("2026-03-02T09:00:01Z", "2026-03-02T11:24:59Z", False),
        ("2026-03-02T09:00:01Z", "2026-03-02T09:00:02Z", False),  # NEW tells OLD's time
        ("2026-03-02T09:00:01.5Z", "2026-03-02T11:30:01.25Z", True),
        ("2026-03-02T09:00:01Z", "2026-03-02T11:30:01+00:00", False),  # another notation
        ("2026-03-02T10:00:01+01:00", "2026-03-02T12:30:01+01:00", True),
        ("2026-03-02T09:00:01", "2026-03-02T11:30:01", True),  # in whatever zone
        ("2026-03-02 09:00:01.5", "2026-03-02 11:30:01.5", True),
        ("1772442002", "1772451002", True),
        (1772442001 * 10**9, 1772451001 * 10**9, True),
        (1772442001 * 10**6, 1772451001 * 10**9, False),
        ("Mon, 02 Mar 2026 09:00:01 GMT", "Mon, 02 Mar 2026 11:30:01 GMT", True),
        (1772442001, 1772451001, True),
        (1772442001.25, 1772451001.75, True),
        (1772442001000, 1772451001000, True),
        (1772442001, 1772451001000, False),  # another unit
        (1772442301, 1772451001, True),
        (1772442302, 1772451001, False),
        (1772442300, 1772450700, False),
        ("2026-03-02T09:00:01Z", 1772451001, False),
        ("soon", "later", False),
        ("soon", "2026-03-02T11:30:01Z", False),
        ("2026-03-02T09:00:01Z", "soon", False),
        (1, 2, False),
        (True, False, False),
        (10**400, 10**401, False),
    ],
)
def test__clocks__the_time_of_the_call__is_another_in_each_run(old: Json, new: Json, expected: bool) -> None:
    sides = (
        recording(replace(exchange("/now", {"at": value}), started=started))
        for value, started in zip((old, new), ASKED, strict=True)
    )
    assert places(*sides) == (["$.at"] if expected else [])


@pytest.mark.parametrize("started", [(Exchange.started, ASKED[1]), (ASKED[0], Exchange.started), ("", "")])
def test__clocks__where_nobody_said_when_it_was_asked__a_moment_may_have_changed(started: tuple[str, str]) -> None:
    moments = "2026-03-02T09:00:01Z", "2026-03-02T11:30:01Z"
    sides = (
        recording(replace(exchange("/now", {"at": value}), started=at))
        for value, at in zip(moments, started, strict=True)
    )
    assert places(*sides) == []


def test__clocks__one_moment_that_is_far_off__speaks_for_its_place() -> None:
    old, new = (
        recording(*(replace(exchange("/now", {"at": value}), started=started) for value in (now, then)))
        for now, then, started in (
            ("2026-03-02T09:00:01Z", "2025-01-01T00:00:00Z", ASKED[0]),
            ("2026-03-02T11:30:01Z", "2025-01-01T00:00:01Z", ASKED[1]),
        )
    )
    assert places(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "started", "expected"),
    [
        (10**8, 10**8 + 1, ("1973-03-03T09:46:40Z", "1973-03-03T09:46:41Z"), True),
        (10**8, 10**8 - 1, ("1973-03-03T09:46:40Z", "1973-03-03T09:46:41Z"), False),
        (10**10 - 2, 10**10 - 1, ("2286-11-20T17:46:00Z", "2286-11-20T17:46:01Z"), True),
    ],
)
def test__clocks__a_number__is_a_moment_from_1973_to_2286(
    old: int, new: int, started: tuple[str, str], expected: bool
) -> None:
    sides = (
        recording(replace(exchange("/now", {"at": value}), started=each))
        for value, each in zip((old, new), started, strict=True)
    )
    assert bool(places(*sides)) is expected
