from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import serialize
from harness.model.outcome import PluginRun, Result, Side
from harness.record.har import read_har, write_har
from harness.redaction.hiding import Kind
from harness.redaction.redactor import Redactor
from harness.redaction.rules import By, Rules
from tests.redaction.planted import Garden, left, recording
from tests.redaction.redactors import KEY, add, keep

SECRET = "hunter22-a1b2"


@pytest.mark.parametrize("seed", range(1, 6))
def test__recording__with_a_hundred_planted_secrets__holds_none_of_them(tmp_path: Path, seed: int) -> None:
    garden = Garden(seed)
    planted = recording(garden)
    assert len(set(garden.secrets)) >= 100
    write_har(tmp_path / "raw.har", planted)
    assert left((tmp_path / "raw.har").read_bytes(), garden.secrets) == garden.secrets
    redacted = Redactor(KEY).recording(planted)
    write_har(tmp_path / "redacted.har", redacted)
    assert left((tmp_path / "redacted.har").read_bytes(), garden.secrets) == []
    assert (
        Redactor(b"the key of somebody else").recording(read_har(tmp_path / "redacted.har")).exchanges
        == redacted.exchanges
    )


def test__recording__a_secret_that_only_a_later_call_names__is_gone_from_the_first() -> None:
    early = Exchange(Request("GET", f"http://h/files/{SECRET}/x"), Response(200, (), f"got {SECRET}".encode()))
    late = Exchange(Request("GET", "http://h/a", (("X-Api-Key", SECRET),)), Response(200))
    redactor = Redactor(KEY)
    redacted = redactor.recording(Recording((early, late), source="a.har"))
    assert SECRET not in str(redacted)
    assert redacted.source == "a.har"
    assert redactor.tally[Kind.NAMED] == 1


@dataclass(frozen=True)
class Told:
    lines: tuple[str, ...]
    count: int
    side: Side
    more: dict[str, object]


def test__value__a_dataclass__loses_its_secrets_and_keeps_its_types() -> None:
    redactor = Redactor(KEY)
    told = Told((f"token={SECRET}", "plain"), 3, Side.OLD, {"password": SECRET, "n": [1, None]})
    redacted = redactor.value(told)
    assert SECRET not in str(redacted)
    assert (redacted.lines[1], redacted.count, redacted.side) == ("plain", 3, Side.OLD)
    assert redacted.more["n"] == [1, None]
    assert isinstance(redacted, Told)


def test__value__a_plugins_run__is_redacted_whole() -> None:
    run = PluginRun(
        Side.NEW, Result.BROKEN, f"Error: token={SECRET}", {"out": {"user": f"password={SECRET}"}}, (f"x {SECRET}",)
    )
    redactor = Redactor(KEY)
    redactor.text(f"password={SECRET}")
    redacted = redactor.value(run)
    assert SECRET not in str(redacted)
    assert redacted.result is Result.BROKEN


def test__all_ways__with_rules_that_say_off__change_nothing() -> None:
    redactor = Redactor(KEY, Rules(off=True))
    exchange = Exchange(Request("GET", f"http://h/?token={SECRET}"), None)
    assert redactor.exchange(exchange) is exchange
    assert redactor.text(f"token={SECRET}") == f"token={SECRET}"
    assert redactor.bytes(b'{"token": "x1y2z3a4"}') == b'{"token": "x1y2z3a4"}'
    assert (redactor.json({"token": SECRET}), redactor.value((SECRET,)), redactor.entry([1])) == (
        {"token": SECRET},
        (SECRET,),
        [1],
    )


def test__unused__rules_that_met_nothing__are_told_with_their_line() -> None:
    met, unmet = add(By.NAME, "customer_no"), keep(By.NAME, "nothing")
    redactor = Redactor(KEY, Rules((met, unmet), source="redact.yaml"))
    redactor.json({"customer_no": "K-123456"})
    assert redactor.unused() == ("redact.yaml:0: keep: names: nothing",)


def test__learning__what_is_redacted__is_remembered_and_not_counted() -> None:
    redactor = Redactor(KEY)
    with redactor.learning():
        redactor.text(f"token={SECRET}")
    assert not redactor.tally
    assert SECRET not in redactor.text(f"see {SECRET}")
    assert redactor.tally == {Kind.AGAIN: 1}


def test__json__again__takes_what_was_met_elsewhere() -> None:
    redactor = Redactor(KEY)
    redactor.text(f"token={SECRET}")
    assert SECRET not in json.dumps(redactor.json({"a": [f"x {SECRET} y"]}))


def test__exchange__from_many_threads__gives_each_the_same() -> None:
    redactor = Redactor(KEY)
    planted = recording(Garden(3))
    redactor.learn(planted.exchanges)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [redactor.exchange(each) for each in planted.exchanges], range(4)))
    assert all(each == found[0] for each in found)


TYPES = (
    "",
    "application/json",
    "text/html",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    "text/event-stream",
)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60) | st.text(alphabet='{}[]"\\:,=&%<>a1@/\n- ', max_size=60).map(str.encode),
    st.sampled_from(TYPES),
    st.text(alphabet="htp:/[]?#@%&=a1;", max_size=20),
)
def test__exchange__whatever_strangers_send__is_redacted(body: bytes, content_type: str, url: str) -> None:
    headers = (("Content-Type", content_type), ("Cookie", body.decode("latin-1")), ("Authorization", url))
    exchange = Exchange(Request("POST", url, headers, body), Response(200, headers, body), meta={"note": url})
    Redactor(KEY).exchange(exchange)


def test__json__nested_deeper_than_anybody_writes__is_redacted_as_text() -> None:
    value: object = {"password": SECRET}
    for _ in range(1000):
        value = [value]
    redacted = Redactor(KEY).json(value)
    assert SECRET.encode() not in serialize(redacted)
    assert serialize(redacted).count(b"[") == 1000
