"""The proof itself is proved: a program that throws, makes up or corrupts is found out, whatever it does in the recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.steps.default import Default
from harness.lens.steps.rename import Rename
from harness.model.exchange import Request, Response
from harness.model.json_text import Json, parse, serialize
from harness.model.verification import Harm, MutationProof
from harness.schema.discriminators import discriminator
from harness.shims.document import Entry, Learned, Lost, Shim
from harness.shims.evidence import evidence
from harness.shims.mutations import prove, tried
from harness.shims.program import Applied, Program
from tests.shims.answers import answer, call, entry, program, recording

BODY = {"items": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], "total": 2, "other": {"deep": [1, "x"]}}
KNOWN = evidence(*(recording(("GET /a", BODY), ("GET /b", {"n": 1})) for _ in range(2)))
RENAME = {"rename": {"at": "$.items[*]", "from": "name", "to": "title"}}


def proof(shim: Program, count: int = 300, seed: int = 0) -> MutationProof:
    return prove(shim, KNOWN.pairs, KNOWN.operation_of, count=count, seed=seed)


def of_step(step: Rename | Default) -> Program:
    return Program(Shim(entries=(Entry("GET", "/a", response=(Learned(step),)),)), discriminator)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [RENAME, {"convert": {"at": "$.items[*].id", "using": "integer-to-string"}}],
        [{"default": {"key": "total", "value": 0}}, {"unwrap": {"key": "items"}}],
        [{"values": {"at": "$.items[*]", "keys": ["id", "name"]}}, {"copy": {"from": "count($.items)", "to": "n"}}],
        [{"key-by": {"at": "$.items", "key": "name"}}, {"recase": {"to": "pascal"}}, {"sort": {"at": "$.other.deep"}}],
        [
            {"set-header": {"header": "X-Total", "from": "$.total"}},
            {"affix": {"at": "$.items[*].name", "to_prefix": "p-"}},
        ],
        [{"status": {"from": 200, "to": 201}}, {"drop": {"keys": ["other"]}}, {"flatten": {"at": "$.items"}}],
    ],
)
def test__prove__of_honest_steps__has_no_survivor(steps: list[Json]) -> None:
    found = proof(program(entry("GET /a", *steps), everywhere=[{"drop-header": {"header": "x"}}]))
    assert found.survivors == ()
    assert found.mutants == 300


def test__prove__of_one_seed__says_the_same_and_counts_what_it_watched() -> None:
    shim = program(entry("GET /a", RENAME))
    assert proof(shim) == proof(shim)
    assert proof(shim).watched != proof(shim, seed=1).watched
    assert proof(shim).watched > 300
    assert 0 < proof(shim).edited < 300


@dataclass(frozen=True, kw_only=True)
class Throws(Rename):
    """As `rename`, but it takes for granted what the recording always had."""

    def edit(self) -> Edit:
        return lambda value, answer: value if value["items"] else {}


@dataclass(frozen=True, kw_only=True)
class Invents(Default):
    """As `default`, but the value is one that stands nowhere."""

    def edit(self) -> Edit:
        return lambda value, answer: value if "total" in value else {**value, "total": 4711}


@dataclass(frozen=True, kw_only=True)
class Corrupts(Rename):
    """As `rename`, but a long list loses its end, and a number its digits."""

    def edit(self) -> Edit:
        def edit(value: Json, answer: Answer) -> Json:
            if isinstance(value, dict) and value.get("id") is None and "id" in value:
                return {**value, "id": 0}
            return value

        return edit


def test__prove__of_a_step_that_throws__shows_the_smallest_answer_that_does_it() -> None:
    found = proof(of_step(Throws(at=(), from_="items", to="list")))
    thrown = next(each for each in found.survivors if each.harm is Harm.THROWN)
    assert (thrown.operation, thrown.call) == ("GET /a", "c0")
    assert thrown.place in ("KeyError", "TypeError")
    assert len(thrown.answer) < 60


def test__prove__of_a_step_that_invents__names_the_value() -> None:
    found = proof(of_step(Invents(key="total", value=0)))
    invented = [each for each in found.survivors if each.harm is Harm.INVENTED]
    assert invented
    assert invented[0].detail == "4711"
    assert parse(invented[0].answer.encode()) == {}
    assert parse(invented[0].result.encode()) == {"total": 4711}


def test__prove__of_a_step_that_edits_elsewhere__names_the_place() -> None:
    found = proof(of_step(Corrupts(at=("items", 0), from_="x", to="y")), count=1500)
    corrupted = next(each for each in found.survivors if each.harm is Harm.CORRUPTED)
    assert corrupted.place == "$.items[*].id"
    assert parse(corrupted.answer.encode()) == {"items": [{"id": None}]}
    assert corrupted.times >= 1


class Wrapped(Program):
    """A program with a defect of its own."""

    harm: Callable[[Response], Response]

    def answer(self, request: Request, response: Response) -> Applied:
        applied = super().answer(request, response)
        return replace(applied, response=type(self).harm(applied.response), edits=1)


def test__tried__a_program_that_touches_what_is_no_json__is_found_out() -> None:
    class Trims(Wrapped):
        harm = staticmethod(lambda response: replace(response, body=response.body.strip()))

    finding = tried(Trims(Shim(), discriminator), call("GET /a"), Response(200, (), b"text \n")).finding
    assert finding is not None
    assert (finding.harm, finding.place) == (Harm.CORRUPTED, "body")


@pytest.mark.parametrize(
    ("given", "made"),
    [({"n": 1.0}, {"n": 1}), ({"n": 2**70}, {"n": float(2**70)}), ({"n": [1, 2]}, {"n": [2, 1]}), ({"n": 1}, {})],
)
def test__tried__a_program_that_rewrites_what_no_step_is_about__is_found_out(given: Json, made: Json) -> None:
    class Rewrites(Wrapped):
        harm = staticmethod(lambda response: replace(response, body=serialize(made)))

    finding = tried(Rewrites(Shim(), discriminator), call("GET /a"), answer(given)).finding
    assert finding is not None
    assert finding.harm is Harm.CORRUPTED


def test__tried__a_header_from_nowhere__is_invented() -> None:
    class Adds(Wrapped):
        harm = staticmethod(lambda response: replace(response, headers=(*response.headers, ("x-made", "up"))))

    finding = tried(Adds(Shim(), discriminator), call("GET /a"), answer({})).finding
    assert finding is not None
    assert (finding.harm, finding.place) == (Harm.INVENTED, "header x-made")


def test__tried__a_value_that_a_person_chose_for_what_is_lost__is_fine() -> None:
    class Fills(Wrapped):
        harm = staticmethod(lambda response: replace(response, body=serialize({"n": 1, "gone": 4711})))

    for then, harm in ((4711, None), (4712, Harm.INVENTED)):
        entry_ = entry("GET /a", lost=(Lost("$.gone", "gone", then=then),))
        finding = tried(Fills(Shim(entries=(entry_,)), discriminator), call("GET /a"), answer({"n": 1})).finding
        assert (finding.harm if finding else None) is harm


def test__prove__of_nothing__is_nothing() -> None:
    assert prove(program(), (), KNOWN.operation_of, count=9).mutants == 0
    assert proof(program(), count=0).mutants == 0
