from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.changes.difference import Differs
from harness.changes.pairing import Paired, pair
from harness.changes.streaming_check import Check, GroupCheck
from harness.changes.streaming_marks import Marks
from harness.changes.study import ERRORS, Study, study
from harness.model.exchange import Recording
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH
from tests.changes.bodies import calls, exchange, recording

Body = Callable[[int], Json]


def named(number: int) -> dict[str, Json]:
    return {"id": number, "name": f"thing {number}", "tags": [{"t": f"tag {number}"}]}


def titled(number: int) -> dict[str, Json]:
    return {"id": number, "title": f"thing {number}", "tags": [{"t": f"tag {number}"}]}


def both(old: Body, new: Body, count: int = 12) -> tuple[Recording, Recording]:
    return calls("/a/{}", *map(old, range(count))), calls("/a/{}", *map(new, range(count)))


def held(found: Study, *pairs: tuple[Recording, Recording]) -> tuple[Check, list[int]]:
    """A study, held against other pairs; and the positions of those that are news."""
    check = Check(found, Marks())
    together: list[Paired] = [each for old, new in pairs for each in pair(old, new).pairs]
    return check, [position for position, _ in check.take(together)]


def only(check: Check) -> GroupCheck:
    [group] = check.groups.values()
    return group


def test__check__against_calls_like_those_that_were_studied__counts_and_finds_no_news() -> None:
    found = study(*both(named, titled))
    check, news = held(found, both(named, titled, 50))
    group = only(check)
    assert (news, check.unsaid) == ([], {})
    assert (group.calls, group.edited[0], group.having[()]) == (50, 50, 50)
    assert group.statuses == {("GET /a/{a_id}", 200, 200): 50}


def test__check__a_difference_that_the_study_does_not_know__is_news_once_and_counted() -> None:
    found = study(*both(named, titled))
    check, news = held(
        found, both(named, titled), both(named, lambda n: {**titled(n), "tags": [{"t": "x"}]} if n > 5 else titled(n))
    )
    assert news == [18]
    [unsaid] = check.unsaid.values()
    assert unsaid.first == (("tags", EACH, "t"), Differs.VALUE, "tag 6", "x")
    assert unsaid.answers == 6
    assert unsaid.name == ("GET /a/{a_id}", "")


def test__check__a_step_that_does_harm__is_news() -> None:
    def old(number: int) -> Json:
        return {"id": number, "kind": "x"}

    found = study(*both(old, lambda n: {"id": n}))
    assert found.groups[0].explained
    check, news = held(found, both(lambda n: {"id": n, "kind": "y"}, lambda n: {"id": n}))
    assert news == [0]
    assert [unsaid.first[2:] for unsaid in check.unsaid.values()] == [("y", "x")]


def test__check__a_known_difference__is_counted_at_its_place_and_no_news() -> None:
    found = study(*both(named, lambda n: {**named(n), "name": "?"}))
    check, news = held(found, both(named, lambda n: {**named(n), "name": "?"} if n % 2 else named(n), 40))
    assert news == []
    assert only(check).spots == {(("name",), Differs.VALUE): 20}
    assert only(check).having[("name",)] == 40


def test__check__what_is_noise__is_no_news() -> None:
    def run(seed: int) -> Recording:
        bodies = ({"id": n, "t": n * seed, "m": {f"{n + seed}": 1}, "p": {"77": {"x": n - seed}}} for n in range(12))
        return calls("/a/{}", *bodies)

    found = study(run(1), run(2), run(3), run(4))
    check, news = held(found, (run(1), run(5)))
    assert (news, only(check).spots) == ([], {})
    assert ("m",) in found.noise.of(found.groups[0].operation)
    without = study(run(1), run(1))
    assert held(without, (run(1), run(5)))[1]


def test__check__the_time_of_the_call__is_no_news_without_second_runs() -> None:
    def at(minute: int) -> Recording:
        time = f"2026-03-02T09:0{minute}:00Z"
        return recording(*(replace(exchange(f"/a/{n}", {"id": 1, "now": time}), started=time) for n in range(12)))

    assert held(study(at(1), at(1)), (at(1), at(2)))[1] == []


def test__check__answers_that_turned_from_success_to_failure_or_failed_before__are_counted() -> None:
    rows = [(200, 404), (200, 404), (404, 404), (422, 400), (200, 200)]
    old = recording(*(exchange(f"/a/{n}", {"e": n}, status=one) for n, (one, _) in enumerate(rows)))
    new = recording(*(exchange(f"/a/{n}", {"e": n}, status=two) for n, (_, two) in enumerate(rows)))
    check, _ = held(study(old, new), (old, new), (old, new))
    assert check.crossed == {("GET /a/{a_id}", 200, 404): 4}
    errors = check.groups[ERRORS, ""]
    assert (errors.calls, errors.turned(422, 400), errors.turned(422, 400, "GET /b"), errors.turned(1, 2)) == (
        4,
        2,
        0,
        0,
    )


def test__check__a_group_that_was_not_studied__is_held_against_nothing() -> None:
    found = study(calls("/a/{}", {}), calls("/a/{}", {}))
    check, news = held(found, (calls("/b", {"x": 1}), calls("/b", {"x": 2})))
    assert news == [0]
    assert check.groups["GET /b", ""].calls == 1


def test__check__places_in_a_map_of_ids__are_one() -> None:
    found = study(*both(lambda n: {"m": {str(n): {"x": 1}}}, lambda n: {"m": {str(n): {"x": 1}}}))
    check, news = held(found, both(lambda n: {"m": {str(n): {"x": 1}}}, lambda n: {"m": {str(n): {"x": 2}}}))
    assert news == [0]
    assert only(check).spots == {(("m", ANY, "x"), Differs.VALUE): 12}


def test__check__headers_that_differ__are_counted_by_the_class_of_the_status() -> None:
    old = recording(*(exchange(f"/a/{n}", {}, headers={"X": "1", "Date": str(n)}) for n in range(6)))
    new = recording(*(exchange(f"/a/{n}", {}, headers={"X": str(n % 2), "Date": "-"}) for n in range(6)))
    check, _ = held(study(old, new), (old, new))
    assert (only(check).headers, only(check).classes) == ({("x", 2): 3}, {2: 6})
