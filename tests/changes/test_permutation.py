from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations, product
from math import isclose, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.changes.permutation import Call, Observed, holm, in_each_run, least_p_value, p_value

CLEAN, CROSSED, BROKEN = "aabb", "abab", "abba"
NEW_ODD, NEW_ODD_TOO, OLD_ODD, OLD_ODD_TOO = "aaba", "aaab", "abaa", "baaa"


def call(*texts: str, olds: int = 2) -> Call:
    """A letter for each run, OLD's first; a text for each place."""
    return [
        Observed(tuple(("other", letter) for letter in text[:olds]), tuple(("other", letter) for letter in text[olds:]))
        for text in texts
    ]


def calls(*texts: str) -> list[Call]:
    """A call for each text."""
    return [call(text) for text in texts]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([], Fraction(1)),
        (["aaaa"], Fraction(1)),
        (["abcd"] * 50, Fraction(1)),  # a clock, a UUID: no deal differs from another
        ([CLEAN], Fraction(1, 3)),
        ([CLEAN] * 4, Fraction(1, 81)),
        ([CLEAN] * 5, Fraction(1, 243)),
        ([CROSSED], Fraction(1)),
        ([BROKEN], Fraction(1)),
        ([NEW_ODD], Fraction(1, 2)),
        ([NEW_ODD_TOO, NEW_ODD], Fraction(1, 4)),
        ([OLD_ODD], Fraction(1)),
        ([OLD_ODD_TOO], Fraction(1)),
        (["aabc"], Fraction(1, 6)),  # OLD is steady, NEW is not
        (["bcaa"], Fraction(1, 3)),  # the reverse tells less
        (["abac"], Fraction(1)),
        ([CLEAN, OLD_ODD], Fraction(1, 3)),
        ([CLEAN, NEW_ODD], Fraction(1, 6)),
        (["aabc", OLD_ODD], Fraction(1, 4)),
        ([CLEAN, "bcaa"], Fraction(1, 9)),
    ],
)
def test__p_value__of_calls__is_counted_exactly(seen: list[str], expected: Fraction) -> None:
    assert isclose(p_value(calls(*seen)), expected)


@pytest.mark.parametrize(
    ("text", "olds", "expected"),
    [
        ("aab", 2, Fraction(1, 3)),
        ("aba", 2, Fraction(1)),
        ("baa", 2, Fraction(1)),
        ("abc", 2, Fraction(1)),
        ("abb", 1, Fraction(1, 3)),
        ("aab", 1, Fraction(1)),
        ("abc", 1, Fraction(1)),
    ],
)
def test__p_value__of_three_runs__is_counted_exactly(text: str, olds: int, expected: Fraction) -> None:
    assert isclose(p_value([call(text, olds=olds)]), expected)


def test__p_value__elements_of_one_list__are_one_piece_of_evidence() -> None:
    assert isclose(p_value([call(*[CLEAN] * 50)]), 1 / 3)
    assert isclose(p_value([call(CLEAN, CROSSED)]), 2 / 3)  # each is as far from chance as the other


@pytest.mark.parametrize(
    ("count", "units"), [(200, 200), (201, 101), (400, 200), (401, 134)], ids=lambda value: str(value)
)
def test__p_value__of_many_calls__deals_out_neighbours_together(count: int, units: int) -> None:
    assert isclose(p_value(calls(*[CLEAN] * count)), 3.0**-units, rel_tol=1e-9)
    assert isclose(
        p_value(calls(*[CLEAN, "aaaa"] * count)), 3.0**-units, rel_tol=1e-9
    )  # what tells nothing costs nothing
    mixed = [call("aab"), *calls(*[CLEAN] * count)]
    assert isclose(p_value(mixed), 3.0 ** -(units + 1), rel_tol=1e-9)


@pytest.mark.parametrize(("elements", "expected"), [(6, 1 / 6), (11, 1 / 6), (13, 1 / 3), (100, 1 / 3)])
def test__p_value__beside_a_long_list__loses_what_is_small(elements: int, expected: float) -> None:
    assert isclose(p_value([call(*[CLEAN] * elements), call(NEW_ODD)]), expected)


RUNS = st.sampled_from([2, 3]).flatmap(lambda news: st.tuples(st.just(2), st.just(news - 1))) | st.just((1, 2))
LETTERS = st.sampled_from("abc")


@st.composite
def some_calls(draw: st.DrawFn) -> list[Call]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        olds, news = draw(RUNS)
        texts = draw(st.lists(st.text("abc", min_size=olds + news, max_size=olds + news), min_size=1, max_size=3))
        found.append(call(*texts, olds=olds))
    return found


def deals(seen: Call) -> list[Call]:
    """The call with its runs dealt out in every way, alike at all of its places."""
    runs = [each.old + each.new for each in seen]
    olds = len(seen[0].old)
    found: list[Call] = []
    for order in permutations(range(len(runs[0]))):
        dealt = [[values[at] for at in order] for values in runs]
        found.append([Observed(tuple(each[:olds]), tuple(each[olds:])) for each in dealt])
    return found


def statistic(seen: Call) -> Fraction:
    """What the docstring promises, written down another way: shares of the comparisons that differ."""
    total = Fraction(0)
    for each in seen:
        between = [one != other for one, other in product(each.old, each.new)]
        old, new = ([one != other for one, other in combinations(side, 2)] for side in (each.old, each.new))
        within = Fraction(3 * sum(old) + sum(new), 3 * len(old) + len(new))
        total += Fraction(sum(between), len(between)) - within
    return total


@given(some_calls())
@settings(max_examples=150, deadline=None)
def test__p_value__is_the_share_of_deals_that_are_as_far_apart(seen: list[Call]) -> None:
    sums = Counter({Fraction(0): 1})
    for each in seen:
        sums_then: Counter[Fraction] = Counter()
        for total, ways in sums.items():
            for dealt in deals(each):
                sums_then[total + statistic(dealt)] += ways
        sums = sums_then
    observed = sum(map(statistic, seen), Fraction(0))
    share = Fraction(sum(ways for total, ways in sums.items() if total >= observed), sums.total())
    assert isclose(p_value(seen), share)


@given(some_calls().filter(lambda seen: prod(len(deals(each)) for each in seen) <= 24**2))
@settings(max_examples=40, deadline=None)
def test__p_value__where_nothing_changed__is_at_most_a_in_at_most_a_of_all_outcomes(seen: list[Call]) -> None:
    outcomes = sorted(p_value(outcome) for outcome in product(*map(deals, seen)))
    for rank, chance in enumerate(outcomes, 1):
        if rank == len(outcomes) or not isclose(outcomes[rank], chance):
            assert rank / len(outcomes) <= chance + 1e-9
    assert isclose(least_p_value(seen), outcomes[0]) or least_p_value(seen) < outcomes[0]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [([], 1.0), (["aaaa"], 1.0), ([CROSSED], 1 / 3), ([CROSSED, OLD_ODD], 1 / 6), (["abac"], 1 / 6)],
)
def test__least_p_value__is_that_of_the_best_deal(seen: list[str], expected: float) -> None:
    assert isclose(least_p_value(calls(*seen)), expected)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([], True),
        ([CLEAN] * 2, True),
        ([CLEAN], False),  # 1/3 is more than 1/4
        ([NEW_ODD] * 9, False),
        ([NEW_ODD_TOO] * 9, False),
        ([NEW_ODD, NEW_ODD_TOO] * 2, True),
        ([CLEAN] * 3 + [OLD_ODD], True),
        ([CLEAN] * 2 + [OLD_ODD], False),
        ([CLEAN] * 2 + [OLD_ODD, OLD_ODD_TOO] * 9, False),
    ],
)
def test__in_each_run__one_run_that_went_wrong__is_no_upgrade(seen: list[str], expected: bool) -> None:
    assert in_each_run(calls(*seen)) is expected


def test__in_each_run__where_new_ran_once__has_nothing_to_say() -> None:
    assert in_each_run([call("aba")] * 9)
    assert in_each_run([call("abb", olds=1)])
    assert in_each_run([call("aba"), *calls(CLEAN, CLEAN)])
    assert not in_each_run([call("aab"), call("aab"), *calls(NEW_ODD)])


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ([], []),
        ([0.01], [True]),
        ([0.0101], [False]),
        ([0.006, 0.006], [False, False]),
        ([0.005, 0.006], [True, True]),
        ([0.006, 0.005], [True, True]),
        ([0.005, 0.02], [True, False]),
        ([0.004, 0.003, 0.02], [True, True, False]),
        ([0.004, 0.02, 0.004], [False, False, False]),
        ([0.0, 0.0051, 0.009], [True, False, False]),
    ],
)
def test__holm__several_places__share_one_percent(chances: list[float], expected: list[bool]) -> None:
    assert holm(chances) == expected


def test__holm__another_alpha__is_taken() -> None:
    assert holm([0.04], 0.05) == [True]
