from __future__ import annotations

import pytest

from harness.probing.vocabulary import WORDS, role, spelled


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("_start", "start"),
        ("$skip", "start"),
        ("perPage", "size"),
        ("_per_page", "size"),
        ("page[number]", "page"),
        ("page[size]", "size"),
        ("pageSize", "size"),
        ("orderBy", "sort"),
        ("direction", "order"),
        ("q", "search"),
        ("status", ""),
        ("", ""),
    ],
)
def test__role__of_a_name__is_what_it_conventionally_means(name: str, said: str) -> None:
    assert role(name) == said


def test__words__of_two_roles__are_different() -> None:
    words = [word for names in WORDS.values() for word in names]
    assert len(words) == len(set(words))


def test__spelled__names__keep_olds_spelling_first() -> None:
    found = list(spelled(("page", "per_page"), "_start"))
    assert found[:3] == [("_page", "_per_page"), ("_page", "_perPage"), ("page", "per_page")]
    assert len(found) == len(set(found))
