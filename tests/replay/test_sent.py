from __future__ import annotations

import pytest

from harness.model.exchange import Request
from harness.model.json_text import Json
from harness.replay.sent import Slot, document, slots, with_values

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
SENT = Request(
    "POST",
    "http://h/orders/17/lines%2Fx?after=a%20b&tag=1&tag=2",
    (("If-Match", '"v1"'), ("Cookie", "sid=1"), ("User-Agent", "u")),
    b'{"sku": "s-1", "n": [3, true, null]}',
)


def test__slots__a_request__gives_what_an_answer_may_have_told() -> None:
    assert dict(slots(SENT)) == {
        ("path", "1"): "orders",
        ("path", "2"): "17",
        ("path", "3"): "lines/x",
        ("query", "after"): "a b",
        ("query", "tag", 0): "1",
        ("query", "tag", 1): "2",
        ("header", "if-match"): '"v1"',
        ("body", "sku"): "s-1",
        ("body", "n", 0): 3,
    }


@pytest.mark.parametrize("path", ["/", "/a//b", "/a/", "/{x}/1", "/%ff"])
def test__with_values__nothing_to_change__leaves_every_byte(path: str) -> None:
    request = Request("GET", f"http://h{path}?q=%7E")
    assert with_values(request, {}).url == request.url
    assert document(request)["query"] == {"q": "~"}


@pytest.mark.parametrize(
    ("slot", "value", "url", "body"),
    [
        (("path", "2"), "a/b", "http://h/orders/a%2Fb/lines%2Fx?after=a%20b&tag=1&tag=2", SENT.body),
        (("query", "tag", 1), "9", "http://h/orders/17/lines%2Fx?after=a%20b&tag=1&tag=9", SENT.body),
        (("body", "n", 0), 4, SENT.url, b'{"sku":"s-1","n":[4,true,null]}'),
    ],
)
def test__with_values__one_slot__changes_it_alone(slot: Slot, value: Json, url: str, body: bytes) -> None:
    changed = with_values(SENT, {slot: value})
    assert (changed.url, changed.body) == (url, body)


def test__with_values__a_header__keeps_the_others() -> None:
    changed = with_values(SENT, {("header", "if-match"): '"v2"'})
    assert [value for name, value in changed.headers if name.lower() == "if-match"] == ['"v2"']
    assert ("Cookie", "sid=1") in changed.headers


def test__with_values__a_form__stays_a_form() -> None:
    changed = with_values(Request("POST", "http://h/a", FORM, b"csrf=old&x=1"), {("body", "csrf"): "n&w"})
    assert changed.body == b"csrf=n%26w&x=1"
