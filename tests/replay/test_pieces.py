from __future__ import annotations

import pytest

from harness.replay.pieces import counterpart, is_common, is_random, spans, text_of


def test__text_of__numbers__are_as_in_the_text() -> None:
    assert [text_of(value) for value in ("a", 1, 1.50)] == ["a", "1", "1.5"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("abc", {"abc"}),
        ('"v1"', {'"v1"', "v1"}),
        ("Bearer x-1", {"Bearer x-1", "Bearer", "Bearer x", "x", "x-1", "1"}),
        ("", set()),
        ("a " * 100, {"a " * 100}),
    ],
)
def test__spans__a_text__has_its_words_and_their_runs(text: str, pieces: set[str]) -> None:
    assert {text[start:end] for start, end in spans(text)} == pieces


@pytest.mark.parametrize(
    ("text", "twin", "piece", "expected"),
    [
        pytest.param("Bearer abc", "Bearer xyz-2", "abc", "xyz-2", id="between the same characters"),
        pytest.param("/a/1/b/2", "/a/3/b/4", "1", "3", id="as many words"),
        pytest.param("1-2", "9", "1", "", id="nothing to compare with"),
        pytest.param("abc", "x y", "abc", "x y", id="the whole"),
        pytest.param("aa", "a", "aa", "a", id="shorter"),
    ],
)
def test__counterpart__the_second_text__gives_what_stands_there(
    text: str, twin: str, piece: str, expected: str
) -> None:
    start = text.index(piece)
    assert counterpart(text, twin, start, start + len(piece)) == expected


@pytest.mark.parametrize("text", ["17", "-2.5", "active", "2026-03-02T09:00:00Z", "09:30"])
def test__is_common__what_many_places_hold__is(text: str) -> None:
    assert is_common(text)
    assert not is_random(text)


@pytest.mark.parametrize("text", ["6f1c0a3e-77b1-4c55-8d2e-0d7c2a9b1e11", "eyJhbGciOiJIUzI1NiJ9", "k7q2m9x4t1z8"])
def test__is_random__ids_and_tokens__are(text: str) -> None:
    assert is_random(text)
    assert not is_common(text)
