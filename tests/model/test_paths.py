from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.paths import ANY, EACH, Path, format_path, parse_path
from tests.model.json_values import HOSTILE, NAMES

STEPS = st.one_of(NAMES, st.integers(-(10**6), 10**6), st.just(EACH), st.just(ANY))


@settings(deadline=None)
@given(st.lists(STEPS, max_size=5).map(tuple))
def test__parse__of_what_was_formatted__is_the_path(path: Path) -> None:
    text = format_path(path)
    assert parse_path(text) == path
    assert len(text.splitlines()) == 1
    assert text.encode().decode() == text


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test__parse__of_a_hostile_name__is_that_name(name: str) -> None:
    assert parse_path(format_path(("x", name, EACH, name, 0))) == ("x", name, EACH, name, 0)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "$"),
        (("items", EACH, "price"), "$.items[*].price"),
        (("data", ANY, 0, -1), "$.data.*[0][-1]"),
        (("größe", "_x", "a1"), "$.größe._x.a1"),
        (("a-b", "1a", "a b", "*"), '$["a-b"]["1a"]["a b"]["*"]'),
        (("", 'q"', "b\\", "n\n", "\u2028", "\ud800"), '$[""]["q\\""]["b\\\\"]["n\\n"]["\\u2028"]["\\ud800"]'),
    ],
)
def test__format__a_path__is_short_and_plain(path: Path, text: str) -> None:
    assert format_path(path) == text


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("$['a']", ("a",)),
        ("""$['it\\'s "x"\\n']""", ("""it's "x"\n""",)),
        ("""$['\\"\\\\\\'']""", ("\"\\'",)),
        ('$["\\u0061\\ud83d\\ude00"]', ("a😀",)),
        ("$.a-b", ("a-b",)),
        ("$['a']['b'][0].c", ("a", "b", 0, "c")),
    ],
)
def test__parse__another_way_to_write_it__is_the_path(text: str, path: Path) -> None:
    assert parse_path(text) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "$a",
        "$.",
        "$..a",
        "$.a.",
        "$[",
        "$[]",
        "$[a]",
        "$[01]",
        "$[-0]",
        "$[1:2]",
        "$[?(@.a)]",
        "$.a b",
        "$['a",
        "$['a\"]",
        '$["\\x"]',
        "$[٣]",
        "$.1a",
        "$ .a",
        "$[" + "9" * 5000 + "]",
    ],
    ids=lambda text: text[:12],
)
def test__parse__what_is_no_path__is_refused_with_the_text(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        parse_path(text)
