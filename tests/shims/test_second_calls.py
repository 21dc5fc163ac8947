from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from harness.lens.condition import Condition
from harness.model.exchange import Headers, Request, Response
from harness.shims import second_calls
from harness.shims.document import Entry, SecondCall, Shim
from harness.shims.second_calls import SecondCalls, filled

JSON = (("Content-Type", "application/json"),)
Fetch = Callable[[str, Headers], Awaitable[Response | None]]


class System:
    """What answers the second calls, and what it was asked."""

    def __init__(self, status: int = 200, pause: float = 0.0) -> None:
        self.status, self.pause = status, pause
        self.asked: list[tuple[str, Headers]] = []

    async def fetch(self, target: str, headers: Headers) -> Response | None:
        self.asked.append((target, headers))
        await asyncio.sleep(self.pause)
        return Response(self.status, JSON, json.dumps({"asked": target}).encode())


def calls(*entries: Entry, clock: Callable[[], float] = lambda: 0.0) -> SecondCalls:
    return SecondCalls(Shim(entries=entries), clock)


def entry(*gets: str, chosen: bool = True, method: str = "GET", when: Condition = Condition()) -> Entry:  # noqa: B008
    second = tuple(SecondCall(f"call{at}", get, chosen, keep=10.0) for at, get in enumerate(gets))
    return Entry(method, "/posts/{id}", when=when, calls=second)


def asked(target: str, method: str = "GET", headers: Headers = ()) -> Request:
    return Request(method, f"http://x.test{target}", headers)


def answers(made: SecondCalls, system: System, request: Request) -> dict[str, object]:
    return {name: each.body for name, each in asyncio.run(made.answers(request, system.fetch)).items()}


def test__answers__what_was_chosen__comes_under_its_name() -> None:
    system = System()
    found = answers(
        calls(entry("/posts?_per_page=1", "/posts/{id}/comments?of={query.who}")), system, asked("/posts/7?who=a%26b")
    )
    assert found == {"call0": {"asked": "/posts?_per_page=1"}, "call1": {"asked": "/posts/7/comments?of=a%26b"}}


def test__answers__of_an_entry_with_several__are_those_that_were_chosen() -> None:
    made, system = entry("/a", "/b"), System()
    first, second = made.calls
    assert answers(calls(replace(made, calls=(replace(first, chosen=False), second))), system, asked("/posts/7")) == {
        "call1": {"asked": "/b"}
    }


@pytest.mark.parametrize(
    ("made", "request_"),
    [
        (entry("/a", chosen=False), asked("/posts/7")),
        (entry("/a"), asked("/others/7")),
        (entry("/a"), asked("/posts/7", "DELETE")),
        (entry("/a", method="POST"), asked("/posts/7", "POST")),
        (entry("/a?q={query.q}"), asked("/posts/7")),
        (entry("/a", when=Condition(query=(("full", True),))), asked("/posts/7")),
    ],
    ids=[
        "not chosen",
        "another operation",
        "unsafe",
        "unsafe entry",
        "a value is missing",
        "its condition does not hold",
    ],
)
def test__answers__of_what_is_not_meant__are_not_asked_for(made: Entry, request_: Request) -> None:
    system = System()
    assert answers(calls(made), system, request_) == {}
    assert system.asked == []


@pytest.mark.parametrize(
    ("get", "target"),
    [
        ("/posts/{id}", "/posts/7"),
        ("/posts/{id}?x={query.x}", "/posts/7?x=a%2F..%2Fb"),
        ("/posts/{up}/admin", None),
        ("/posts/../admin", None),
        ("/posts/%2e%2E/admin", None),
        ("//evil.example/{id}", None),
        ("http://evil.example/", None),
        ("/{host}", "/evil.example%3A80%2F%40x"),
        ("/a b", None),
        ("/a\r\nX: y", None),
        ("/{line}", "/a%0D%0Ab"),
        ("/a#b", None),
        ("/{missing}", None),
        ("posts", None),
    ],
)
def test__filled__anything_but_a_path_on_the_same_host__is_refused(get: str, target: str | None) -> None:
    values = {"id": "7", "up": "..", "host": "evil.example:80/@x", "line": "a\r\nb"}
    assert filled(get, values, {"x": "a/../b"}) == target


def test__answers__asked_again_within_their_time__are_kept_and_then_forgotten() -> None:
    now = [0.0]
    made, system = calls(entry("/count"), clock=lambda: now[0]), System()
    for moment, asked_so_far in ((0.0, 1), (9.9, 1), (10.0, 2), (12.0, 2)):
        now[0] = moment
        assert answers(made, system, asked("/posts/7"))
        assert len(system.asked) == asked_so_far


def test__answers__of_another_client__are_not_given_away() -> None:
    made, system = calls(entry("/count")), System()
    for token in ("a", "b", "a"):
        answers(
            made, system, asked("/posts/7", headers=(("Authorization", token), ("If-None-Match", "x"), ("Range", "y")))
        )
    assert [headers for _, headers in system.asked] == [(("Authorization", "a"),), (("Authorization", "b"),)]


def test__answers__many_different_ones__do_not_pile_up() -> None:
    made, system = calls(entry("/count/{id}")), System()
    for number in range(400):
        answers(made, system, asked(f"/posts/{number}"))
    assert len(made._kept) <= 256
    for number, asked_so_far in ((399, 400), (0, 401)):
        assert answers(made, system, asked(f"/posts/{number}"))
        assert len(system.asked) == asked_so_far


@pytest.mark.parametrize("system", [System(status=404), System(pause=30)], ids=["refused", "slow"])
def test__answers__that_do_not_come__are_missing(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_calls, "TIMEOUT", 0.05)
    assert answers(calls(entry("/count")), system, asked("/posts/7")) == {}


def test__answers__more_than_four_for_one_call__are_not_asked_for() -> None:
    system = System()
    answers(calls(entry(*(f"/n/{at}" for at in range(9)))), system, asked("/posts/7"))
    assert len(system.asked) == 4
