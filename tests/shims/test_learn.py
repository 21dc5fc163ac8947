from __future__ import annotations

import json

import pytest

from harness.changes.study import study
from harness.lens.step import write_step
from harness.model.exchange import Exchange, Recording, Response
from harness.model.json_text import Json
from harness.schema.discriminators import discriminator
from harness.shims.document import Entry, Learned, Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program
from harness.shims.yaml_file import parse_shim, shim_text
from tests.shims.answers import JSON, call, recording

OLD = [
    {"columns": ["id", "name", "stock"], "rows": [[at, f"n{at}", 0], [at + 1, "x", 1]], "q_ms": 0.5} for at in range(4)
]
NEW = [{"ok": True, "rows": [dict(zip(body["columns"], row, strict=True)) for row in body["rows"]]} for body in OLD]  # type: ignore[arg-type,attr-defined]


def learned(old: Recording, new: Recording) -> Shim:
    return shim_from(study(old, new), system="shop", old="1", new="2")


def rows(bodies: list[Json], path: str = "/rows") -> Recording:
    return recording(*((f"GET {path}", body) for body in bodies))


def steps(found: tuple[Learned, ...]) -> list[str]:
    return [json.dumps(write_step(each.step)) for each in found]


def test__shim_from__rows_that_became_objects__restores_them_and_names_what_is_lost() -> None:
    old, new = rows(OLD), rows(NEW)
    shim = learned(old, new)
    [entry] = shim.entries
    assert (shim.system, shim.old, shim.new, shim.pairs, entry.match) == ("shop", "1", "2", 4, "GET /rows")
    assert [lost.path for lost in entry.lost] == ["$.q_ms"]
    assert any("4 of 4 pairs" in each.evidence for each in entry.response)
    program = Program(shim, discriminator)
    for before, after in zip(old.exchanges, new.exchanges, strict=True):
        assert after.response is not None
        restored = json.loads(program.answer(after.request, after.response).response.body)
        assert restored == {key: value for key, value in json.loads(before.response.body).items() if key != "q_ms"}  # type: ignore[union-attr]


def test__shim_from__equal_sides__is_empty() -> None:
    assert learned(rows(OLD), rows(OLD)) == Shim("shop", "1", "2", pairs=4)


def test__shim_from__its_file__means_the_same() -> None:
    shim = learned(rows(OLD), rows(NEW))
    assert steps(parse_shim(shim_text(shim)).entries[0].response) == steps(shim.entries[0].response)


def test__shim_from__a_path_that_moved__is_forwarded() -> None:
    old = recording(*((f"GET /items/{at}0", {"n": at}) for at in range(4)))
    new = recording(*((f"GET /v2/items/{at}0", {"n": at}) for at in range(4)))
    [entry] = learned(old, new).entries
    assert Program(Shim(entries=(entry,)), discriminator).forward(call("GET /items/77")) == call("GET /v2/items/77")


def test__shim_from__a_header_that_all_answers_gained_a_value__is_set_everywhere() -> None:
    def with_vary(*more: tuple[str, str]) -> Recording:
        response = Response(200, (JSON, *more), b"{}")
        return Recording(tuple(Exchange(call(f"GET /{name}"), response, id=name) for name in "abcd"))

    shim = learned(with_vary(("vary", "Origin")), with_vary())
    assert steps(shim.everywhere) == ['{"set-header": {"header": "vary", "value": "Origin"}}']


@pytest.mark.parametrize(("pairs", "open_"), [(2, True), (6, False)])
def test__shim_from__an_operation_seen_too_little__also_gets_the_recurring_steps(pairs: int, open_: bool) -> None:
    calls = [(f"GET /{name}", {"data": [{"id": str(at)}]}) for name in ("a", "b") for at in range(6)]
    flat = [(target, body["data"]) for target, body in calls]
    few = [("GET /c", {"n": at}) for at in range(pairs)]
    grown = [("GET /c", {"n": at, "more": at}) for at in range(pairs)]
    shim = learned(recording(*flat, *few), recording(*calls, *grown))
    assert any("unwrap" in step for step in steps(shim.otherwise))
    assert [entry.otherwise for entry in shim.entries if entry.template == "/c"] == [open_]


def test__shim_from__tells__what_it_does() -> None:
    told: list[str] = []
    shim_from(study(rows(OLD), rows(NEW)), tell=told.append)
    assert told == ["checking that no step harms"]


def test__shim_from__names_that_are_code__stay_names() -> None:
    evil = "__proto__\n- evil: {}\r\nSet-Cookie: a=b</script>${x}"
    shim = learned(rows([{evil: at, "k": at} for at in range(4)]), rows([{"k": at, "z": at + 9} for at in range(4)]))
    assert parse_shim(shim_text(shim)).entries == tuple(
        Entry(
            each.method,
            each.template,
            when=each.when,
            response=tuple(Learned(one.step) for one in each.response),
            lost=each.lost,
            ambiguous=each.ambiguous,
            otherwise=each.otherwise,
        )
        for each in shim.entries
    )
