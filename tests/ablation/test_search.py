from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.ablation.candidates import Candidate, Rank
from harness.ablation.edits import Group, How, Trial
from harness.ablation.needs import Needs
from harness.ablation.search import Search
from harness.model.operation import Operation
from harness.model.paths import parse_path
from harness.model.reads import Need

OP = Operation("GET", "/x")
Oracle = Callable[[set[str]], bool]
"""Whether the outcome differs where these places are changed."""


def at(place: str, rank: Rank = Rank.PERHAPS, *, read: bool = False) -> Candidate:
    depth = len(parse_path(place)) if place.startswith("$") else -1
    return Candidate(OP, place, depth, rank, read)


class Searched:
    """A search gone through with an oracle, its groups counted. At the runs `wrong_at` a difference is told where none is, but
    never twice in a row for one group.
    """

    def __init__(
        self,
        places: Iterable[Candidate],
        differs: Oracle,
        *,
        absent: Iterable[str] = (),
        wrong_at: Iterable[int] = (),
        most: int | None = None,
        null: Oracle = lambda places: False,
        at_once: int = 1,
        varied: int = 0,
    ) -> None:
        self.search = Search(list(places))
        self.search.varied = varied
        self.groups: list[Group] = []
        course, gone, wrong = self.search.course, set(absent), set(wrong_at)
        erred: set[Group] = set()
        while course.waiting and (most is None or len(self.groups) < most):
            questions = [course.next() for _ in range(min(at_once, course.waiting))]
            for question in reversed(questions):
                self.groups.append(question.group)
                places_ = {edit.place for edit in question.group} - gone
                differ = null(places_) if question.group[0].how is not How.REMOVED else differs(places_)
                errs = len(self.groups) in wrong and question.group not in erred
                erred = erred | {question.group} if errs else erred - {question.group}
                differ = differ or errs
                met = frozenset(edit for edit in question.group if edit.place in places_)
                course.answer(question, Trial(f"without {sorted(places_)}" if differ else None, met))
        self.needs: Needs = self.search.needs()

    def removals(self) -> int:
        return sum(group[0].how is How.REMOVED for group in self.groups)

    def having(self, need: Need, how: How = How.REMOVED) -> set[str]:
        places = self.needs.operations.get(str(OP), {})
        return {place for place, hows in places.items() if how in hows and hows[how].need is need}


def any_of(*needed: str) -> Oracle:
    return lambda places: bool(places & set(needed))


@pytest.mark.parametrize("count", [1, 10, 100, 1000])
@pytest.mark.parametrize("needed", [0, 1, 3, 10])
def test__search__k_needed_of_n__are_found_in_k_log_n_runs(count: int, needed: int) -> None:
    for seed in range(5):
        names = [f"$.f{number}" for number in range(count)]
        wanted = set(random.Random(seed).sample(names, min(needed, count)))
        found = Searched(map(at, names), any_of(*wanted))
        assert found.having(Need.NEEDED) == wanted
        assert found.having(Need.TOLERATED) == set(names) - wanted
        assert found.removals() <= 4 + 2.5 * len(wanted) * (1 + math.log2(count))


def test__search__nothing_needed_in_deep_answers__takes_a_run_for_each_depth_and_one_for_all() -> None:
    names = [f"$.a{number}{deep}" for number in range(50) for deep in ("", ".b", ".b.c")]
    assert len(Searched(map(at, names), any_of()).groups) == 4


def test__search__a_place_inside_a_container_that_can_be_missed__is_found() -> None:
    """`for row in data.get("rows", []): cache[row["id"]] = row`: no row is no harm, a row without its id is."""
    found = Searched(map(at, ["$", "$.rows", "$.rows[*]", "$.rows[*].id"]), any_of("$", "$.rows[*].id"))
    assert found.having(Need.NEEDED) == {"$", "$.rows[*].id"}
    assert found.having(Need.TOLERATED) == {"$.rows", "$.rows[*]"}


def test__search__groups__never_hold_a_place_and_one_inside_it() -> None:
    names = ["$", "$.a", "$.a.b", "$.a.b.c", "$.d", "$.d[*]", "$.d[*].e", "header x", "$.f", "$.f.g"]
    found = Searched(map(at, names), any_of("$.a.b.c", "$.d", "$"))
    for group in found.groups:
        paths = [parse_path(edit.place) for edit in group if edit.place.startswith("$")]
        assert not [1 for one in paths for other in paths if len(one) < len(other) and other[: len(one)] == one]


@pytest.mark.parametrize(
    "joint",
    [("$.f3", "$.f77"), ("$.f0", "$.f1"), ("$.f10", "$.f50", "$.f90"), ("$.f5", "$.g.h"), ("header a", "$.f5")],
)
def test__search__places_of_which_one_will_do__are_found_to_be_needed_together(joint: tuple[str, ...]) -> None:
    names = [*(f"$.f{number}" for number in range(100)), "$.g", "$.g.h", "header a", "header b"]

    def differs(places: set[str]) -> bool:
        return bool(places & {"$.f42", "$.g"}) or set(joint) <= places

    found = Searched(map(at, names), differs)
    assert found.having(Need.NEEDED) == {"$.f42", "$.g"}
    [group] = found.needs.together
    assert {each.place for each in group.places} == set(joint)
    assert all(found.needs.plain()[str(OP)][place]["removed"] is Need.UNOBSERVED for place in joint)
    assert group.difference == f"without {sorted(joint)}"


def test__search__two_pairs_with_a_place_in_common__are_both_found() -> None:
    def differs(places: set[str]) -> bool:
        return {"$.a", "$.b"} <= places or {"$.a", "$.c"} <= places

    found = Searched(map(at, [f"$.{name}" for name in "abcdefgh"]), differs)
    assert {frozenset(each.place for each in group.places) for group in found.needs.together} == {
        frozenset({"$.a", "$.b"}),
        frozenset({"$.a", "$.c"}),
    }


def test__search__more_pairs_than_anybody_asks_for__are_remarked() -> None:
    pairs = [{f"$.a{number}", f"$.b{number}"} for number in range(12)]
    names = sorted(name for pair in pairs for name in pair)
    found = Searched(map(at, names), lambda places: any(pair <= places for pair in pairs))
    assert found.having(Need.TOLERATED) == set(names)
    assert all({each.place for each in group.places} in pairs for group in found.needs.together)
    assert found.needs.remarks[0].startswith("17 places can be missed one by one, but not all together")


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 39), max_size=12), st.sets(st.integers(1, 300), max_size=6), st.integers(1, 5))
def test__search__a_plugin_that_fails_now_and_then__gets_nothing_wrong(
    needed: set[int], wrong: set[int], at_once: int
) -> None:
    """Differences that come by chance, and answers in any order."""
    names = [f"$.f{number}" for number in range(40)]
    wanted = {f"$.f{number}" for number in needed}
    found = Searched(map(at, names), any_of(*wanted), wrong_at=wrong, at_once=at_once)
    assert found.having(Need.NEEDED) == wanted
    assert found.having(Need.TOLERATED) == set(names) - wanted
    assert found.needs.together == ()


def test__search__a_difference_that_does_not_come_again__is_counted_and_more_is_asked_then() -> None:
    steady, shaky = (Searched([at("$.a"), at("$.b")], any_of("$.a"), wrong_at=wrong) for wrong in ([], [3]))
    assert (steady.search.varied, shaky.search.varied) == (0, 1)
    assert shaky.having(Need.NEEDED) == {"$.a"}
    wary = Searched([at("$.a"), at("$.b")], any_of("$.a"), varied=9)
    assert [sum(group == steady.groups[1] for group in found.groups) for found in (steady, wary)] == [2, 5]


def test__search__places_that_no_answer_had__are_unobserved() -> None:
    found = Searched(map(at, ["$.a", "$.b", "$.c"]), any_of("$.a", "$.c"), absent=["$.b", "$.c"])
    assert found.having(Need.UNOBSERVED) == {"$.b", "$.c"}
    assert found.needs.of(str(OP), "$.b").difference == "no answer had it while the runs went on"


def test__search__stopped_at_any_run__keeps_what_was_found_and_claims_nothing_else() -> None:
    names, needed = [f"$.f{number}" for number in range(30)], {"$.f3", "$.f21"}
    whole = len(Searched(map(at, names), any_of(*needed)).groups)
    for most in range(whole):
        found = Searched(map(at, names), any_of(*needed), most=most)
        assert found.having(Need.NEEDED) <= needed
        assert not found.having(Need.TOLERATED) & needed
        assert sum(len(found.having(need)) for need in Need) == 30


def test__search__what_is_read__is_tried_first_and_what_is_not_last() -> None:
    names = [at("$.a", Rank.UNREAD), at("$.b", Rank.READ, read=True), at("$.b.c", Rank.READ, read=True), at("$.d")]
    groups = Searched(names, any_of()).groups
    assert [[edit.place for edit in group] for group in groups[:4]] == [["$.b"], ["$.b.c"], ["$.d"], ["$.a"]]


def test__search__what_one_run_can_tell__is_told_before_any_group_is_looked_into() -> None:
    names = [at("$.a", Rank.READ), at("$.b", Rank.READ), *(at(f"$.u{number}", Rank.UNREAD) for number in range(50))]
    found = Searched(names, any_of("$.a", "$.b"), most=2)
    assert found.having(Need.TOLERATED) == {f"$.u{number}" for number in range(50)}


def test__search__null_and_another_type__are_tried_for_what_is_needed_or_read() -> None:
    places = [at("$.a"), at("$.b", Rank.READ, read=True), at("$.c"), at("header x"), at("status")]
    found = Searched(places, any_of("$.a", "header x"), null=any_of("$.b"))
    told = {place: set(hows) for place, hows in found.needs.operations[str(OP)].items()}
    every = {How.REMOVED, How.NULL, How.RETYPED}
    assert told == {
        "$.a": every,
        "$.b": every,
        "$.c": {How.REMOVED},
        "header x": {How.REMOVED},
        "status": {How.RETYPED},
    }
    assert found.having(Need.NEEDED, How.NULL) == {"$.b"}
    assert found.having(Need.TOLERATED, How.RETYPED) == {"$.a", "status"}


def test__search__its_estimate__ends_at_nothing_left() -> None:
    found = Searched(map(at, [f"$.f{number}" for number in range(30)]), any_of("$.f3"))
    assert (found.search.left, found.search.needed) == (0, 1)
    assert Search([at("$.a")]).left == 1


def test__search__no_place_at_all__asks_nothing() -> None:
    assert Searched([], any_of()).groups == []
