from __future__ import annotations

import copy
import pickle

import pytest

from harness.lens.answer import ABSENT, Answer

HEADERS = [("A", "1"), ("ETag", "2"), ("etag", "3")]


@pytest.mark.parametrize(("name", "expected"), [("etag", "2"), ("ETAG", "2"), ("a", "1"), ("b", None)])
def test__header__by_name__is_the_first_in_any_letter_case(name: str, expected: str | None) -> None:
    assert Answer(200, HEADERS).header(name) == expected


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test__absent__copied_or_sent_to_another_process__is_the_same(again) -> None:
    assert again(ABSENT) is ABSENT


def test__absent__is_false_and_says_what_it_is() -> None:
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
