from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.model.body import MISSING
from harness.model.errors import UsageError
from harness.model.exchange import Exchange
from harness.record import keeping
from harness.record.capture import Capture
from harness.record.keeping import Keeping
from harness.record.stream import read_exchanges


def call(kept: Keeping, number: int, answer: bytes = b"", sent: bytes = b"") -> Capture:
    capture = kept.begin("POST", f"http://a/{number}", ())
    capture.request_body.add(sent)
    capture.answer(200, "OK", ())
    capture.response_body.add(answer)
    return capture


def end(kept: Keeping, capture: Capture) -> None:
    capture.end()
    kept.ended(capture)


def bodies(exchanges: tuple[Exchange, ...]) -> list[bytes]:
    return [each.response.body if each.response else b"none" for each in exchanges]


def test__keeping__calls_that_end_in_another_order__are_held_as_they_came_and_journalled_as_they_ended(
    tmp_path: Path,
) -> None:
    with Keeping(tmp_path / "kept.har.ndjson") as kept:
        first, second = call(kept, 1, b"one"), call(kept, 2, b"two")
        end(kept, second)
        held = kept.recording("here").exchanges
        assert (bodies(held), [each.id for each in held]) == ([b"one", b"two"], ["c0001", "c0002"])
        assert "not ended" in str(held[0].error)
        assert [each.id for each in read_exchanges(tmp_path / "kept.har.ndjson")] == ["c0002"]
        end(kept, first)
    told = list(read_exchanges(tmp_path / "kept.har.ndjson"))
    assert [each.id for each in told] == ["c0002", "c0001"]
    assert kept.recording("here").exchanges == (told[1], told[0])


def test__keeping__past_the_bytes_that_memory_has__leaves_bodies_out_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "BODIES", 10)
    with Keeping(tmp_path / "kept.har.ndjson") as kept:
        end(kept, call(kept, 1, b"four"))
        end(kept, call(kept, 2, b"seven..", b"x"))
        end(kept, call(kept, 3, b"four", b"xy"))
        held = kept.recording("here").exchanges
        assert bodies(held) == [b"four", b"", b"four"]
        assert [each.meta.get("note") for each in held] == [None, MISSING, None]
        assert [each.meta.get("incomplete") for each in held] == [None, True, None]
    assert bodies(tuple(read_exchanges(tmp_path / "kept.har.ndjson"))) == [b"four", b"seven..", b"four"]


def test__keeping__bodies_of_calls_that_go_on__share_their_room_and_give_it_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "BODIES", 10)
    with Keeping() as kept:
        first, second = call(kept, 1, b"sixsix"), call(kept, 2, b"sixsix")
        assert second.so_far(None).meta["note"] == "response body: only the first 4 bytes are kept"
        end(kept, first)
        end(kept, second)
        third = call(kept, 3, b"ten.......")
        assert "note" not in third.so_far(None).meta


def test__keeping__past_the_calls_that_memory_has__counts_them_and_journals_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "HEADS", 3200)
    path = tmp_path / "kept.har.ndjson"
    with Keeping(path) as kept:
        for number in range(5):
            end(kept, call(kept, number, b"x"))
        recording = kept.recording("here")
        assert (len(recording.exchanges), recording.source) == (2, f"(here; 3 more calls are only in {path})")
    assert len(list(read_exchanges(path))) == 5
    with Keeping() as kept:
        assert kept.recording("here").source == "(here)"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a defect")])
def test__keeping__that_cannot_write__goes_on_and_says_so_where_the_recording_is_asked_for(
    tmp_path: Path, error: Exception
) -> None:
    def failing(exchange: Exchange) -> Exchange:
        if exchange.id == "c0002":
            raise error
        return replace(exchange, id="hidden")

    with Keeping(tmp_path / "kept.har.ndjson", failing) as kept:
        for number in range(3):
            end(kept, call(kept, number))
        with pytest.raises(type(error)):
            kept.recording("here")
    assert [each.id for each in read_exchanges(tmp_path / "kept.har.ndjson")] == ["hidden"]


def test__keeping__in_no_folder__is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        Keeping(tmp_path / "none" / "kept.har.ndjson").__enter__()
