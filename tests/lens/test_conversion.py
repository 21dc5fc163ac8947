from __future__ import annotations

import pytest

from harness.lens.conversion import UNFIT, Conversion, on, pair
from harness.model.json_text import Json


@pytest.mark.parametrize(
    ("value", "expected"), [(1, 2), (0, UNFIT), (True, UNFIT), (1.0, UNFIT), ("1", UNFIT), (None, UNFIT), ([1], UNFIT)]
)
def test__on__a_type__converts_values_of_just_that_type_and_not_what_does_not_fit(value: Json, expected: Json) -> None:
    assert on(int, lambda number: number + 1 if number else None)(value) is expected or expected == 2


def test__pair__of_two__name_each_other_and_are_exact() -> None:
    forward, backward = on(int, str), on(str, int)
    assert list(pair("a", forward, "b", backward, (1, "1"))) == [
        Conversion("a", forward, (1, "1"), "b", exact=True),
        Conversion("b", backward, ("1", 1), "a", exact=True),
    ]
