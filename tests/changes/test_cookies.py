from __future__ import annotations

import pytest

from harness.changes.cookies import CookieRow, cookie_sighting, cookies_of
from harness.changes.study import study
from harness.model.exchange import Exchange, Request, Response
from tests.changes.bodies import recording


def login(*cookies: str, path: str = "/login") -> Exchange:
    return Exchange(
        Request("POST", f"http://host{path}"), Response(200, tuple(("Set-Cookie", each) for each in cookies), b"{}")
    )


def rows(old: Exchange, new: Exchange) -> dict[str, list[CookieRow]]:
    return {name: found for _, name, found in cookies_of(study(recording(old), recording(new)))}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("sid=1; Path=/; HttpOnly", "sid=2; httponly; path=/", True),
        ("sid=1; Expires=Sat, 01 May 2027 00:00:00 GMT", "sid=1; Max-Age=5", True),
        ("sid=1; Path=/", "sid=1; Path=/admin", False),
        ("sid=1", "sid=1; Secure", False),
        ("sid=YQ==; Path=/; ", "sid=Yg==; Path=/", True),
    ],
)
def test__cookies_of__attributes__are_compared_and_values_are_not(old: str, new: str, same: bool) -> None:
    [row] = rows(login(old), login(new))["sid"]
    assert (row.old == row.new) is same


def test__cookies_of__several__are_told_apart_by_name() -> None:
    found = rows(login("a=1", "b=2"), login("b=2", "c=3"))
    assert found == {
        "a": [CookieRow((), None)],
        "b": [CookieRow((), ())],
        "c": [CookieRow(None, ())],
    }


def test__cookie_sighting__shows_both_sides_without_values() -> None:
    seen = cookie_sighting("POST /login", "sid", 3, [CookieRow(("path=/",), None)], "gone")
    assert (seen.path, seen.old, seen.new) == ("cookie sid", "sid; path=/", None)
    assert (seen.operation, seen.message) == ("POST /login", "gone")
    assert (seen.support.pairs, seen.support.agreeing, seen.support.distinct) == (3, 1, 1)
