from __future__ import annotations

import pytest

from harness.intake.fact import Fact
from harness.parity.between import between
from harness.parity.weights import Weight


def facts(**said: tuple[str, str, str]) -> dict[tuple[str, str], Fact]:
    return {("group", name): Fact(*each) for name, each in said.items()}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("host", "timezone", "UTC"), ("host", "timezone", "UTC"), []),
        (("host", "timezone", "UTC"), ("host", "timezone", "CET"), [("UTC", "CET", Weight.BREAK)]),
        (("host", "timezone", "UTC"), None, [("UTC", None, Weight.BREAK)]),
        (None, ("file", "seed.py", "sha256 a"), [(None, "sha256 a", Weight.LIKELY)]),
        (("pip", "dep", "1.1"), ("pip", "dep", "1.2"), [("1.1", "1.2", Weight.LIKELY)]),
        (("pip", "dep", "1.1"), ("pip", "dep", "2.0"), [("1.1", "2.0", Weight.BREAK)]),
        (("scenario", "scenario", "a.py"), ("scenario", "scenario", "b.py"), [("a.py", "b.py", Weight.BREAK)]),
        (("scenario", "customer", "a"), ("scenario", "customer", "b"), [("a", "b", Weight.COSMETIC)]),
        (("network", "links", "{}"), None, [("{}", None, Weight.LIKELY)]),
    ],
)
def test__between__two_facts__one_difference_with_its_weight(
    one: tuple[str, str, str] | None, other: tuple[str, str, str] | None, expected: list[tuple[str, str, Weight]]
) -> None:
    before, after = (facts(x=each) if each else {} for each in (one, other))
    assert [(each.before, each.after, each.weight) for each in between(before, after)] == expected


def test__between__several__are_by_group_and_the_heaviest_of_it_first() -> None:
    one = {
        ("b", "x"): Fact("host", "umask", "1"),
        ("b", "y"): Fact("host", "timezone", "1"),
        ("a", "z"): Fact("os", "id", "1"),
    }
    found = between(one, {})
    assert [(each.group, each.name) for each in found] == [("b", "y"), ("b", "x"), ("a", "z")]
    assert found[0].why == "moments fall on other days"
