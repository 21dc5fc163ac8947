from __future__ import annotations

import pytest

from harness.lens.condition import Condition
from harness.model.json_text import Json
from harness.shims.answering import answer_steps, commute
from harness.shims.document import Entry, Shim
from harness.shims.operations import operations
from harness.shims.retold import CannotCompose
from harness.shims.yaml_writing import step_text
from tests.shims.answers import entry, learned


def drop(key: str) -> Json:
    return {"drop": {"keys": [key]}}


def told(*entries: Entry, otherwise: tuple[Json, ...] = (), status: str = "") -> list[str]:
    shim = Shim(entries=entries, otherwise=learned(*otherwise))
    return [step_text(each.step) for each in answer_steps(shim, operations(shim), entries[0].template, (), status)]


def test__steps__of_entries__ask_for_what_their_entry_asks_for() -> None:
    found = told(entry("GET /a", drop("a"), when=Condition("2xx")), entry("GET /a", drop("b"), when=Condition("404")))
    assert found == ['drop: {keys: [a], when: {status: "2xx"}}', "drop: {keys: [b], when: {status: 404}}"]


def test__steps__for_all_others__are_for_the_statuses_that_no_entry_takes() -> None:
    known = entry("GET /a", drop("a"), when=Condition("2xx"))
    errors: Json = {"drop": {"keys": ["e"], "when": {"status": "4xx"}}}
    wins: Json = {"drop": {"keys": ["w"], "when": {"status": "2xx"}}}
    first = 'drop: {keys: [a], when: {status: "2xx"}}'
    assert told(known, otherwise=(errors, wins)) == [first, 'drop: {keys: [e], when: {status: "4xx"}}']
    assert told(known, otherwise=(errors, wins), status="2xx") == ["drop: {keys: [a]}"]
    with pytest.raises(CannotCompose, match="for 4xx, but not for 404"):
        told(entry("GET /a", drop("a"), when=Condition("404")), otherwise=(errors,))


def test__steps__that_change_what_the_entry_asks_for__are_refused() -> None:
    early = entry("GET /a", {"status": {"from": 404, "to": 400}}, drop("a"), when=Condition("404"))
    with pytest.raises(CannotCompose, match="its steps change what the entry asks for"):
        told(early)


@pytest.mark.parametrize(
    ("everywhere", "step", "expected"),
    [
        ({"drop-header": {"header": "x"}}, drop("a"), True),
        ({"drop-header": {"header": "x"}}, {"set-header": {"header": "X", "value": "1"}}, False),
        ({"drop-header": {"header": "x"}}, {"copy": {"from": "header(x)", "to": "a"}}, False),
        ({"drop-header": {"header": "x"}}, {"status": {"from": 200, "to": 201}}, False),
        (drop("a"), drop("b"), False),
    ],
)
def test__commute__steps_for_every_answer__may_come_last_where_nothing_minds(
    everywhere: Json, step: Json, expected: bool
) -> None:
    assert commute(learned(everywhere), Shim(entries=(entry("GET /a", step),))) is expected
