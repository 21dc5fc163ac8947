"""What the kinds that look at whole answers see in a study, in which words, and where nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.answers import Detect, Sighting
from harness.changes.kinds.body_appeared import detect as body_appeared
from harness.changes.kinds.body_emptied import detect as body_emptied
from harness.changes.kinds.body_kind_changed import detect as body_kind_changed
from harness.changes.kinds.cookie_added import detect as cookie_added
from harness.changes.kinds.cookie_changed import detect as cookie_changed
from harness.changes.kinds.cookie_removed import detect as cookie_removed
from harness.changes.kinds.error_body_changed import detect as error_body_changed
from harness.changes.kinds.failure_removed import detect as failure_removed
from harness.changes.kinds.operation_removed import detect as operation_removed
from harness.changes.kinds.parameter_renamed import detect as parameter_renamed
from harness.changes.kinds.path_moved import detect as path_moved
from harness.changes.kinds.side_effect_missing import detect as side_effect_missing
from harness.changes.kinds.status_changed import detect as status_changed
from harness.changes.kinds.success_removed import detect as success_removed
from harness.changes.kinds.text_changed import detect as text_changed
from harness.changes.kinds.time_changed import detect as time_changed
from harness.changes.study import study
from harness.model.change import Support, Undone
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json, serialize
from tests.changes.bodies import exchange, recording

TEXT = {"Content-Type": "text/plain"}


def one(line: str, body: Json, status: int = 200) -> Exchange:
    """A text is a body that is no JSON, or none."""
    if isinstance(body, str):
        return exchange(line, text=body, status=status, headers=TEXT)
    return exchange(line, body, status=status)


def answers(*bodies: Json, status: int = 200) -> Recording:
    """GET /a/1, /a/2 and so on."""
    return recording(*(one(f"/a/{number}", body, status) for number, body in enumerate(bodies, 1)))


def coded(*statuses: int) -> Recording:
    """GET /a/1, /a/2 and so on, each with its status."""
    return recording(*(exchange(f"/a/{number}", {"a": number}, status=each) for number, each in enumerate(statuses, 1)))


def asked(*lines: str) -> Recording:
    """Calls that succeed and are paired by their ids."""
    return recording(*(exchange(line, {"a": 1}, call=str(number)) for number, line in enumerate(lines)))


def cookies(*values: str) -> Recording:
    """What GET /a/1, /a/2 and so on set."""
    return recording(
        *(exchange(f"/a/{at}", {}, headers={"Set-Cookie": value} if value else {}) for at, value in enumerate(values))
    )


def timed(*seconds: float, status: int = 200) -> Recording:
    """How long GET /a/0, /a/1 and so on took."""
    return recording(
        *(replace(exchange(f"/a/{at}", {}, status=status), elapsed=each) for at, each in enumerate(seconds))
    )


def sent(line: str, body: Json) -> Exchange:
    """A call with a body, which succeeds."""
    made = exchange(line, {})
    return replace(made, request=replace(made.request, body=serialize(body)))


def errors(*statuses: int) -> Recording:
    """GET /a/1, /a/2, /b/1, /b/2 that fail."""
    lines = (f"/{name}/{number}" for name in "ab" for number in (1, 2))
    return recording(*(exchange(line, {"e": 1}, status=each) for line, each in zip(lines, statuses, strict=True)))


def without_effect(operation: str, status: int, old: str, new: str, claims: set[int]) -> Sighting:
    """A call that changed nothing on NEW, and what was read after it."""
    return Sighting(
        operation,
        "status",
        f"{status}, and what is read afterwards is as if it had not been called",
        Support(len(claims), len(claims), len(claims)),
        old,
        new,
        how="the new version did not do what the call asked for",
        claims=frozenset(claims),
    )


def turned_back(operation: str, old: int, new: int, support: Support) -> Sighting:
    """A status that the shim sets."""
    how, told = f"status from {new}, to {old}", f"{old} {new}"
    message = f"status {old} became {new}"
    return Sighting(operation, "status", message, support, old, new, undone=Undone.UNDONE, how=how, told=told)


LOST = "the new answer does not hold what the old one said"
FOUND = "the new answer is not an error, and holds nothing of the old one"

SEEN: list[tuple[Detect, str, Recording, Recording, list[Sighting]]] = [
    (
        body_appeared,
        "in one of two",
        answers("", {"a": 1}),
        answers({"a": 1}, {"a": 1}),
        [Sighting("GET /a/{a_id}", "$", "a body where OLD sent none, in 1 answer", Support(2, 1, 1), "", '{"a":1}')],
    ),
    (body_appeared, "in none", answers({"a": 1}), answers(""), []),
    (
        body_emptied,
        "in two of three",
        answers({"a": 1}, {"a": 1}, {"a": 2}),
        answers("", "", {"a": 2}),
        [Sighting("GET /a/{a_id}", "$", "the body is gone in 2 answers", Support(3, 2, 1), '{"a":1}', "")],
    ),
    (body_emptied, "in none", answers(""), answers({"a": 1}), []),
    (
        body_kind_changed,
        "in one of two",
        answers({"a": 1}, {"a": 2}),
        answers({"a": 1}, "plain"),
        [Sighting("GET /a/{a_id}", "$", "JSON became not JSON", Support(2, 1, 1), '{"a":2}', "plain")],
    ),
    (body_kind_changed, "of an error", answers({"a": 1}, status=404), answers("plain", status=404), []),
    (body_kind_changed, "gone", answers({"a": 1}), answers(""), []),
    (
        error_body_changed,
        "of two operations",
        recording(one("/a/1", {"e": 1}, 404), one("/a/2", {"e": 1}, 404), one("/b", {"e": 2}, 404)),
        recording(one("/a/1", "no", 404), one("/a/2", {"e": 1}, 404), one("/b", "none", 404)),
        [
            Sighting("GET /a/{a_id}", "$", "of the error: JSON became not JSON", Support(2, 1, 1), '{"e":1}', "no"),
            Sighting("GET /b", "$", "of the error: JSON became not JSON", Support(1, 1, 1), '{"e":2}', "none"),
        ],
    ),
    (error_body_changed, "of a success", answers({"a": 1}), answers("plain"), []),
    (
        text_changed,
        "of two operations",
        recording(one("/a/1", "x"), one("/a/2", "y"), one("/b", "z")),
        recording(one("/a/1", "X"), one("/a/2", "y"), one("/b", "Z")),
        [
            Sighting("GET /a/{a_id}", "$", "the body, which is not JSON, differs", Support(2, 1, 1), "x", "X"),
            Sighting("GET /b", "$", "the body, which is not JSON, differs", Support(1, 1, 1), "z", "Z"),
        ],
    ),
    (text_changed, "into JSON", answers("x"), answers({"a": 1}), []),
    (text_changed, "not at all", answers("x"), answers("x"), []),
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
                told="size",
            ),
            Sighting(
                "GET /a",
                "query _page",
                "NEW is asked with 'page' where OLD was asked with '_page'",
                Support(1, 1, 1),
                "_page",
                "page",
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
        [turned_back("GET /a", 403, 404, Support(1, 1, 1)), turned_back("GET /b", 403, 404, Support(1, 1, 1))],
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
    (failure_removed, "of a call that fails now", coded(200), coded(400), []),
    (success_removed, "of a call that failed", coded(400), coded(200), []),
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
