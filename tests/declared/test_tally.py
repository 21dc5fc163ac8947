from __future__ import annotations

from harness.declared.tally import Tally


def test__tally__of_calls__counts_each_thing_once_a_call() -> None:
    tally: Tally[str] = Tally()
    tally.add("GET /a", [("key", "first", 1), ("key", "again", 2)])
    tally.add("GET /a", [("key", "later", 3)])
    tally.add("GET /a", [])
    tally.add("GET /b", [("key", "other", 1)])
    counted = [
        (seen.operation, seen.first, support.pairs, support.agreeing, support.distinct) for seen, support in tally
    ]
    assert counted == [("GET /a", "first", 3, 2, 2), ("GET /b", "other", 1, 1, 1)]
