from __future__ import annotations

import pytest

from harness.intake.fact import Fact
from harness.intake.gathered import Gathered


def version(value: str, source: str = "a:1") -> Fact:
    return Fact("browser", "version", value, source)


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        (["112"], "112"),
        (["112", "112.0.5615.138"], "112.0.5615.138"),
        (["112.0.5615.138", "112"], "112.0.5615.138"),
        (["112", "114"], None),
        (["112", "112.0.5615.138", "112.0.5615.49"], None),
        ([], None),
    ],
)
def test__fact__of_several__is_the_most_exact_or_none(values: list[str], chosen: str | None) -> None:
    found = Gathered.of(map(version, values)).fact("browser", "version")
    assert (found.value if found else None) == chosen


def test__contradictions__are_told_with_every_source() -> None:
    gathered = Gathered.of(
        [version("112", "a:1"), version("114", "b:2"), version("112", "c:3"), Fact("os", "id", "debian", "d")]
    )
    assert [str(each) for each in gathered.contradictions()] == ["browser version: 112 (a:1), 114 (b:2)"]
    assert gathered.about("browser") == []
    assert [fact.value for fact in gathered.about("os")] == ["debian"]


def test__fact__of_packages__is_exact() -> None:
    gathered = Gathered.of([Fact("pip", "A_b", "1.0", "x"), Fact("pip", "a-b", "1.0.1", "y")])
    assert len(gathered.contradictions()) == 1
