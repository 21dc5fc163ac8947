"""A text is known as the body of an answer by what it says, whoever decodes it and in whatever form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.reads.lines import read_told
from harness.reads.python.backfit_reads import notebook, places, texts
from harness.reads.python.backfit_reads.places import Answer
from harness.reads.python.backfit_reads.tracked_dict import TrackedDict


@pytest.fixture
def answer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Answer]:
    notebook.open_at(str(tmp_path / "reads"))
    found = places.answer("GET", f"http://{request.node.name}.test/")
    assert found is not None
    yield found
    texts.forget()
    texts._texts.clear()
    notebook.open_at("")


def ops(answer: Answer, folder: Path) -> set[str]:
    texts.close()
    return {f"{each.place} {each.op}" for each in read_told(folder / "reads").accesses if each.url == answer.url}


@pytest.mark.parametrize(
    ("remembered", "decoded"),
    [
        ('{"a": 1}', '{"a": 1}'),
        (b'{"a": 1}', '{"a": 1}'),
        (b'{"a": 1}', b'{"a": 1}'),
        (b'{"a": 1}', bytearray(b'{"a": 1}')),
        (b'{"a": 1}', memoryview(b'{"a": 1}')),
        (b'\xef\xbb\xbf{"a": 1}', '{"a": 1}'),
        (b'{"a": 1}\n', '{"a": 1}'),
        ('  {"a": "\u00e9"}', '{"a": "\u00e9"}\n'),
        ('{"a": "\u00e9"}'.encode(), '{"a": "\u00e9"}'),
    ],
    ids=map(str, range(9)),
)
def test__decoded__of_a_remembered_text__is_tracked(remembered: Any, decoded: Any, answer: Answer) -> None:
    texts.remember(remembered, answer)
    assert type(texts.decoded(decoded, {"a": 1})) is TrackedDict


@pytest.mark.parametrize("decoded", ['{"a": 2}', "", None, 3, [1], '{"a": 1} x'])
def test__decoded__of_another_text__is_left_alone(decoded: Any, answer: Answer) -> None:
    texts.remember('{"a": 1}', answer)
    value = {"a": 1}
    assert texts.decoded(decoded, value) is value


def test__text__that_the_plugin_takes_and_nobody_decodes__is_handed_on(answer: Answer, tmp_path: Path) -> None:
    texts.remember('{"a": 1}', answer)
    assert ops(answer, tmp_path) == {"$ exported"}


def test__text__that_is_decoded__is_not_handed_on(answer: Answer, tmp_path: Path) -> None:
    texts.remember('{"a": 1}', answer)
    texts.decoded('{"a": 1}', {"a": 1})
    texts.remember('{"a": 1}', answer)  # as a log does
    assert ops(answer, tmp_path) == set()


def test__scalar__that_is_decoded__is_read(answer: Answer, tmp_path: Path) -> None:
    texts.remember("[1]", answer)
    assert texts.decoded("[1]", 1) == 1
    assert ops(answer, tmp_path) == {"$ read"}


def test__text__that_is_no_json__is_handed_on_as_it_is_taken(answer: Answer, tmp_path: Path) -> None:
    texts.remember(b"<html>", answer)
    assert ops(answer, tmp_path) == {"$ exported"}


def test__texts__past_the_limit__are_forgotten_oldest_first(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_TEXTS", 2)
    for number in range(3):
        texts.remember(f"[{number}]", answer)
    assert [type(texts.decoded(f"[{number}]", [])).__mro__[1] for number in range(3)] == [object, list, list]


def test__written__of_a_tracked_value__decodes_to_a_tracked_one(answer: Answer) -> None:
    texts.remember('{"a": {"b": 1}}', answer)
    inner = texts.decoded('{"a": {"b": 1}}', {"a": {"b": 1}})["a"]
    texts.written('{"b": 1}', inner)
    again = texts.decoded('{"b": 1}', {"b": 1})
    assert (type(again), again.place_of("b").text) == (TrackedDict, "$.a.b")


def test__shadow__of_a_remembered_text__is_what_it_says(answer: Answer) -> None:
    texts.remember('{"a": 1}', answer)
    assert texts.shadow('{"a": 1}') == json.loads('{"a": 1}')
    assert texts.shadow('{"a": 2}') is None
    assert texts.shadow([1]) == [1]
