from __future__ import annotations

import gc

import pytest

from harness.model.body import Form
from harness.schema import bodies
from harness.schema.bodies import Bodies, Gathered
from tests.schema.json_values import of


def test__gathered__json_bodies__are_counted_and_summarized() -> None:
    gathered = Gathered("application/json")
    for text in (b'{"a": 1}', b'{"a": 2, "a": 3}', b'{"a": ', b"[" * 100_000):
        gathered.add(text, "")
    assert gathered.bodies() == Bodies(4, 2, of([{"a": 1}, {"a": 3}]), 1)


def test__gathered__other_forms_and_charsets__are_read_and_said() -> None:
    lines = Gathered("application/x-ndjson")
    lines.add(b'{"a": 1}\n{"a": 2}', "application/x-ndjson")
    assert lines.bodies() == Bodies(1, 0, of([[{"a": 1}, {"a": 2}]]), forms=frozenset({Form.LINES}))
    latin = Gathered("application/json")
    latin.add('["é"]'.encode("latin-1"), "application/json; charset=latin-1")
    latin.add('["é"]'.encode("utf-16"), "application/json")
    assert latin.bodies() == Bodies(2, 0, of([["é"], ["é"]]), miscoded=1)


def test__gathered__what_is_not_looked_into__is_counted_and_not_kept() -> None:
    gathered = Gathered("image/png")
    assert gathered.add(b"x" * 1000, "") == 0
    assert gathered.bodies() == Bodies(1, 1, of([]))


def test__add__bodies__says_how_many_bytes_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BATCH", 3)
    gathered = Gathered("")
    assert [gathered.add(text, "") for text in (b"11", b"222", b"4", b"5")] == [2, 3, -5, 1]
    monkeypatch.setattr(bodies, "BATCH_BYTES", 10)
    assert gathered.add(b"1" * 10, "") == -1
    assert gathered.bodies().count == 5


def test__bodies__then_more_bodies__stays_as_it_was() -> None:
    gathered = Gathered("")
    gathered.add(b"1", "")
    before = gathered.bodies()
    gathered.add(b"2", "")
    assert before.summary == of([1])
    assert gathered.bodies().summary == of([1, 2])


@pytest.mark.parametrize("enabled", [True, False])
def test__flush__whether_or_not_it_fails__leaves_the_collector_as_it_was(
    enabled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        assert not gc.isenabled()
        raise MemoryError

    monkeypatch.setattr(bodies, "are_plain", fail)
    gathered = Gathered("")
    gathered.add(b"1", "")
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(MemoryError):
            gathered.flush()
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()
