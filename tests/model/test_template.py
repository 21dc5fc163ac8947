from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.template import PathTemplate
from tests.model.json_values import HOSTILE, TEXTS

SEGMENTS = TEXTS.filter(lambda text: text and text.isprintable()).map(lambda text: quote(text, safe=""))
LITERALS = st.text("abc./-.$(*+[^", max_size=3)


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/articles/{id}.json", "/articles/7.json", {"id": "7"}),
        ("/articles/{id}.json", "/articles/7.json.json", {"id": "7.json"}),
        ("/articles/{id}.json", "/articles/.json", None),
        ("/articles/{id}.json", "/articles/7xjson", None),
        ("/articles/{id}", "/articles/7/", None),
        ("/articles/{id}", "/articles/a%2Fb%20c", {"id": "a/b c"}),
        ("/articles/{id}", "/articles/%E4%F6", {"id": "%E4%F6"}),
        ("/a/{x}-{y}", "/a/1-2-3", {"x": "1", "y": "2-3"}),
        ("/a/{x}{y}", "/a/123", {"x": "1", "y": "23"}),
        ("/{a}.{b}.json/{c}", "/x.y.z.json/k.json", {"a": "x", "b": "y.z", "c": "k.json"}),
        ("/{id}/x/{id}", "/7/x/7", {"id": "7"}),
        ("/{id}/x/{id}", "/7/x/8", None),
        ("/a.b*(c)[d]", "/a.b*(c)[d]", {}),
        ("/a.b", "/aXb", None),
        ("/{__proto__}/{a b}", "/1/2", {"__proto__": "1", "a b": "2"}),
        ("/{}/{a/b}", "/{}/{a/b}", {}),
        ("/{x}", "/a\nb", {"x": "a\nb"}),
        ("/", "/", {}),
    ],
)
def test__match__a_path__says_the_variables(template: str, path: str, values: dict[str, str] | None) -> None:
    assert PathTemplate(template).match(path) == values


@settings(deadline=None)
@given(
    st.lists(st.tuples(LITERALS, st.sampled_from("xyz")), max_size=4),
    LITERALS,
    st.lists(SEGMENTS, min_size=3, max_size=3),
)
def test__fill__with_what_was_matched__is_the_path(parts: list[tuple[str, str]], end: str, segments: list[str]) -> None:
    template = PathTemplate("/" + "".join(f"{literal}{{{name}}}" for literal, name in parts) + end)
    path = template.fill(dict(zip("xyz", segments, strict=True)))
    if (values := template.raw(path)) is not None:
        assert template.fill(values) == path
    elif len(template.variables) == len(parts):  # a name that stands twice takes the shortest value for good
        pytest.fail(f"{template} does not match {path}")


@pytest.mark.parametrize("value", [text for text in HOSTILE if text and text != "\ud800"], ids=ascii)
def test__match__a_hostile_value__is_decoded_and_kept_raw(value: str) -> None:
    template, raw = PathTemplate("/items/{id}/x"), quote(value, safe="")
    path = template.fill({"id": raw})
    assert (template.raw(path), template.match(path)) == ({"id": raw}, {"id": value})


@pytest.mark.timeout(60)  # a pattern that tries every way to share the path out would not end
def test__match__a_path_that_nearly_fits_in_many_ways__ends() -> None:
    template = PathTemplate("/" + "-".join(f"{{v{number}}}" for number in range(30)) + "/x")
    assert template.match("/" + "-" * 3000) is None


def test__literal__counts_what_is_fixed() -> None:
    assert (PathTemplate("/a/{id}.json").literal, PathTemplate("/{a}{b}").literal) == (8, 1)


def test__fill__without_a_value__is_refused() -> None:
    with pytest.raises(KeyError, match="id"):
        PathTemplate("/{id}").fill({})
