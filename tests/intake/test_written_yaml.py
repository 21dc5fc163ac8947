from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from harness.intake.fact import clean
from harness.intake.written_yaml import Lines, flow, question, scalar


def loaded(text: str) -> object:
    return YAML(typ="safe", pure=True).load(StringIO(text))


@settings(deadline=None)
@given(st.text().map(clean).filter(bool))
def test__scalar__of_any_cleaned_text__is_read_back_as_it_is(text: str) -> None:
    assert str(loaded(f"key: {scalar(text)}\n")["key"]) == text  # type: ignore[index]
    assert [str(each) for each in loaded(f"key: {flow([text, text])}\n")["key"]] == [text, text]  # type: ignore[index]


@pytest.mark.parametrize(
    "text", ["true", "No", "null", "~", "0123", "1.10", "1e3", "0x1f", "2026-03-02", "12:30", "- a", "? a"]
)
def test__scalar__of_what_yaml_takes_for_something_else__stays_text(text: str) -> None:
    assert loaded(f"key: {scalar(text)}\n") == {"key": text}


@settings(deadline=None)
@given(st.text().map(clean), st.integers(0, 3))
def test__comment__of_any_cleaned_text__says_nothing_to_yaml(text: str, depth: int) -> None:
    lines = Lines()
    lines.say(0, "a", "1", why=text)
    lines.comment(depth, text)
    lines.say(0, "b", "2")
    assert loaded(str(lines)) == {"a": 1, "b": 2}


def test__say__with_a_long_reason__puts_it_above() -> None:
    lines = Lines()
    lines.say(1, "key", "value", why="because " * 20)
    assert lines.lines[-1] == "  key: value"
    assert all(each.startswith("  # ") for each in lines.lines[:-1])


def test__lines__of_each_sort__are_yaml() -> None:
    lines = Lines()
    lines.say(0, "a")
    lines.say(1, "b", why="why")
    lines.item(2, scalar("x==1"))
    assert str(lines) == "a:\n  b:  # why\n    - x==1\n"
    assert question("os") == "!question os"
