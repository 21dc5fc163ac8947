from __future__ import annotations

import pytest

from harness.replay.cookies import CookieJar


@pytest.mark.parametrize(
    ("answers", "recorded", "path", "sent"),
    [
        ([], "a=1; b=2", "/", "a=1; b=2"),
        (["a=9; Path=/; HttpOnly"], "a=1; b=2", "/", "a=9; b=2"),
        (["a=9=8"], "a=1", "/", "a=9=8"),
        (["sid=new"], "session=old", "/", "session=old; sid=new"),
        (["admin=1; Path=/admin"], "a=1", "/shop", "a=1"),
        (["admin=1; path=/admin"], "a=1", "/admin/x", "a=1; admin=1"),
        (["a=9", "a=; Max-Age=0"], "a=1; b=2", "/", "b=2"),
        (["a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "a=1", "/", ""),
        (["a=9; Expires=Thu, 01 Jan 2970 00:00:00 GMT"], "a=1", "/", "a=9"),
        (["a=9; Expires=whenever"], "a=1", "/", "a=9"),
        (["a=9; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "a=1", "/", "a=9"),
        (["a=; Max-Age=-1", "a=2"], "a=1", "/", "a=2"),
    ],
)
def test__jar__after_some_answers__sends_this_servers_cookies_and_the_recorded_others(
    answers: list[str], recorded: str, path: str, sent: str
) -> None:
    jar = CookieJar()
    for answer in answers:
        jar.take((("Content-Type", "x"), ("set-cookie", answer)))
    assert jar.header(recorded, path) == sent
