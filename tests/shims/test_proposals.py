from __future__ import annotations

from typing import Any

import pytest

from harness.changes.study import study
from harness.lens.answer import Answer
from harness.lens.step import write_step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize
from harness.schema.discriminators import discriminator
from harness.shims.document import Entry, SecondCall, Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.proposals import with_proposed_calls

JSON = (("Content-Type", "application/json"),)
NUMBERS = range(1, 7)


def call(path: str, body: Any, *headers: tuple[str, str]) -> Exchange:
    return Exchange(Request("GET", f"http://x.test{path}"), Response(200, (*JSON, *headers), serialize(body)), id=path)


def proposed(old: list[Exchange], new: list[Exchange]) -> Shim:
    return shim_from(study(Recording(tuple(old)), Recording(tuple(new))))


def posts(**more: Any) -> dict[str, Any]:
    return {"title": "a title", **more}


def comments(number: int) -> list[dict[str, Any]]:
    return [{"id": number * 10 + at, "text": f"comment {at}"} for at in range(number + 1)]


def upgraded() -> tuple[list[Exchange], list[Exchange]]:
    """OLD's posts say how many comments there are; NEW's do not, but their comments can be had."""
    old = [call(f"/posts/{n}", posts(id=n, commentCount=n + 1)) for n in NUMBERS]
    new = [call(f"/posts/{n}", posts(id=n)) for n in NUMBERS]
    also = [call(f"/posts/{n}/comments", comments(n)) for n in NUMBERS]
    return old + also, new + also


def test__proposals__a_field_that_another_recorded_call_has__is_offered_and_off() -> None:
    shim = proposed(*upgraded())
    entry = next(entry for entry in shim.entries if entry.template == "/posts/{post_id}")
    assert entry.calls == (SecondCall("call-1", "/posts/{post_id}/comments", chosen=False),)
    step = entry.response[-1]
    assert write_step(step.step) == {"copy": {"from": "called(call-1, count($))", "to": "commentCount"}}
    assert step.evidence == "once `chosen: true` stands at call-1: it brought $.commentCount in 6 of 6 pairs"
    assert entry.lost


def test__proposals__that_nobody_chose__change_nothing_and_bring_the_field_once_called() -> None:
    program = Program(proposed(*upgraded()), discriminator)
    asked, answered = Request("GET", "http://x.test/posts/3"), Response(200, JSON, serialize(posts(id=3)))
    assert program.answer(asked, answered).response.body == answered.body
    called = {"call-1": Answer(200, [], comments(3))}
    assert program.answer(asked, answered, called).response.body == serialize(posts(id=3, commentCount=4))


def test__proposals__a_header_that_a_recorded_count_has__is_offered() -> None:
    old = [call(f"/shops/{n}/items", [posts(id=n)], ("X-Total-Count", str(n * 31))) for n in NUMBERS]
    new = [call(f"/shops/{n}/items", [posts(id=n)]) for n in NUMBERS]
    also = [call(f"/shops/{n}/stats", {"items": {"total": n * 31}}) for n in NUMBERS]
    shim = proposed(old + also, new + also)
    entry = next(entry for entry in shim.entries if entry.template.endswith("/items"))
    expected = {"set-header": {"header": "x-total-count", "from": "called(call-1, $.items.total)"}}
    assert write_step(entry.response[-1].step) == expected


@pytest.mark.parametrize(
    "also",
    [
        [call(f"/posts/{n}/comments", comments(n if n < 4 else n + 1)) for n in NUMBERS],
        [call(f"/posts/{n}/comments?full=1", comments(n)) for n in NUMBERS],
        [call("/posts/1/comments", comments(1))],
    ],
    ids=["not always so", "with a query", "once"],
)
def test__proposals__what_the_recording_does_not_show__is_not_offered(also: list[Exchange]) -> None:
    old = [call(f"/posts/{n}", posts(id=n, commentCount=n + 1)) for n in NUMBERS]
    new = [call(f"/posts/{n}", posts(id=n)) for n in NUMBERS]
    assert not any(entry.calls for entry in proposed(old + also, new + also).entries)


def test__with_proposed_calls__an_entry_that_lost_nothing__stays_as_it_is() -> None:
    found = study(*(Recording(tuple(side)) for side in upgraded()))
    shim = Shim(entries=(Entry("GET", "/posts/{post_id}"),))
    assert with_proposed_calls(shim, found) == shim
