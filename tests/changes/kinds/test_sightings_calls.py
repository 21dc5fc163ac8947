"""What kinds see in where and how calls went, and what they did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.answers import Detect, Sighting
from harness.changes.kinds.operation_removed import detect as operation_removed
from harness.changes.kinds.parameter_renamed import detect as parameter_renamed
from harness.changes.kinds.path_moved import detect as path_moved
from harness.changes.kinds.side_effect_missing import detect as side_effect_missing
from harness.changes.kinds.time_changed import detect as time_changed
from harness.changes.study import study
from harness.model.change import Support, Undone
from harness.model.exchange import Recording
from tests.changes.bodies import exchange, recording
from tests.changes.kinds.sighting import Seen, asked, coded, sent, timed, without_effect

SEEN: list[Seen] = [
    (
        operation_removed,
        "for all calls",
        coded(200, 200, 200),
        coded(404, 404, 404),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 200 became 404",
                Support(3, 3, 1),
                200,
                404,
                how="NEW serves none of the operation's calls",
                told="200 404",
                claims=frozenset({0, 1, 2}),
            )
        ],
    ),
    (operation_removed, "for calls of one kind", coded(200, 200, 200), coded(404, 404, 410), []),
    (operation_removed, "for one call", coded(200), coded(404), []),
    (operation_removed, "for some calls", coded(200, 200, 200), coded(404, 404, 200), []),
    (operation_removed, "by another error", coded(200, 200), coded(500, 500), []),
    (
        operation_removed,
        "for good",
        coded(200, 200),
        coded(410, 410),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 200 became 410",
                Support(2, 2, 1),
                200,
                410,
                how="NEW serves none of the operation's calls",
                told="200 410",
                claims=frozenset({0, 1}),
            )
        ],
    ),
    (
        operation_removed,
        "by another method",
        coded(201, 201),
        coded(405, 405),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 201 became 405",
                Support(2, 2, 1),
                201,
                405,
                how="NEW serves none of the operation's calls",
                told="201 405",
                claims=frozenset({0, 1}),
            )
        ],
    ),
    (operation_removed, "a failure before", coded(404, 404), coded(200, 200), []),
    (
        operation_removed,
        "the same call again",
        recording(exchange("/a", {}), exchange("/a", {})),
        recording(exchange("/a", {}, status=404), exchange("/a", {}, status=404)),
        [],
    ),
    (
        operation_removed,
        "a redirect to it",
        coded(302, 302),
        coded(501, 501),
        [
            Sighting(
                "GET /a/{a_id}",
                "status",
                "status 302 became 501",
                Support(2, 2, 1),
                302,
                501,
                how="NEW serves none of the operation's calls",
                told="302 501",
                claims=frozenset({0, 1}),
            )
        ],
    ),
    (
        parameter_renamed,
        "in two of three",
        asked("/a?_limit=5&q=1", "/a?_limit=6", "/a?q=1"),
        asked("/a?_size=5&q=1", "/a?_size=6", "/a?q=1"),
        [
            Sighting(
                "GET /a",
                "query _limit",
                "NEW is asked with '_size' where OLD was asked with '_limit'",
                Support(3, 2, 2),
                "_limit",
                "_size",
                Undone.UNDONE,
                "rename at $.query, from _limit, to _size",
                told="_size",
            )
        ],
    ),
    (parameter_renamed, "with another value", asked("/a?_limit=5"), asked("/a?_size=6"), []),
    (parameter_renamed, "to one of two", asked("/a?_limit=5"), asked("/a?_size=5&page=5"), []),
    (parameter_renamed, "of one of two", asked("/a?_limit=5&page=5"), asked("/a?_size=5"), []),
    (parameter_renamed, "to one that was there", asked("/a?_limit=5&n=5"), asked("/a?n=5"), []),
    (
        parameter_renamed,
        "of calls that fail on one side",
        asked("/a?_limit=5"),
        recording(exchange("/a?_size=5", {}, status=404, call="0")),
        [
            Sighting(
                "GET /a",
                "query _limit",
                "NEW is asked with '_size' where OLD was asked with '_limit'",
                Support(1, 1, 1),
                "_limit",
                "_size",
                Undone.UNDONE,
                "rename at $.query, from _limit, to _size",
                told="_size",
            )
        ],
    ),
    (
        parameter_renamed,
        "of two",
        asked("/a?_limit=5&_page=2"),
        asked("/a?size=5&page=2"),
        [
            Sighting(
                "GET /a",
                "query _limit",
                "NEW is asked with 'size' where OLD was asked with '_limit'",
                Support(1, 1, 1),
                "_limit",
                "size",
                Undone.UNDONE,
                "rename at $.query, from _limit, to size",
                told="size",
            ),
            Sighting(
                "GET /a",
                "query _page",
                "NEW is asked with 'page' where OLD was asked with '_page'",
                Support(1, 1, 1),
                "_page",
                "page",
                Undone.UNDONE,
                "rename at $.query, from _page, to page",
                told="page",
            ),
        ],
    ),
    (
        path_moved,
        "under a prefix",
        asked("/api/3/cpu", "/api/3/mem"),
        asked("/api/4/cpu", "/api/4/mem"),
        [
            Sighting(
                "GET /api/3/cpu",
                "$",
                "NEW serves this call at GET /api/4/cpu",
                Support(1, 1, 1),
                "GET /api/3/cpu",
                "GET /api/4/cpu",
                undone=Undone.UNDONE,
                how="forwarded to GET /api/4/cpu",
                told="/api/3 /api/4",
            ),
            Sighting(
                "GET /api/3/mem",
                "$",
                "NEW serves this call at GET /api/4/mem",
                Support(1, 1, 1),
                "GET /api/3/mem",
                "GET /api/4/mem",
                undone=Undone.UNDONE,
                how="forwarded to GET /api/4/mem",
                told="/api/3 /api/4",
            ),
        ],
    ),
    (
        path_moved,
        "with its ids",
        asked("/books/17", "/books/18"),
        asked("/v2/books/17", "/v2/books/18"),
        [
            Sighting(
                "GET /books/{book_id}",
                "$",
                "NEW serves this call at GET /v2/books/{book_id}",
                Support(2, 2, 2),
                "GET /books/{book_id}",
                "GET /v2/books/{book_id}",
                undone=Undone.UNDONE,
                how="forwarded to GET /v2/books/{book_id}",
                told=" /v2",
            )
        ],
    ),
    (
        path_moved,
        "to another method",
        asked("/a"),
        asked("POST /a"),
        [
            Sighting(
                "GET /a",
                "$",
                "NEW serves this call at POST /a",
                Support(1, 1, 1),
                "GET /a",
                "POST /a",
                undone=Undone.UNDONE,
                how="forwarded to POST /a",
                told=" ",
            )
        ],
    ),
    (path_moved, "not at all", asked("/a"), asked("/a"), []),
    (
        side_effect_missing,
        "of a deletion",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {"e": 1}, status=404)),
        recording(exchange("DELETE /a/7", {}, status=204), exchange("/a/7", {"a": 1})),
        [without_effect("DELETE /a/{a_id}", 204, '404 {"e":1}', '200 {"a":1}', {1})],
    ),
    (
        side_effect_missing,
        "of a deletion, gone",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {"e": 1}, status=410)),
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {"a": 1})),
        [without_effect("DELETE /a/{a_id}", 200, '410 {"e":1}', '200 {"a":1}', {1})],
    ),
    (
        side_effect_missing,
        "of a deletion that failed",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {}, status=404)),
        recording(exchange("DELETE /a/7", {}, status=500), exchange("/a/7", {})),
        [],
    ),
    (
        side_effect_missing,
        "on neither side",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {})),
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {})),
        [],
    ),
    (
        side_effect_missing,
        "and nothing on NEW either",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {}, status=404)),
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {}, status=404)),
        [],
    ),
    (
        side_effect_missing,
        "of a write",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 1})),
        [without_effect("PUT /a/{a_id}", 200, '200 {"n":2}', '200 {"n":1}', {1})],
    ),
    (
        side_effect_missing,
        "of two writes",
        recording(
            sent("PATCH /a/7", {"n": 2}),
            exchange("/a/7", {"n": 2}),
            sent("PATCH /a/8", {"n": 2}),
            exchange("/a/8", {"n": 2}),
        ),
        recording(
            sent("PATCH /a/7", {"n": 2}),
            exchange("/a/7", {"n": 1}),
            sent("PATCH /a/8", {"n": 2}),
            exchange("/a/8", {"n": 3}),
        ),
        [without_effect("PATCH /a/{a_id}", 200, '200 {"n":2}', '200 {"n":1}', {1, 3})],
    ),
    (
        side_effect_missing,
        "of a write to an answer of another type",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": "2"})),
        [],
    ),
    (
        side_effect_missing,
        "of a write, in part",
        recording(sent("PUT /a/7", {"n": 2, "m": 3}), exchange("/a/7", {"n": 2, "m": 3})),
        recording(sent("PUT /a/7", {"n": 2, "m": 3}), exchange("/a/7", {"n": 1, "m": 3})),
        [],
    ),
    (
        side_effect_missing,
        "of a write that OLD changed",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 3})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 4})),
        [],
    ),
    (
        side_effect_missing,
        "of a write with a member that none shows",
        recording(sent("PUT /a/7", {"n": 2, "p": 1}), exchange("/a/7", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2, "p": 1}), exchange("/a/7", {"n": 1})),
        [without_effect("PUT /a/{a_id}", 200, '200 {"n":2}', '200 {"n":1}', {1})],
    ),
    (
        side_effect_missing,
        "of a write with a member that NEW lacks",
        recording(sent("PUT /a/7", {"n": 2, "p": 1}), exchange("/a/7", {"n": 2, "p": 1})),
        recording(sent("PUT /a/7", {"n": 2, "p": 1}), exchange("/a/7", {"n": 1})),
        [without_effect("PUT /a/{a_id}", 200, '200 {"n":2,"p":1}', '200 {"n":1}', {1})],
    ),
    (
        side_effect_missing,
        "of a write of a list",
        recording(sent("PUT /a/7", [1]), exchange("/a/7", [1])),
        recording(sent("PUT /a/7", [1]), exchange("/a/7", [2])),
        [],
    ),
    (
        side_effect_missing,
        "of a write that cannot be read on NEW",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7", {"n": 1}, status=404)),
        [],
    ),
    (
        side_effect_missing,
        "read with a query",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7?v=1", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/7?v=1", {"n": 1})),
        [],
    ),
    (
        side_effect_missing,
        "read elsewhere",
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/8", {"n": 2})),
        recording(sent("PUT /a/7", {"n": 2}), exchange("/a/8", {"n": 1})),
        [],
    ),
    (
        side_effect_missing,
        "of a write in words",
        recording(exchange("PUT /a/7", {}), exchange("/a/7", {"n": 2})),
        recording(exchange("PUT /a/7", {}), exchange("/a/7", {"n": 1})),
        [],
    ),
    (
        side_effect_missing,
        "of a creation",
        recording(sent("POST /a/7", {"n": 2}), exchange("/a/7", {"n": 2})),
        recording(sent("POST /a/7", {"n": 2}), exchange("/a/7", {"n": 1})),
        [],
    ),
    (
        side_effect_missing,
        "after a call without an answer",
        recording(
            replace(exchange("/b", {}), response=None), exchange("DELETE /a/7", {}), exchange("/a/7", {}, status=404)
        ),
        recording(replace(exchange("/b", {}), response=None), exchange("DELETE /a/7", {}), exchange("/a/7", {})),
        [without_effect("DELETE /a/{a_id}", 200, "404 {}", "200 {}", {2})],
    ),
    (
        time_changed,
        "by far",
        timed(*[0.125] * 10),
        timed(*[0.9] * 9, 0.5),
        [
            Sighting(
                "GET /a/{a_id}",
                "time",
                "the median answer takes 0.90 s instead of 0.12 s",
                Support(10, 10, 10),
                0.125,
                0.9,
            )
        ],
    ),
    (
        time_changed,
        "by a little more than three times",
        timed(*[0.125] * 10),
        timed(*[0.4375] * 10),
        [
            Sighting(
                "GET /a/{a_id}",
                "time",
                "the median answer takes 0.44 s instead of 0.12 s",
                Support(10, 10, 10),
                0.125,
                0.438,
            )
        ],
    ),
    (time_changed, "of nine", timed(*[0.125] * 9), timed(*[0.9] * 9), []),
    (time_changed, "by a little", timed(*[0.125] * 10), timed(*[0.375] * 10), []),
    (time_changed, "by a tenth of a second", timed(*[0.03125] * 10), timed(*[0.13125] * 10), []),
    (time_changed, "one as before", timed(*[0.125] * 10), timed(*[0.9] * 9, 0.125), []),
    (time_changed, "not measured", timed(*[0.0] * 10), timed(*[0.9] * 10), []),
    (time_changed, "in errors", timed(*[0.125] * 10, status=404), timed(*[0.9] * 10, status=404), []),
    (
        side_effect_missing,
        "of a deletion after which OLD said nothing",
        recording(exchange("DELETE /a/7", {}), replace(exchange("/a/7", {}), response=None)),
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {})),
        [],
    ),
    (
        side_effect_missing,
        "of a deletion that NEW did not answer",
        recording(exchange("DELETE /a/7", {}), exchange("/a/7", {}, status=404)),
        recording(replace(exchange("DELETE /a/7", {}), response=None), exchange("/a/7", {})),
        [],
    ),
    (
        time_changed,
        "of one operation",
        recording(exchange("/b", {}), *timed(*[0.1234] * 10).exchanges),
        recording(exchange("/b", {}), *timed(*[0.9876] * 10).exchanges),
        [
            Sighting(
                "GET /a/{a_id}",
                "time",
                "the median answer takes 0.99 s instead of 0.12 s",
                Support(10, 10, 10),
                0.123,
                0.988,
            )
        ],
    ),
]


@pytest.mark.parametrize(
    ("detect", "old", "new", "expected"),
    [pytest.param(detect, *row, id=f"{detect.__module__.rpartition('.')[2]}: {what}") for detect, what, *row in SEEN],
)
def test__detect__in_a_study__says_what_it_saw(
    detect: Detect, old: Recording, new: Recording, expected: list[Sighting]
) -> None:
    assert list(detect(study(old, new), frozenset())) == expected
