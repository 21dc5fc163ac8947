from __future__ import annotations

import pytest

from harness.environments.spec import Environment
from harness.intake.fact import Fact
from harness.intake.gathered import Gathered
from harness.intake.questions import QUESTIONS, keys_said, question, unanswered

NOTHING = Gathered.of([])


def asked(facts: list[Fact] = [], keys: set[str] = set(), open_ones: set[str] = set()) -> list[str]:  # noqa: B006
    return [each.id for each in unanswered(keys, open_ones, Gathered.of(facts))]


def test__unanswered__of_nothing__is_everything_the_weightiest_first() -> None:
    assert asked() == [each.id for each in QUESTIONS]
    assert asked()[:3] == ["system", "old-version", "new-version"]


@pytest.mark.parametrize(
    ("fact", "answered"),
    [
        (Fact("browser", "version", "112"), "browser-version"),
        (Fact("os", "id", "debian"), "os"),
        (Fact("database", "mariadb", "10.11"), "services"),
        (Fact("service", "db", "postgres:15"), "services"),
        (Fact("host", "timezone", "Europe/Berlin"), "timezone"),
    ],
)
def test__unanswered__a_fact__is_not_asked_again(fact: Fact, answered: str) -> None:
    assert set(asked()) - set(asked([fact])) == {answered}


def test__unanswered__facts_that_contradict__are_asked() -> None:
    assert "browser-version" in asked([Fact("browser", "version", "112"), Fact("browser", "version", "114")])


def test__unanswered__a_key__is_not_asked_unless_it_is_open() -> None:
    assert "scenario" not in asked(keys={"scenario"})
    assert "steps" not in asked(keys={"scenario"})
    assert "steps" in asked(keys={"scenario"}, open_ones={"steps"})


def test__questions__each__is_told_apart_and_its_keys_are_the_files() -> None:
    assert len({each.id for each in QUESTIONS}) == len(QUESTIONS)
    assert question("os") is not None
    assert question("nothing") is None
    top = set(Environment.model_json_schema(by_alias=True)["properties"])
    assert {key.partition(".")[0] for each in QUESTIONS for key in each.keys} <= top


def test__keys_said__of_a_mapping__are_dotted() -> None:
    assert set(keys_said({"host": {"os": "x", "clock": {"by": 1}}, "a": [1]})) == {
        "host", "host.os", "host.clock", "host.clock.by", "a",
    }  # fmt: skip
    assert set(keys_said("x")) == set()
