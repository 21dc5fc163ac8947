"""How steps are written and read; what they do is in test_steps.py."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import harness.lens.steps
from harness.lens.answer import Answer
from harness.lens.condition import Condition
from harness.lens.parameters import READERS
from harness.lens.step import BodyStep, Loss, Step, StepError, read_step, step_types, write_step
from harness.lens.steps.default import Default
from harness.lens.steps.entries import Entries
from harness.lens.steps.head import Head
from harness.lens.steps.rename import Rename
from harness.lens.steps.status import Status
from harness.lens.steps.table import Table
from harness.model.json_text import parse, serialize
from harness.model.paths import EACH
from tests.lens.strategies import steps

KINDS = sorted(step_types())


@pytest.mark.parametrize("name", KINDS)
def test__read__of_what_was_written__is_the_step(name: str) -> None:
    @settings(deadline=None)
    @given(steps(name))
    def law(step: Step) -> None:
        written = write_step(step)
        assert read_step(written) == step
        again = read_step(parse(serialize(written)))
        assert serialize(write_step(again)) == serialize(written)

    law()


def test__step_types__are_one_a_file_under_its_name() -> None:
    files = [file.stem for file in Path(harness.lens.steps.__path__[0]).glob("*.py") if file.stem != "__init__"]
    assert sorted(file.replace("_", "-") for file in files) == KINDS


@pytest.mark.parametrize("name", KINDS)
def test__fields__of_a_step__have_types_that_can_be_read(name: str) -> None:
    kind = step_types()[name]
    assert {str(field.type) for field in fields(kind)} <= set(READERS)
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")


@pytest.mark.parametrize(
    ("step", "written"),
    [
        (Rename(from_="a", to="b"), {"rename": {"from": "a", "to": "b"}}),
        (Rename(at=("items", EACH), from_="a", to="b"), {"rename": {"at": "$.items[*]", "from": "a", "to": "b"}}),
        (
            Rename(from_="a", to="b", when=Condition(status="404", query=(("q", True),))),
            {"rename": {"from": "a", "to": "b", "when": {"status": 404, "query": {"q": True}}}},
        ),
        (Rename(from_="a", to="b", when=Condition()), {"rename": {"from": "a", "to": "b"}}),
        (Head(), {"head": {}}),
        (Head(empty=True, only=()), {"head": {"empty": True}}),
        (Default(key="", value=False), {"default": {"key": "", "value": False}}),
        (Default(key="a", value=None), {"default": {"key": "a", "value": None}}),
        (Table(rows=((None, []), (1, {"a": [2]}))), {"table": {"rows": [[None, []], [1, {"a": [2]}]]}}),
        (Status(from_=201, to=200), {"status": {"from": 201, "to": 200}}),
    ],
)
def test__write__a_step__is_its_form_in_a_shim_file(step: Step, written: dict[str, Any]) -> None:
    assert json.dumps(write_step(step)) == json.dumps(written)
    assert read_step(written) == step


@dataclass(frozen=True, kw_only=True)
class Numbered(Step):
    """A step whose defaults equal other values in Python."""

    number: Any = 0
    flag: Any = True


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({}, {}),
        ({"number": 0, "flag": True}, {}),
        ({"number": False, "flag": 1}, {"number": False, "flag": 1}),
        ({"number": 0.0}, {"number": 0.0}),
    ],
)
def test__parameters__that_only_python_thinks_equal_to_the_default__are_written(values: Any, written: Any) -> None:
    assert json.dumps(Numbered(**values).parameters()) == json.dumps(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "a step is written as"),
        ("rename", "a step is written as"),
        ({"rename": {}, "drop": {}}, "a step is written as"),
        ({"renam": {}}, "unknown step 'renam'; known: absolute, affix, affix-names, combine"),
        ({1: {}}, "unknown step 1"),
        ({"rename": None}, "the parameters of 'rename' are a mapping"),
        ({"rename": {"from": "a", "too": "b"}}, "unknown key 'too' in 'rename'; known: when, at, from, to"),
        ({"rename": {"from_": "a", "to": "b"}}, "unknown key 'from_'"),
        ({"rename": {"at": "$.a"}}, "'rename' lacks from, to"),
        ({"rename": {"from": 1, "to": "b"}}, "rename.from: 1 is not a str"),
        ({"rename": {"at": "a", "from": "a", "to": "b"}}, r"rename.at: a path starts with \$"),
        ({"rename": {"from": "a", "to": "b", "when": {"status": "x"}}}, "rename.when: a status"),
        ({"head": {"empty": "yes"}}, "head.empty: 'yes' is not a bool"),
        ({"drop": {"keys": ["a", 1]}}, "drop.keys: 1 is not a str"),
        ({"drop": {"keys": "ab"}}, "drop.keys: 'ab' is not a list"),
        ({"default": {"key": "a", "value": float("nan")}}, "default.value: nan is not JSON"),
        ({"table": {"rows": [[1]]}}, "table.rows: rows are pairs"),
        ({"table": {"rows": [[1, 2], [1, 3]]}}, "table: a value stands in two rows"),
        ({"table": {"rows": [[[1], 2]]}}, "table: a new value is a scalar"),
        ({"status": {"from": True, "to": 200}}, "status.from: True is not a int"),
        ({"status": {"from": 99, "to": 200}}, "status: a status has three digits"),
        ({"convert": {"using": "x"}}, "convert: unknown conversion 'x'; known: string-to-integer"),
        ({"copy": {"from": "@.a", "to": "b", "using": "x"}}, "copy: unknown conversion"),
        ({"copy": {"from": "a", "to": "b"}}, "copy: 'a' is no source"),
        ({"recase": {"to": "x"}}, "recase: unknown convention 'x'; known: snake"),
        ({"wrap": {"key": "a", "only": []}}, "wrap: some of null"),
        ({"unwrap": {"key": "a", "only": ["x"]}}, "unwrap: 'x' is not a JSON type"),
        ({"listify": {"only": ["array"]}}, "listify: listify leaves lists alone"),
        ({"head": {"empty": True, "only": ["null"]}}, "head: only goes neither"),
        ({"names": {}}, "names: give either keys or from"),
        ({"names": {"keys": ["a"], "from": "$.a"}}, "names: give either keys or from"),
        ({"values": {"alone": True}}, "values: alone needs keys"),
        ({"hoist": {"key": "a", "keep": ["b"]}}, "hoist: keep needs alone"),
        ({"key-by": {"key": "a", "value": "a"}}, "key-by: value names another member"),
        ({"key-by": {"key": "a", "alone": True}}, "key-by: alone needs value"),
        ({"entries": {"key": "a", "value": "a"}}, "entries: value names another member"),
        *(({name: {"key": "a", "header": "A\n"}}, "one line") for name in ("header-to-member", "member-to-header")),
        *(
            ({name: {"key": "a", "header": "A", "at": "$.*"}}, "at names one place")
            for name in ("header-to-member", "member-to-header")
        ),
        *(
            ({name: {"key": "a", "header": "A", "using": "x"}}, "unknown conversion 'x'")
            for name in ("header-to-member", "member-to-header")
        ),
        ({"convert": {"using": ""}}, "convert: using names a conversion"),
        ({"rename-header": {"from": "A\r", "to": "B"}}, "one line"),
        ({"rename-header": {"from": "A", "to": "B\0"}}, "one line"),
        ({"rename-header": {"from": "ETag", "to": "etag"}}, "one header"),
        *(
            ({"cut": {"start": "s"} | more}, "cut: give either end or limit")
            for more in ({}, {"end": "e", "limit": "l"})
        ),
        ({"without": {"values": []}}, "one or more scalars"),
        ({"without": {"values": [[1]]}}, r"\[1\] is no scalar"),
        *(
            ({name: {"start": "s", "page": "p", "size": "n"} | more}, told)
            for name in ("page", "offset")
            for more, told in [
                ({}, "either end or limit"),
                ({"end": "e", "limit": "l"}, "either end or limit"),
                ({"end": "s"}, "two names"),
                ({"end": "e", "size": "p"}, "two names"),
                ({"end": "e", "size": ""}, "two names"),
                ({"end": "e", "first": -1}, "first is 0 or more"),
                ({"end": "e", "first": 10**15}, "first is 0 or more"),
            ]
        ),
        *(
            ({name: {"key": "s", "order": "o"} | wrong}, "two members")
            for name in ("order-to-sign", "sign-to-order")
            for wrong in ({"order": "s"}, {"down": "asc"}, {"up": "a,b"})
        ),
        *(
            ({name: wrong}, told)
            for name in ("absolute", "relative")
            for wrong, told in [
                ({"origin": "https://a.example", "from": "origin()"}, "either origin or from"),
                ({"origin": "https://a.example/"}, "an origin is written"),
                ({"origin": "a.example"}, "an origin is written"),
                ({"origin": "https://a.example\n"}, "an origin is written"),
                ({"from": "origin(a)"}, "no source"),
            ]
        ),
        *(
            ({"zone": {"from": zone, "to": "Z"}}, "a zone is Z or")
            for zone in ("", "z", "+1:00", "+24:00", "UTC", "+01:00\n")
        ),
        ({"zone": {"from": "Z", "to": "Z"}}, "one zone"),
        ({"zone": {"from": "Z", "to": "+01:00", "unsaid": "both"}}, "unsaid is from or to"),
        ({"rename": {"from": "a" * 4097, "to": "b"}}, "rename.from: a text of 4,097 characters"),
        ({"rename": {"at": "$" + ".a" * 257, "from": "a", "to": "b"}}, "rename.at: a path of 257 levels"),
        ({"move": {"from": "$", "to": "$.a"}}, "move: from and to are paths of member names"),
        ({"move": {"from": "$.a[0]", "to": "$.b"}}, "move: from and to are paths of member names"),
        ({"move": {"from": "$.a", "to": "$.a.b"}}, "move: from and to stand inside one another"),
        ({"set-header": {"header": "A", "value": "1", "from": "$"}}, "set-header: give value or from, not both"),
        ({"set-header": {"header": "A", "value": "x\r\nB: y"}}, "set-header: a header's name and value are one line"),
        ({"drop-header": {"header": ""}}, "drop-header: a header's name"),
        ({"split": {"by": ""}}, "split: by is one or more"),
        ({"divide": {"from": "a", "by": " ", "to": ["b", "b"]}}, "divide: by is one or more"),
        ({"combine": {"from": ["a"], "by": " ", "to": "b"}}, "combine: from is two or more"),
    ],
    ids=str,
)
def test__read__what_is_no_step__is_refused_by_name(written: object, told: str) -> None:
    with pytest.raises(StepError, match=told):
        read_step(written)


def test__read__a_step__keeps_nothing_of_what_it_was_read_from() -> None:
    written: Any = {"default": {"key": "a", "value": {"b": [1]}}}
    step = read_step(written)
    written["default"]["value"]["b"].append(2)
    write_step(step)["default"]["value"]["b"].append(3)
    assert write_step(step) == {"default": {"key": "a", "value": {"b": [1]}}}


def test__step__of_256_levels__is_applied_to_a_body_of_as_many() -> None:
    step = read_step({"rename": {"at": "$" + ".a" * 256, "from": "a", "to": "b"}})
    answer = Answer(200, [], 1)
    for _ in range(300):
        answer.body = {"a": answer.body}
    step.compile()(answer)
    assert answer.edits == 1


def test__step__moved_or_conditioned__is_the_same_elsewhere_or_in_fewer_cases() -> None:
    step, when = Rename(from_="a", to="b"), Condition(status="404")
    assert step.moved(("x",)) == Rename(at=("x",), from_="a", to="b")
    assert step.conditioned(when) == Rename(from_="a", to="b", when=when)


@pytest.mark.parametrize(
    ("when", "inverse"),
    [
        (Condition(), Status(from_=200, to=201)),
        (Condition(query=(("q", True),)), Status(from_=200, to=201, when=Condition(query=(("q", True),)))),
        (Condition(body=(("$.a", "null"),)), None),
        (Condition(status="2xx"), None),
    ],
)
def test__inverse__of_a_step_under_a_condition__is_there_only_where_the_condition_still_tells(
    when: Condition, inverse: Step | None
) -> None:
    assert Status(from_=201, to=200, when=when).inverse() == inverse


@pytest.mark.parametrize(
    ("written", "sources"),
    [
        ({"copy": {"from": "@.a", "to": "b"}}, ("@.a",)),
        ({"names": {"from": "keys($.a)"}}, ("keys($.a)",)),
        ({"names": {"keys": ["a"]}}, ()),
        ({"set-header": {"header": "A", "from": "$.a"}}, ("$.a",)),
        ({"set-header": {"header": "A", "value": "1"}}, ()),
        ({"absolute": {"from": "received($.a)"}}, ("received($.a)",)),
        ({"relative": {}}, ()),
        ({"rename": {"from": "a", "to": "b"}}, ()),
    ],
)
def test__sources__of_a_step__are_what_it_reads(written: dict[str, Any], sources: tuple[str, ...]) -> None:
    assert read_step(written).sources() == sources


@pytest.mark.parametrize("name", KINDS)
def test__sources__of_any_step__are_all_that_its_parameter_from_names(name: str) -> None:
    from_is_a_source = name in {"copy", "names", "set-header", "absolute", "relative"}
    assert (step_types()[name].sources is not Step.sources) is from_is_a_source


def test__describe__a_step__is_one_line_for_a_person() -> None:
    assert Rename(at=("a",), from_="b", to="c").describe() == "rename at $.a, from b, to c"


@pytest.mark.parametrize(
    ("step", "loss"),
    [
        (Rename(from_="a", to="b"), Loss.ISO),
        (Head(), Loss.RESTORABLE),
        (Entries(), Loss.LOST),
        (Entries(key="a"), Loss.ISO),
    ],
)
def test__loss__of_a_step__is_that_of_its_parameters(step: Step, loss: Loss) -> None:
    assert step.loss is loss


@dataclass(frozen=True, kw_only=True)
class Unfinished(BodyStep):
    """A step that forgot to say what it does."""


@pytest.mark.parametrize("step", [Numbered(), Unfinished()])
def test__compile__of_a_step_that_does_not_say_how__is_a_programmers_error(step: Step) -> None:
    with pytest.raises(TypeError, match="does not say how"):
        step.compile()(Answer(200, []))
