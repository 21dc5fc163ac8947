from __future__ import annotations

from harness.model.exchange import Exchange, Recording, Request
from harness.replay.ids import with_ids


def test__with_ids__of_a_recording__names_the_nameless_by_position_and_never_twice() -> None:
    request = Request("GET", "http://a/")
    names = [None, "mine", None, "c0001", None]
    recording = Recording(tuple(Exchange(request, None, id=name) for name in names), source="a.har")
    named = with_ids(recording)
    assert [exchange.id for exchange in named.exchanges] == ["c0001x", "mine", "c0003", "c0001", "c0005"]
    assert with_ids(named) == named == with_ids(recording)
