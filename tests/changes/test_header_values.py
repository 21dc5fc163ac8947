from __future__ import annotations

import pytest

from harness.changes.header_values import value_of, values_of
from harness.model.exchange import Headers


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Vary", "a"), ("X", "1"), ("vary", "b")), "a, b"),
        ((("VARY", ""),), ""),
        ((("X", "1"),), None),
        ((), None),
    ],
)
def test__value_of__a_header__is_all_its_values_joined(headers: Headers, expected: str | None) -> None:
    assert value_of(headers, "vary") == expected


def test__values_of__all_names__are_in_lower_case_and_joined() -> None:
    assert values_of((("Vary", "a"), ("X", "1"), ("vary", "b"))) == {"vary": "a, b", "x": "1"}
    assert values_of(()) == {}
