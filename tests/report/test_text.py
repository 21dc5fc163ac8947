"""Strangers' words and values, made fit for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.json_text import parse
from harness.report.text import clip, count, duration, line, percent, printable, printable_lines, sample, samples_apart


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain שלום 🚲", "plain שלום 🚲"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\u2028\ud800\x9b", "\\u2028\\ud800\\x9b"),
    ],
)
def test__printable__characters_that_are_obeyed__become_escapes(text: str, shown: str) -> None:
    assert printable(text) == shown


def test__printable_lines__line_breaks_and_tabs__stay() -> None:
    assert printable_lines("a\r\n\tb\x1b\nc\u2028") == "a\n\tb\\x1b\nc\\u2028"


@given(st.text(alphabet=st.characters()))
def test__printable__any_text__can_be_encoded_and_is_one_line(text: str) -> None:
    assert len(printable(text).encode().decode().splitlines()) <= 1


def test__clip__too_long__keeps_both_ends() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("a" * 50 + "z" * 50, 9) == "aaaaaa … zzz"


def test__line__very_long__is_bounded() -> None:
    assert len(line("\x00" * 10_000)) < 410


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        ({"id": 1, "price": 899.0, "tags": []}, '{"id": 1, "price": 899.0, "tags": []}'),
        (2**70, "1180591620717411303424"),
        ("\u2028\ud800", '"\\u2028\\ud800"'),
        (list(range(200)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 188 more]"),
        ([{"rows": [[1] * 90] * 90}], '[{"rows": [… 90 items]}]'),
    ],
)
def test__sample__value__is_json_that_says_what_is_left_out(value: object, shown: str) -> None:
    assert sample(value, 70) == shown


def test__sample__number_with_its_digits__keeps_them() -> None:
    assert sample(parse(b'{"a": 1.10e5, "b": -0}')) == '{"a": 1.10e5, "b": -0}'


def test__sample__deep_and_wide_value__is_bounded() -> None:
    deep: object = "leaf"
    for _ in range(100_000):
        deep = [deep]
    assert len(sample(deep)) < 130
    assert len(sample({"k" * 9000: "v" * 9000})) < 130


@pytest.mark.parametrize("limit", [40, 60, 120, 200])
def test__samples_apart__texts_that_part_in_the_middle__are_shown_where_they_part(limit: int) -> None:
    old, new = (f"{'x' * 5000}{word}{'x' * 5000}" for word in ("Anna", "Otto"))
    assert sample(old, limit) == sample(new, limit)
    shown = samples_apart(old, new, limit)
    assert ["Anna" in shown[0], "Otto" in shown[1]] == [True, True]
    assert max(map(len, shown)) <= limit + len("… ")


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("x" * 900, "x" * 900), ("x" * 900, 1), ([1], [2]), ("", "x")])
def test__samples_apart__other_values__are_shown_as_samples(old: object, new: object) -> None:
    assert samples_apart(old, new, 60) == (sample(old, 60), sample(new, 60))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 7, "0.0 %"), (1, 3, "33.3 %"), (99_999, 100_000, "99.9 %"), (5, 5, "100 %"), (0, 0, "none")],
)
def test__percent__part__is_never_rounded_up_to_all(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.7, "1 min 00 s"), (185, "3 min 05 s")]
)
def test__duration__seconds__reads_well(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test__count__numbers__take_their_plural() -> None:
    assert [count(1, "step"), count(0, "step"), count(1234, "loss", "losses")] == ["1 step", "0 steps", "1,234 losses"]
