"""The steps in JavaScript give what the vectors say, and what the steps in Python give."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import CONVERSIONS
from harness.lens.javascript.runtime import runtime, step_data
from harness.lens.step import BodyStep, Step, read_step, step_types, write_step
from harness.lens.steps.convert import Convert
from harness.model.json_text import Json, parse, serialize
from tests.lens.strategies import answers as any_answers
from tests.lens.strategies import convertible, fitting, steps
from tests.lens.test_steps import answer_of, vectors

pytestmark = pytest.mark.npm

DRIVER = Path(__file__).with_name("vectors.js")
ALL = [(name, row) for name in [*step_types(), "when"] for row in vectors(name)]
ANSWERS = [pytest.param(at, row, id=f"{name}: {row['title']}") for at, (name, row) in enumerate(ALL)]
REQUESTS = [pytest.param(at, row, id=row["title"]) for at, row in enumerate(vectors("requests"))]


def in_node(script: str, given: Json) -> Any:
    """What a script that has the runtime in it prints, told something on its standard input."""
    code = f"'use strict';(() => {{\n{runtime()}\n{script}\n}})();"
    ended = subprocess.run(["node", "-e", code], input=json.dumps(given), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def run(rows: Sequence[tuple[Sequence[Json], dict[str, Any]]]) -> list[dict[str, Any]]:
    """What becomes of answers, each with its steps as they stand in a shim file."""
    given = [{"steps": [step_data(read_step(step)) for step in steps], "answer": told(row)} for steps, row in rows]
    outcomes: list[dict[str, Any]] = in_node(DRIVER.read_text(), given)
    return outcomes


def told(written: dict[str, Any]) -> dict[str, Any]:
    """An answer of a vector with its values as JSON text, so that nothing between here and there reads their numbers."""
    row = {key: value for key, value in written.items() if key in ("status", "headers", "call", "called")}
    if "call" in row and "body" in row["call"]:
        row["call"] = row["call"] | {"body": serialize(row["call"]["body"]).decode()}
    if "called" in row:
        row["called"] = {name: told(each) for name, each in row["called"].items()}
    return row | {key: serialize(written[key]).decode() for key in ("body", "received") if key in written}


@cache
def answers() -> list[dict[str, Any]]:
    return run([([row["step"]], row["answer"]) for _, row in ALL])


@cache
def requests() -> list[dict[str, Any]]:
    return run([(row["steps"], {"status": 0, "body": row["request"]}) for row in vectors("requests")])


def seen(answer: Answer) -> dict[str, Any]:
    body = None if answer.body is ABSENT else serialize(answer.body).decode()
    return {"status": answer.status, "headers": [list(pair) for pair in answer.headers], "body": body}


@pytest.mark.parametrize(("at", "row"), ANSWERS)
def test__runtime__on_a_vector__gives_what_it_says(at: int, row: dict[str, Any]) -> None:
    expected = seen(answer_of(row["answer"] | row["becomes"])) | {"edits": row.get("edits", 1 if row["becomes"] else 0)}
    assert answers()[at] == expected


@pytest.mark.parametrize(("at", "row"), REQUESTS)
def test__runtime__on_a_request__gives_what_the_vector_says(at: int, row: dict[str, Any]) -> None:
    assert requests()[at]["body"] == serialize(row["becomes"]).decode()
    assert requests()[at]["edits"] == len(row["steps"])


@st.composite
def cases(draw: st.DrawFn, name: str) -> tuple[Step, Answer]:
    """A step and an answer that it often fits, with its values as they are when they have been read."""
    step, answer = draw(steps(name)), draw(any_answers())
    if isinstance(step, BodyStep) and not step.at and draw(st.booleans()):
        answer.body = draw(fitting(step))
    answer.body, answer.received = (_read_again(value) for value in (answer.body, answer.received))
    for other in answer.called.values():
        other.body = _read_again(other.body)
    return step, answer


def _read_again(value: Json) -> Json:
    return value if value is ABSENT else parse(serialize(value))


def _told(answer: Answer) -> dict[str, Any]:
    """The answer as `told` makes it of a vector's."""
    call = {name: getattr(answer.call, name) for name in ("variables", "query", "origin")}
    written = {"status": answer.status, "headers": answer.headers, "call": call}
    written |= {name: value for name in ("body", "received") if (value := getattr(answer, name)) is not ABSENT}
    return told(written | {"called": {name: {"body": other.body} for name, other in answer.called.items()}})


def check_alike(pairs: Sequence[tuple[Step, Answer]]) -> None:
    given = [{"steps": [step_data(step)], "answer": _told(answer)} for step, answer in pairs]
    for (step, answer), case, outcome in zip(pairs, given, in_node(DRIVER.read_text(), given), strict=True):
        step.compile()(answer)
        assert outcome == seen(answer) | {"edits": answer.edits}, (write_step(step), case["answer"])


once = settings(deadline=None, max_examples=2, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", step_types())
def test__runtime__on_any_answer__does_what_the_step_in_python_does(name: str) -> None:
    @once
    @given(st.lists(cases(name), min_size=10, max_size=20))
    def law(pairs: list[tuple[Step, Answer]]) -> None:
        check_alike(pairs)

    law()


@pytest.mark.parametrize("name", CONVERSIONS)
def test__runtime__on_any_value__converts_as_python_does(name: str) -> None:
    @once
    @given(st.lists(convertible(name), min_size=10, max_size=30))
    def law(values: list[Json]) -> None:
        check_alike([(Convert(using=name), Answer(200, [], _read_again(value))) for value in values])

    law()


TEXTS = json.loads(Path(__file__).with_name("texts.json").read_text())
DEEPEST = "[" * 1024 + "]" * 1024


READ = """const read = (text) => { try { return serialize(parse(text)); } catch (error) { return null; } };
process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf-8')).map(read)));"""


def _is_read(text: str) -> bool:
    try:
        parse(text.encode())
    except ValueError:
        return False
    return True


def test__parse__of_texts__reads_what_python_reads() -> None:
    texts = [*TEXTS["read"], DEEPEST]
    assert in_node(READ, texts) == [serialize(parse(text.encode())).decode() for text in texts]


def test__parse__of_what_is_no_json__refuses_what_python_refuses() -> None:
    texts = [*TEXTS["refused"], f"[{DEEPEST}]"]
    assert in_node(READ, texts) == [None] * len(texts)
    assert [text for text in texts if _is_read(text)] == []


def test__runtime__of_steps_that_double_an_answer__stops_where_python_does() -> None:
    doubling = [{"combine": {"from": ["a", "b"], "by": "", "to": "a"}}, {"copy": {"from": "@.a", "to": "b"}}] * 40
    answer = Answer(200, [], {"a": "x" * 1000, "b": "x" * 1000})
    [outcome] = run([(doubling, {"body": answer.body})])
    for step in doubling:
        read_step(step).compile()(answer)
    assert outcome["edits"] == answer.edits < len(doubling)
    assert len(outcome["body"]) == len(serialize(answer.body)) < 2**28


def test__conversions__of_an_exact_half__round_as_python_does() -> None:
    halves = [1 / 128, 3 / 128, 10**10 + 1 / 128, 5.0000005]
    check_alike([(Convert(using="decimal-seconds-to-duration"), Answer(200, [], value)) for value in halves])
    texts = ["PT10000000000.007812S".replace("10000000000", "500000000"), "PT0.007812S", "PT0.007813S"]
    check_alike([(Convert(using="duration-to-decimal-seconds"), Answer(200, [], text)) for text in texts])


def test__vectors__all__run_in_javascript() -> None:
    assert len(ANSWERS) + len(REQUESTS) == sum(len(vectors(file.stem)) for file in _files()) >= 737


def _files() -> list[Path]:
    return sorted((Path(__file__).parents[1] / "vectors").glob("*.json"))
