from __future__ import annotations

from collections.abc import Callable

from harness.changes.findings import findings
from harness.changes.pairing import pair
from harness.changes.streaming_check import Check
from harness.changes.streaming_count import count_anew, with_counts
from harness.changes.streaming_marks import Marks
from harness.changes.study import study
from harness.model.change import Change
from harness.model.exchange import Recording
from harness.model.json_text import Json
from tests.changes.bodies import calls, exchange, recording

Body = Callable[[int], Json]


def both(old: Body, new: Body, count: int) -> tuple[Recording, Recording]:
    return calls("/a/{}", *map(old, range(count))), calls("/a/{}", *map(new, range(count)))


def counted(few: tuple[Recording, Recording], many: tuple[Recording, Recording]) -> dict[str, Change]:
    """What the study of a few calls finds, by kind, with the counts of many."""
    found = study(*few)
    check = Check(found, Marks())
    for _ in check.take(pair(*many).pairs):
        pass
    count_anew(found, check)
    changes = with_counts(findings(found), check, len(few[0].exchanges), len(many[0].exchanges))
    return {change.kind: change for change in changes}


def test__count__of_steps_and_of_what_is_left__is_that_of_all_calls() -> None:
    def old(number: int) -> Json:
        return {"id": number, "name": f"thing {number}", "level": "low"}

    def new(number: int) -> Json:
        return {"id": number, "title": f"thing {number}", "level": f"{number}" if number % 4 else "low", "more": 1}

    by_kind = counted(both(old, new, 12), both(old, new, 400))
    renamed, added = by_kind["response-property-renamed"], by_kind["response-optional-property-added"]
    assert (renamed.support.agreeing, renamed.support.pairs) == (400, 400)
    assert (added.support.agreeing, added.support.pairs) == (400, 400)
    [left] = [each for kind, each in by_kind.items() if each.path == "$.level"]
    assert (left.support.agreeing, left.support.pairs) == (300, 400)
    assert "in 300 answers" in left.message


def test__count__of_a_place_that_few_answers_have__is_of_those() -> None:
    def old(number: int) -> Json:
        return {"id": number, **({"x": {"y": number}, "s": f"a{number}"} if number % 3 == 0 else {})}

    def new(number: int) -> Json:
        return {
            "id": number,
            **({"x": {"y": number, "z": 1}, "s": f"z{number * 7919 % 1009}q"} if number % 3 == 0 else {}),
        }

    by_kind = counted(both(old, new, 30), both(old, new, 300))
    assert (by_kind["response-value-changed"].support.agreeing, by_kind["response-value-changed"].support.pairs) == (
        100,
        100,
    )
    assert by_kind["response-optional-property-added"].support.pairs == 100


def test__count__of_what_the_study_does_not_know__is_a_finding_of_its_own() -> None:
    def new(number: int) -> Json:
        return {"id": number, **({} if number in (50, 60) else {"x": 1})}

    by_kind = counted(both(lambda n: {"id": n, "x": 1}, new, 12), both(lambda n: {"id": n, "x": 1}, new, 100))
    [change] = by_kind.values()
    assert (change.path, change.support.agreeing, change.support.pairs, change.old) == ("$.x", 2, 100, 1)


def test__count__of_falsy_values_that_the_study_does_not_know__shows_them() -> None:
    def new(number: int) -> Json:
        return {"id": number, "x": 0 if number == 50 else 1}

    [change] = counted(both(lambda n: {"id": n, "x": 1}, new, 12), both(lambda n: {"id": n, "x": 1}, new, 100)).values()
    assert (change.old, change.new) == (1, 0)


def test__count__of_statuses__is_that_of_all_calls() -> None:
    def side(new: bool, count: int) -> Recording:
        return recording(
            *(exchange(f"POST /a/{n}", {"id": n}, status=(201 if n % 4 else 500) if new else 200) for n in range(count))
        )

    by_kind = counted((side(False, 40), side(True, 40)), (side(False, 400), side(True, 400)))
    turned = {(each.old, each.new): each.support for each in by_kind.values() if each.path == "status"}
    assert {codes: (support.agreeing, support.pairs) for codes, support in turned.items()} == {
        (200, 201): (300, 300),
        (200, 500): (100, 100),
    }


def test__count__of_headers__is_that_of_all_calls() -> None:
    def side(new: bool, count: int) -> Recording:
        made = []
        for n in range(count):
            own = {"X-Kind": "a"} if n % 2 and not new else {}
            made.append(exchange(f"/{'ab'[n % 2]}/{n}", {"id": n}, headers={"X-All": "2" if new else "1", **own}))
        return recording(*made)

    found = study(side(False, 40), side(True, 40))
    check = Check(found, Marks())
    assert list(check.take(pair(side(False, 400), side(True, 400)).pairs)) == []
    count_anew(found, check)
    counts = {each.path: (each.support.agreeing, each.support.pairs) for each in findings(found)}
    assert counts["header x-all"] == (400, 400)
    assert counts["header x-kind"][0] == 200


def test__count__of_a_header_in_one_class_of_statuses__is_of_that_class() -> None:
    def side(new: bool, count: int) -> Recording:
        made = []
        for n in range(count):
            status, kind = (302, f"k{n * 7919 % 101}") if n % 3 == 0 else (200, "plain")
            headers = {"X-Kind": kind} if not new or (status == 302 and n % 2) else {}
            made.append(exchange(f"/a/{n}", {"id": n}, status=status, headers=headers))
        return recording(*made)

    found = study(side(False, 60), side(True, 60))
    check = Check(found, Marks())
    assert list(check.take(pair(side(False, 600), side(True, 600)).pairs)) == []
    count_anew(found, check)
    counts = {each.operation: (each.support.agreeing, each.support.pairs) for each in findings(found)}
    assert counts == {"every 2xx answer": (400, 400), "GET /a/{a_id}": (100, 200)}


def test__count__of_what_only_the_sample_counts__is_said() -> None:
    def side(text: str, count: int) -> Recording:
        return recording(*(exchange(f"/a/{n}", text=f"{text} {n}") for n in range(count)))

    change = counted((side("a", 12), side("b", 12)), (side("a", 60), side("b", 60)))["response-text-changed"]
    assert change.reason.endswith("(counted in 12 of 60 calls)")
