"""What kinds see in statuses and cookies."""

from __future__ import annotations

import pytest

from harness.changes.answers import Detect, Sighting
from harness.changes.kinds.cookie_added import detect as cookie_added
from harness.changes.kinds.cookie_changed import detect as cookie_changed
from harness.changes.kinds.cookie_removed import detect as cookie_removed
from harness.changes.kinds.failure_removed import detect as failure_removed
from harness.changes.kinds.status_changed import detect as status_changed
from harness.changes.kinds.success_removed import detect as success_removed
from harness.changes.study import study
from harness.model.change import Support
from harness.model.exchange import Recording
from tests.changes.bodies import exchange, recording
from tests.changes.kinds.sighting import FOUND, LOST, Seen, coded, cookies, errors, turned_back

SEEN: list[Seen] = [
    (
        cookie_added,
        "in one of two",
        cookies("", ""),
        cookies("sid=1; Path=/", ""),
        [Sighting("GET /a/{a_id}", "cookie sid", "cookie sid is new", Support(2, 1, 1), new="sid; path=/")],
    ),
    (cookie_added, "in none", cookies("sid=1"), cookies("sid=1"), []),
    (
        cookie_added,
        "another",
        cookies("sid=1"),
        cookies("tid=1"),
        [Sighting("GET /a/{a_id}", "cookie tid", "cookie tid is new", Support(1, 1, 1), new="tid")],
    ),
    (
        cookie_removed,
        "in one of two",
        cookies("sid=1", "sid=2"),
        cookies("", "sid=3"),
        [Sighting("GET /a/{a_id}", "cookie sid", "cookie sid is not set any more", Support(2, 1, 1), "sid")],
    ),
    (
        cookie_removed,
        "another",
        cookies("sid=1"),
        cookies("tid=1"),
        [Sighting("GET /a/{a_id}", "cookie sid", "cookie sid is not set any more", Support(1, 1, 1), "sid")],
    ),
    (
        cookie_changed,
        "in one of two",
        cookies("sid=1; Path=/", "sid=1"),
        cookies("sid=1; Path=/a; Secure", "sid=7"),
        [
            Sighting(
                "GET /a/{a_id}",
                "cookie sid",
                "cookie sid has other attributes",
                Support(2, 1, 1),
                "sid; path=/",
                "sid; path=/a; secure",
            )
        ],
    ),
    (cookie_changed, "another", cookies("sid=1; Secure"), cookies("tid=1"), []),
    (cookie_changed, "set at times", cookies("sid=1", ""), cookies("", "sid=1"), []),
    (
        failure_removed,
        "of one of two",
        coded(404, 404),
        coded(200, 404),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 404 became 200",
                Support(1, 1, 1),
                404,
                200,
                how=FOUND,
                told="404 200",
                claims=frozenset({0}),
            )
        ],
    ),
    (failure_removed, "of none", coded(200), coded(404), []),
    (
        failure_removed,
        "moved on",
        coded(404),
        coded(399),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 404 became 399",
                Support(1, 1, 1),
                404,
                399,
                how=FOUND,
                told="404 399",
                claims=frozenset({0}),
            )
        ],
    ),
    (failure_removed, "fails otherwise", coded(404), coded(400), []),
    (
        success_removed,
        "of one of two",
        coded(200, 200),
        coded(404, 200),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 200 became 404",
                Support(1, 1, 1),
                200,
                404,
                how=LOST,
                told="200 404",
                claims=frozenset({0}),
            )
        ],
    ),
    (success_removed, "of none", coded(404), coded(200), []),
    (
        success_removed,
        "moved on before",
        coded(399, 200),
        coded(404, 200),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 399 became 404",
                Support(1, 1, 1),
                399,
                404,
                how=LOST,
                told="399 404",
                claims=frozenset({0}),
            )
        ],
    ),
    (
        status_changed,
        "of all",
        coded(200, 200),
        coded(201, 201),
        [turned_back("GET /a/{a_id}", 200, 201, Support(2, 2, 1))],
    ),
    (
        status_changed,
        "of one operation's errors",
        errors(403, 403, 403, 403),
        errors(404, 404, 403, 403),
        [turned_back("GET /a/{a_id}", 403, 404, Support(4, 2, 1))],
    ),
    (
        status_changed,
        "of an error of two operations",
        recording(exchange("/a", {}, status=403), exchange("/b", {}, status=403), exchange("/c", {}, status=404)),
        recording(exchange("/a", {}, status=404), exchange("/b", {}, status=404), exchange("/c", {}, status=404)),
        [
            Sighting(
                operation,
                "status",
                "status 403 became 404 in some answers",
                Support(1, 1, 1),
                403,
                404,
                how="nothing tells these answers from the others",
                told="403 404",
            )
            for operation in ("GET /a", "GET /b")
        ],
    ),
    (
        status_changed,
        "of one answer in three",
        coded(201, 200, 200),
        coded(200, 200, 200),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 201 became 200 in some answers",
                Support(3, 1, 1),
                201,
                200,
                how="nothing tells these answers from the others",
                told="201 200",
            )
        ],
    ),
    (
        status_changed,
        "to a redirect",
        coded(200, 200),
        coded(302, 302),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 200 became 302",
                Support(2, 2, 1),
                200,
                302,
                how=LOST,
                told="200 302",
                claims=frozenset({0, 1}),
            )
        ],
    ),
    (
        status_changed,
        "from a redirect",
        coded(399, 300),
        coded(200, 200),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 399 became 200",
                Support(2, 1, 1),
                399,
                200,
                how=LOST,
                told="399 200",
                claims=frozenset({0}),
            ),
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 300 became 200",
                Support(2, 1, 1),
                300,
                200,
                how=LOST,
                told="300 200",
                claims=frozenset({1}),
            ),
        ],
    ),
    (status_changed, "to an error", coded(200), coded(400), []),
    (status_changed, "from what is no redirect", coded(299), coded(404), []),
    (failure_removed, "of a call that fails now", coded(200), coded(400), []),
    (success_removed, "of a call that failed", coded(400), coded(200), []),
]


@pytest.mark.parametrize(
    ("detect", "old", "new", "expected"),
    [pytest.param(detect, *row, id=f"{detect.__module__.rpartition('.')[2]}: {what}") for detect, what, *row in SEEN],
)
def test__detect__in_a_study__says_what_it_saw(
    detect: Detect, old: Recording, new: Recording, expected: list[Sighting]
) -> None:
    assert list(detect(study(old, new), frozenset())) == expected
