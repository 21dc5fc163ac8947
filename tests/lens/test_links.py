"""What the steps on links do is in vectors/absolute.json and vectors/relative.json; here: what is an origin."""

from __future__ import annotations

import pytest

from harness.lens.answer import Answer, Call
from harness.lens.links import check_origin, is_rooted, origin_loss, origin_of
from harness.lens.step import Loss

GOOD = ("https://a.example", "http://127.0.0.1:8080", "http://[::1]:80", "https://user@a.example/api/v2", "app+x://a")
BAD = (
    *("", "a.example", "//a.example", "https://", "https://a.example/", "https://a.example//b", "https://a.example?b"),
    *(
        "https://a.example#b",
        "https://a b",
        'https://a"',
        "https://a.example\n",
        "HTTPS://a",
        "https://a/b c",
        " https://a",
    ),
)


@pytest.mark.parametrize("origin", GOOD)
def test__origin__of_a_form_that_links_can_start_with__is_taken(origin: str) -> None:
    check_origin(origin, "")
    assert origin_of(origin, "")(None, Answer(200, [])) == origin
    assert origin_of("", "")(None, Answer(200, [], call=Call(origin=origin))) == origin
    assert origin_of("", "header(X)")(None, Answer(200, [("x", origin)])) == origin


@pytest.mark.parametrize("origin", BAD)
def test__origin__of_another_form__is_none(origin: str) -> None:
    if origin:
        with pytest.raises(ValueError, match="an origin is written"):
            check_origin(origin, "")
    assert origin_of("", "header(X)")(None, Answer(200, [("x", origin)])) is None


@pytest.mark.parametrize(
    ("source", "loss"),
    [
        *(("", Loss.ISO), ("origin()", Loss.ISO), ("request(Host)", Loss.ISO), ("query(a)", Loss.ISO)),
        *(("sent($.a)", Loss.ISO), ("$.a", Loss.RESTORABLE), ("header(X)", Loss.RESTORABLE)),
    ],
)
def test__origin_loss__of_a_source__is_nothing_where_no_step_edits_it(source: str, loss: Loss) -> None:
    assert origin_loss(source) is loss


@pytest.mark.parametrize(
    ("link", "rooted"), [("/", True), ("/a//b", True), ("//a", False), ("", False), ("a/", False), ("\\a", False)]
)
def test__is_rooted__of_a_link__is_one_slash_at_its_start(link: str, rooted: bool) -> None:
    assert is_rooted(link) is rooted
