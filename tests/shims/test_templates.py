from __future__ import annotations

import pytest

from harness.shims.templates import bound, filled, is_variable, met, variables


@pytest.mark.parametrize(
    ("general", "special", "expected"),
    [
        ("/a/{id}", "/a/7", {"id": "7"}),
        ("/a/{id}", "/a/{n}.json", {"id": "{n}.json"}),
        ("/{x}/{x}", "/a/b", None),
        ("/{k}.json", "/{k}", None),
        ("/a", "/a", {}),
        ("/a", "/b", None),
        ("/a/{id}", "/a", None),
        ("/{x}.{y}", "/{a}.{b}", {"x": "{a}", "y": "{b}"}),
    ],
)
def test__bound__a_template_that_names_fewer_paths__says_what_the_variables_are(
    general: str, special: str, expected: dict[str, str] | None
) -> None:
    assert bound(general, special) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("/{k}/{id}", "/a/{n}", {"k": "a"}),
        ("/a/{id}", "/{k}/{id}", {}),
        ("/{k}/7", "/a/{id}", {"k": "a"}),
        ("/{id}", "/{id}.json", {"id": "{id_}.json"}),
        ("/a", "/b", None),
        ("/a", "/a/b", None),
        ("/{x}/{x}", "/a/b", None),
    ],
)
def test__met__templates_that_share_paths__say_what_is_shared(
    one: str, other: str, expected: dict[str, str] | None
) -> None:
    assert met(one, other) == expected


def test__filled__some_variables__leaves_the_others() -> None:
    assert filled("/{a}/{b}", {"a": "7"}) == "/7/{b}"
    assert variables("/{a}/{b}") == ["a", "b"]
    assert [is_variable(each) for each in ("{a}", "a", "{a}.json")] == ["a", None, None]
