from __future__ import annotations

import pytest

from harness.model.exchange import Exchange, Request
from harness.replay.pacing import LONGEST, LONGEST_SUM, pauses


def calls(*begun: str, elapsed: float = 0.1) -> list[Exchange]:
    return [Exchange(Request("GET", "http://a/"), None, started=each, elapsed=elapsed) for each in begun]


def at(*seconds: float) -> list[Exchange]:
    return calls(*(f"2026-03-02T09:00:{second:06.3f}Z" for second in seconds))


@pytest.mark.parametrize(
    ("exchanges", "expected"),
    [
        ([], []),
        (at(3), [0.0]),
        (at(0, 1.2, 1.35, 2.25), [0.0, 1.1, 0.0, 0.8]),
        (at(0, 30), [0.0, LONGEST]),
        (at(5, 1), [0.0, 0.0]),
        (calls("2026-03-02T09:00:00Z", "2026-03-02T10:00:01+01:00", elapsed=0), [0.0, 1.0]),
        (calls("yesterday", "2026-03-02T09:00:00Z", ""), [0.0, 0.0, 0.0]),
    ],
    ids=["none", "one", "as recorded", "a long one", "not in order", "zones", "no moment"],
)
def test__pauses__of_calls__are_those_of_the_plugin(exchanges: list[Exchange], expected: list[float]) -> None:
    assert pauses(exchanges) == pytest.approx(expected)


def test__pauses__that_are_many__take_no_longer_together_than_a_limit() -> None:
    waits = pauses(at(*range(0, 40, 2)))
    assert sum(waits) == pytest.approx(LONGEST_SUM)
    assert len(set(map(round, waits[1:]))) == 1
