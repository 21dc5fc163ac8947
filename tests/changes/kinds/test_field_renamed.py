"""When a removed and an added member are one and the same: the bounds of what is believed."""

from __future__ import annotations

from typing import Any

import pytest

from harness.changes.kinds.field_renamed import _Match


def match(**known: Any) -> _Match:
    """Two members of which nothing is known but this."""
    return _Match(
        **{"old": "a", "new": "b", **dict.fromkeys(("fit", "exact", "near", "information", "likeness"), 0.0), **known}
    )


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"exact": 0.99, "information": 1.5}, True),
        ({"exact": 0.98, "information": 9.0}, False),
        ({"exact": 1.0, "information": 1.4}, False),
        ({"near": 0.99, "information": 3.0}, True),
        ({"near": 0.98, "information": 9.0}, False),
        ({"near": 1.0, "information": 2.9}, False),
        ({"fit": 0.4, "sole": True}, True),
        ({"fit": 0.39, "sole": True}, False),
        ({"fit": 0.4}, False),
        ({"fit": 0.9, "information": 0.4, "likeness": 0.5}, True),
        ({"fit": 0.9, "information": 0.4, "likeness": 0.49}, False),
        ({"fit": 0.9, "information": 0.39, "likeness": 0.69}, False),
        ({"fit": 0.89, "information": 0.4, "likeness": 0.69}, False),
        ({"fit": 0.45, "likeness": 0.7}, True),
        ({"fit": 0.45, "likeness": 0.69}, False),
        ({"fit": 0.44, "likeness": 0.89}, False),
        ({"fit": 0.3, "likeness": 0.9}, True),
        ({"fit": 0.29, "likeness": 0.99}, False),
        ({"fit": 0.15, "likeness": 1.0}, True),
        ({"fit": 0.14, "likeness": 1.0}, False),
    ],
)
def test__match__of_values_and_names__is_plausible_within_bounds(known: dict[str, Any], expected: bool) -> None:
    assert match(**known).plausible is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"fit": 1.0}, 0.6),
        ({"fit": 0.5}, 0.3),
        ({"fit": 1.0, "information": 1.0}, 0.8),
        ({"fit": 1.0, "information": 2.0}, 1.0),
        ({"fit": 1.0, "information": 9.0}, 1.0),
        ({"likeness": 1.0}, 0.5),
        ({"likeness": 0.5}, 0.25),
        ({"likeness": 0.49}, 0.0),  # letters in common by chance
    ],
)
def test__match__score__is_of_values_and_of_names_that_are_alike(known: dict[str, Any], expected: float) -> None:
    assert match(**known).score == pytest.approx(expected)
