from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.noise import Noise
from harness.model.exchange import Exchange, Recording, Response
from harness.model.json_text import Json
from harness.model.verification import Field, Said, Score
from harness.shims.document import Ambiguous, Lost
from harness.shims.evidence import evidence
from harness.shims.program import Program
from harness.shims.verify import Scorer, verify
from tests.shims.answers import answer, call, entry, learned, program, recording


def verified(
    shim: Program,
    old: Recording,
    new: Recording,
    old_again: Recording | None = None,
    new_again: Recording | None = None,
) -> Score:
    known = evidence(old, new, old_again, new_again)
    return verify(shim, known.pairs, known.operation_of, known.noise)


def one(response: Response | None, **request: object) -> Recording:
    asked = replace(call("GET /a"), **request)  # type: ignore[arg-type]
    return Recording((Exchange(asked, response, id="1"),), "x")


def field(score: Score, place: str) -> Field:
    [found] = [each for each in score.fields if each.place == place]
    return found


def counts(each: Field) -> tuple[int, ...]:
    return each.seen, each.before, each.equal, each.noisy, each.lost, each.wrong, each.spoilt, each.added, each.claimed


def test__verify__a_shim_that_restores__counts_before_and_after() -> None:
    old = recording(("GET /a", {"n": 1, "gone": 2, "m": 3}), ("GET /b", [1]))
    new = recording(("GET /a", {"renamed": 1, "m": 4}), ("GET /b", [1]))
    result = verified(program(entry("GET /a", {"rename": {"from": "renamed", "to": "n"}})), old, new)
    [a, b] = result.agreement
    assert (a.operation, a.pairs, a.leaves, a.equal_before, a.equal_after, a.lost, a.wrong) == (
        *("GET /a", 1, 3, 0, 1, 1, 1),
    )
    assert (b.operation, b.equal_before, b.equal_after) == ("GET /b", 1, 1)
    assert (result.calls, result.unknown, result.spoilt, result.claimed) == (2, 1, 0, 1)
    assert counts(field(result, "$.n")) == (1, 0, 1, 0, 0, 0, 0, 0, 0)
    assert counts(field(result, "$.gone")) == (1, 0, 0, 0, 1, 0, 0, 0, 0)
    assert counts(field(result, "$.m")) == (1, 0, 0, 0, 0, 1, 0, 0, 1)


def either(to: str) -> Ambiguous:
    return Ambiguous("$", "a or b", learned({"rename": {"from": "x", "to": to}}))


@pytest.mark.parametrize(
    ("said", "claimed", "found"),
    [
        ({}, 1, (Said.NOTHING, "")),
        ({"lost": (Lost("$.m", "gone"),)}, 0, (Said.LOST, "gone")),
        (
            {"ambiguous": (Ambiguous("$", "a or b", learned({"rename": {"from": "x", "to": "m"}})),)},
            0,
            (Said.AMBIGUOUS, "a or b"),
        ),
        (
            {"ambiguous": (Ambiguous("$", "a or b", learned({"rename": {"from": "x", "to": "y"}})),)},
            1,
            (Said.NOTHING, ""),
        ),
    ],
)
def test__verify__a_wrong_value__is_claimed_unless_the_file_speaks_of_it(
    said: dict[str, object], claimed: int, found: tuple[Said, str]
) -> None:
    result = verified(program(entry("GET /a", **said)), one(answer({"m": 3})), one(answer({"m": 4})))
    assert (result.claimed, field(result, "$.m").said, field(result, "$.m").reason) == (claimed, *found)


def test__verify__of_a_call_that_the_shim_does_not_know__claims_nothing() -> None:
    result = verified(program(), one(answer({"m": 3})), one(answer({"m": 4})))
    assert (field(result, "$.m").wrong, result.claimed, result.unknown) == (1, 0, 1)


def test__verify__a_call_that_goes_well_only_now__is_not_to_be_restored() -> None:
    result = verified(program(entry("GET /a")), one(answer({"e": 1}, status=500)), one(answer({"e": 2})))
    assert (field(result, "status").wrong, field(result, "$.e").wrong, result.claimed) == (1, 1, 0)


def test__verify__a_shim_that_spoils__names_call_and_pointer() -> None:
    same = recording(("GET /a", {"a/b": [1, 2]}))
    result = verified(program(entry("GET /a", {"replace": {"at": '$["a/b"][1]', "value": 9}})), same, same)
    spoilt = field(result, '$["a/b"][*]')
    assert counts(spoilt) == (2, 2, 1, 0, 0, 1, 1, 0, 1)
    assert spoilt.example is not None
    assert (spoilt.example.call, spoilt.example.place) == ("c0", "/a~1b/1")
    assert (spoilt.example.old, spoilt.example.new, spoilt.example.shimmed) == ("2", "2", "9")


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (9, (1, 0)),  # another number, as between two runs
        ("9", (0, 1)),  # another type is no noise
    ],
)
def test__verify__a_noisy_place__is_equal_up_to_noise_in_its_own_type(made: Json, found: tuple[int, int]) -> None:
    old, again, new = (recording(("GET /a", {"t": number})) for number in (1, 2, 3))
    result = verified(program(entry("GET /a", {"replace": {"at": "$.t", "value": made}})), old, new, again)
    assert (field(result, "$.t").noisy, field(result, "$.t").wrong) == found


def test__verify__noise_that_a_step_moved__is_noise_where_it_stands_now() -> None:
    old, new, again = (recording(("GET /a", body)) for body in ({"t": 1}, {"now": 2}, {"now": 3}))
    shim = program(entry("GET /a", {"rename": {"from": "now", "to": "t"}}))
    assert field(verified(shim, old, new, new_again=again), "$.t").noisy == 1
    assert field(verified(shim, old, new, new_again=new), "$.t").wrong == 1


def test__verify__a_list_whose_order_is_noise__is_compared_in_olds_order() -> None:
    old, again = recording(("GET /a", ["x", "y"])), recording(("GET /a", ["y", "x"]))
    for second, (equal, wrong) in ((again, (2, 0)), (old, (0, 2))):
        found = field(verified(program(), old, again, second), "$[*]")
        assert (found.equal, found.wrong) == (equal, wrong)


def test__verify__statuses_headers_bodies_and_missing_answers__are_places_too() -> None:
    old = one(Response(200, (("X-A", "1"), ("X-Gone", "1"), ("Date", "now")), b"text"))
    new = one(Response(404, (("x-a", "2"), ("X-New", "1"), ("Date", "then")), b"other"))
    result = verified(program(), old, new)
    assert {each.place: (each.wrong, each.lost, each.added) for each in result.fields} == {
        "status": (1, 0, 0),
        "header x-a": (1, 0, 0),
        "header x-gone": (0, 1, 0),
        "header x-new": (0, 0, 1),
        "body": (1, 0, 0),
    }
    assert verified(program(), old, one(None)).calls == 0
    assert field(verified(program(), old, old), "body").equal == 1


def test__verify__a_request_that_new_was_asked_otherwise__is_held_against_the_forwarded_one() -> None:
    old, new = one(answer(1)), one(answer(1), url="http://system.test/b/a?x=1")
    moved = entry("GET /a", forward="GET /b/a")
    for shim, right in ((program(), 0), (program(moved), 0)):
        assert field(verified(shim, old, new), "request").equal == right
    new = one(answer(1), url="http://system.test/b/a")
    assert field(verified(program(moved), old, new), "request").equal == 1
    assert verified(program(), old, new).claimed == 0


def test__verify__an_empty_list_where_old_has_elements__adds_nothing() -> None:
    result = verified(program(), one(answer({"a": [1]})), one(answer({"a": []})))
    assert {each.place: (each.lost, each.added) for each in result.fields if each.place.startswith("$")} == {
        "$.a[*]": (1, 0)
    }


def test__scorer__of_several_lots__counts_them_together() -> None:
    old, new = (
        recording(("GET /a", {"n": 1}), ("GET /a", {"n": 2})),
        recording(("GET /a", {"m": 1}), ("GET /a", {"m": 2})),
    )
    known = evidence(old, new)
    scorer = Scorer(known.operation_of)
    scorer.add(program(entry("GET /a", {"rename": {"from": "m", "to": "n"}})), known.pairs[:1], Noise())
    scorer.add(program(), known.pairs[1:], Noise())
    [row] = scorer.score().agreement
    assert (row.pairs, row.equal_after, row.lost) == (2, 1, 1)
