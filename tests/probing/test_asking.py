from __future__ import annotations

import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Request
from harness.probing.asking import Asker, Spent
from tests.record.raw_server import RawServer, free_address, http

ANSWER = http(b"[]", "Content-Type: application/json")


def request(path: str, method: str = "GET") -> Request:
    return Request(method, f"http://x.test{path}")


def test__ask__the_same_twice__is_one_call_unless_it_is_asked_again() -> None:
    with RawServer(ANSWER) as new:
        lines: list[str] = []
        asker = Asker(new.url, 10, log=lines.append)
        for again in (False, False, True):
            assert asker.ask(request("/a?b=%20c"), "a guess", again=again).response is not None
        assert (len(new.requests), asker.asked) == (2, 2)
    assert lines == ["GET /a?b=%20c -> 200  (a guess)"] * 2


@pytest.mark.parametrize(("budget", "seconds"), [(2, 300.0), (10, 0.0)])
def test__ask__past_its_bounds__is_refused(budget: int, seconds: float) -> None:
    with RawServer(ANSWER) as new:
        asker = Asker(new.url, budget, seconds=seconds)
        for number in range(budget if seconds else 0):
            asker.ask(request(f"/{number}"))
        with pytest.raises(Spent):
            asker.ask(request("/more"))
        assert len(new.requests) == (budget if seconds else 0)


def test__ask__a_call_that_may_change_something__is_followed_by_a_reset() -> None:
    with RawServer(ANSWER) as new, RawServer(ANSWER) as fresh:
        asker = Asker(new.url, 10, reset=lambda: fresh.url, resets=1)
        assert asker.may("DELETE")
        asker.ask(request("/a", "DELETE"))
        asker.ask(request("/a"))
        assert (len(new.requests), len(fresh.requests)) == (1, 1)
        with pytest.raises(Spent):
            asker.ask(request("/b", "DELETE"))


def test__may__without_a_reset__is_for_safe_methods_alone() -> None:
    assert [Asker("http://x.test", 1).may(method) for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE")] == [
        *[True] * 3,
        *[False] * 2,
    ]


def test__ask__where_nobody_listens__fails_as_the_environment_does() -> None:
    with pytest.raises(EnvironmentFailed, match="nobody listens"):
        Asker(free_address(), 1).ask(request("/a"))


def test__ask__an_answer_that_is_cut_off_or_too_large__is_none() -> None:
    lines: list[str] = []
    with RawServer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", http(b"x" * 5_000_000)) as new:
        asker = Asker(new.url, 10, log=lines.append)
        assert [asker.ask(request(path)).response for path in ("/cut", "/large")] == [None, None]
    assert "more than 4194304 bytes" in lines[1]
