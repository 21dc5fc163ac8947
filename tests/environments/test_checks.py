from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from harness.environments import checks


@pytest.mark.parametrize(("text", "names"), [("{host}:{port}", ["host", "port"]), ('{"a": {}}', []), ("{} { x }", [])])
def test__placeholders__text_with_brackets__only_names(text: str, names: list[str]) -> None:
    assert checks.placeholders(text) == names


@pytest.mark.parametrize(("value", "text"), [(8001, "8001"), (1.5, "1.5"), (True, "true"), ("x", "x")])
def test__scalar__yaml_value__is_the_text_that_was_meant(value: object, text: str) -> None:
    assert checks.scalar(value) == text


@pytest.mark.parametrize("good", ["C", "C.UTF-8", "en_GB.UTF-8", "de_DE", "ca_ES.UTF-8@valencia"])
def test__locale__as_in_locale_a__passes(good: str) -> None:
    assert checks.locale(good) == good


@pytest.mark.parametrize("bad", ["english", "en-GB", "en_GB.UTF-8; rm", ""])
def test__locale__anything_else__is_a_mistake(bad: str) -> None:
    with pytest.raises(PydanticCustomError, match="not a locale"):
        checks.locale(bad)


@pytest.mark.parametrize(("bad", "what"), [("a 'b", "no closing quotation"), ("a {x}", "unknown placeholder")])
def test__command__that_cannot_be_started__is_a_mistake(bad: str, what: str) -> None:
    with pytest.raises(PydanticCustomError, match=what):
        checks.command(bad)


def test__options__that_hold_themselves__are_a_mistake() -> None:
    assert checks.options("--port {port}") == "--port {port}"
    with pytest.raises(PydanticCustomError, match="unknown placeholder"):
        checks.options("{options}")


@pytest.mark.parametrize("bad", ["--index-url x", "-r x", " "])
def test__requirement__option_of_pip__is_a_mistake(bad: str) -> None:
    with pytest.raises(PydanticCustomError, match="not a requirement"):
        checks.requirement(bad)


@pytest.mark.parametrize("bad", ["/a", "get /a", "GET a", "GET //host/a", "GET http://host/a", "GET /a#b", "GET /a b"])
def test__call__anything_but_method_and_path__is_a_mistake(bad: str) -> None:
    assert checks.call("GET /a?b=c%20d") == "GET /a?b=c%20d"
    with pytest.raises(PydanticCustomError, match="is not a call"):
        checks.call(bad)


@pytest.mark.parametrize("bad", ["", "A=B", "1A", "A B"])
def test__variable_name__anything_else__is_a_mistake(bad: str) -> None:
    assert checks.variable_name("_A1") == "_A1"
    with pytest.raises(PydanticCustomError, match="not a variable's name"):
        checks.variable_name(bad)


@pytest.mark.parametrize("bad", ["-it", "a b", "", "$(x)"])
def test__image_name__anything_else__is_a_mistake(bad: str) -> None:
    with pytest.raises(PydanticCustomError, match="not an image's name"):
        checks.image_name(bad)
