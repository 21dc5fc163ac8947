from __future__ import annotations

import pytest

from harness.probing.more import Measure, extended


def system(name: str, brings: dict[str, int], refuses: bool = False) -> tuple[list[str], object]:
    """What a parameter of that name brings, word by word; every other one is passed over."""
    asked: list[str] = []

    def gain(parameter: str, value: str) -> Measure | None:
        asked.append(f"{parameter}={value}")
        words = value.split(",") if parameter == name else []
        if refuses and not set(words) <= brings.keys():
            return None
        return sum(brings.get(word, 0) for word in set(words)), 0

    return asked, gain


@pytest.mark.parametrize("refuses", [True, False])
def test__extended__a_parameter_that_knows_some_words__gets_those(refuses: bool) -> None:
    _, gain = system("_extra", {"columns": 1, "count": 1}, refuses)
    step = extended(["columns", "table_rows_count", "units"], {}, (), (0, 0), gain)  # type: ignore[arg-type]
    assert step is not None
    assert (step.key, step.value) == ("_extra", "columns,count")


def test__extended__words_that_bring_nothing_more__are_left_out() -> None:
    _, gain = system("fields", {"a": 1, "b": 0})
    step = extended(["b", "a"], {}, (), (0, 0), gain)  # type: ignore[arg-type]
    assert step is not None
    assert step.value == "a"


def test__extended__a_person_knows_better__and_is_heard_first() -> None:
    asked, gain = system("shape", {"full": 3})
    step = extended(["a"], {}, ("shape=full",), (0, 0), gain)  # type: ignore[arg-type]
    assert step is not None
    assert (step.key, step.value, asked[0]) == ("shape", "full", "shape=full")


def test__extended__nothing_brings_anything__is_none_within_bounds() -> None:
    asked, gain = system("nothing", {})
    assert extended(["a", "b"], {"fields": "x"}, (), (0, 0), gain) is None  # type: ignore[arg-type]
    assert len(asked) < 60
    assert not any(each.startswith("fields=") for each in asked)
