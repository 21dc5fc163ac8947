from __future__ import annotations

from harness.model.exchange import Exchange, Recording, Response
from harness.shims.apply import apply_to
from harness.shims.program import LIMIT
from tests.shims.answers import answer, call, entry, program


def test__apply_to__a_recording__gives_edited_answers_and_counts() -> None:
    shim = program(entry("GET /a", {"drop": {"keys": ["x"]}}))
    exchanges = (
        Exchange(call("GET /a"), answer({"x": 1})),
        Exchange(call("GET /a"), answer({"y": 1})),
        Exchange(call("GET /b"), answer({"x": 1})),
        Exchange(call("GET /a"), None, error="gone"),
    )
    applied = apply_to(shim, Recording(exchanges))
    assert [each and each.body for each in applied.answers] == [b"{}", None, None, None]
    assert (applied.given, applied.edited, applied.unknown) == (3, 1, 1)


def test__apply_to__a_body_past_the_bound__leaves_it_and_counts_it() -> None:
    shim = program(entry("GET /a", {"drop": {"keys": ["x"]}}))
    bodies = [b'{"x":1}%b' % (b" " * (size - 7)) for size in (LIMIT, LIMIT + 1)]
    applied = apply_to(shim, Recording(tuple(Exchange(call("GET /a"), Response(200, (), body)) for body in bodies)))
    assert [each and each.body for each in applied.answers] == [b"{}", None]
    assert applied.large == 1
