from __future__ import annotations

from harness.changes.noise import Noise, noise_between
from harness.changes.pairing import pair
from harness.model.exchange import Exchange, Recording, Response
from harness.schema.operations import learn_operations
from harness.shims.program import Program
from harness.shims.verify import Verification, verify
from tests.shims.answers import answer, call, entry, program, recording


def verified(shim: Program, old: Recording, new: Recording, noise: Noise | None = None) -> Verification:
    return verify(shim, pair(old, new).pairs, learn_operations(old.exchanges).of, noise or Noise())


def test__verify__a_shim_that_restores__counts_before_and_after() -> None:
    old = recording(("GET /a", {"n": 1, "gone": 2, "m": 3}), ("GET /b", [1]))
    new = recording(("GET /a", {"renamed": 1, "m": 4}), ("GET /b", [1]))
    result = verified(program(entry("GET /a", {"rename": {"from": "renamed", "to": "n"}})), old, new)
    [a, b] = result.agreement
    assert (a.operation, a.pairs, a.leaves, a.equal_before, a.equal_after, a.lost, a.wrong) == (
        "GET /a",
        1,
        3,
        0,
        1,
        1,
        1,
    )
    assert (b.operation, b.equal_before, b.equal_after) == ("GET /b", 1, 1)
    assert (result.total.leaves, result.total.equal_after, result.unknown, result.spoilt) == (4, 2, 1, ())


def test__verify__a_shim_that_spoils__names_call_and_pointer() -> None:
    same = recording(("GET /a", {"a/b": [1, 2]}))
    result = verified(program(entry("GET /a", {"replace": {"at": '$["a/b"][1]', "value": 9}})), same, same)
    assert result.spoilt == (("c0", "/a~1b/1"),)


def test__verify__a_noisy_place__is_neither_wrong_nor_spoilt() -> None:
    old, again = recording(("GET /a", {"t": 1})), recording(("GET /a", {"t": 2}))
    noise = noise_between(old, again, old, None, learn_operations(old.exchanges).of)
    result = verified(program(entry("GET /a", {"replace": {"at": "$.t", "value": 9}})), old, old, noise)
    assert (result.total.noisy, result.total.wrong, result.spoilt) == (1, 0, ())


def test__verify__statuses_bodies_and_missing_answers__are_counted_apart() -> None:
    def one(response: Response | None) -> Recording:
        return Recording((Exchange(call("GET /a"), response, id="1"),), "x")

    old = one(Response(200, (), b"text"))
    assert verified(program(), old, one(Response(404, (), b"text"))).statuses == 1
    assert verified(program(), old, one(Response(200, (), b"other"))).bodies == 1
    assert verified(program(), old, one(None)).total.pairs == 0
    assert verified(program(), one(answer({"a": 1})), one(answer({"a": 1}))).bodies == 0
