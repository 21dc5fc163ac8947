from __future__ import annotations

from itertools import product

import pytest

from harness.model.outcome import FEWEST_RUNS, FaultyRuns, Result, Side, Verdict, decide, on_faulty_network

W, B, N, F = Result.WORKS, Result.BROKEN, Result.NOT_RUN, Result.FLAKY


@pytest.mark.parametrize(
    ("old", "new", "shimmed", "verdict"),
    [
        *((W, W, shimmed, Verdict.OK) for shimmed in Result),
        *((B, W, shimmed, Verdict.FIXED) for shimmed in Result),
        *((B, B, shimmed, Verdict.BROKEN_ON_OLD) for shimmed in Result),
        *((N, new, shimmed, Verdict.ENVIRONMENT_FAILED) for new, shimmed in product(Result, Result)),
        *((old, N, shimmed, Verdict.ENVIRONMENT_FAILED) for old, shimmed in product((W, B), Result)),
        *((F, new, shimmed, Verdict.FLAKY) for new, shimmed in product((W, B, F), Result)),
        *((old, F, shimmed, Verdict.FLAKY) for old, shimmed in product((W, B), Result)),
        (W, B, F, Verdict.BROKEN),
        (W, B, W, Verdict.BROKEN_SHIMMED),
        (W, B, B, Verdict.BROKEN),
        (W, B, N, Verdict.BROKEN),
    ],
)
def test__decide__three_runs__is_the_table(old: Result, new: Result, shimmed: Result, verdict: Verdict) -> None:
    assert decide(old, new, shimmed) is verdict


@pytest.mark.parametrize("verdict", Verdict)
def test__verdict__every__has_a_sentence(verdict: Verdict) -> None:
    assert verdict.sentence


@pytest.mark.parametrize(
    ("failed", "result", "headline"),
    [
        (0, W, "0 of 5 runs fail"),
        (1, F, "1 of 5 runs fails: no points"),
        (3, F, "3 of 5 runs fail: no points (3 times)"),
        (5, B, "5 of 5 runs fail: no points (5 times)"),
    ],
)
def test__faulty_runs__some_failed__come_and_go(failed: int, result: Result, headline: str) -> None:
    runs = FaultyRuns(Side.OLD, 5, failed, {"no points": failed} if failed else {})
    assert (runs.result, runs.headline) == (result, headline)


def test__faulty_runs__several_outcomes__are_told_with_how_often() -> None:
    assert FaultyRuns(Side.OLD, 3, 2, {"a": 2, "b": 1}).headline == "2 of 3 runs fail: a (2 times); b"
    assert FaultyRuns(Side.OLD, 3, 2).headline == "2 of 3 runs fail"


@pytest.mark.parametrize(
    ("clean", "old", "new", "verdict"),
    [
        (Verdict.OK, 0, 0, Verdict.OK),
        (Verdict.OK, 1, 0, Verdict.FLAKY),
        (Verdict.OK, 0, 2, Verdict.FLAKY),
        (Verdict.OK, FEWEST_RUNS, FEWEST_RUNS, Verdict.FLAKY),
        (Verdict.OK, 0, FEWEST_RUNS, Verdict.BROKEN),
        (Verdict.OK, 1, FEWEST_RUNS, Verdict.FLAKY),
        (Verdict.FIXED, 0, 1, Verdict.FLAKY),
        (Verdict.BROKEN, 0, 0, Verdict.BROKEN),
        (Verdict.BROKEN_SHIMMED, 2, 2, Verdict.BROKEN_SHIMMED),
        (Verdict.ENVIRONMENT_FAILED, 2, 2, Verdict.ENVIRONMENT_FAILED),
    ],
)
def test__on_faulty_network__failures__are_no_break_of_the_upgrade(
    clean: Verdict, old: int, new: int, verdict: Verdict
) -> None:
    runs = [FaultyRuns(Side.OLD, FEWEST_RUNS, old), FaultyRuns(Side.NEW, FEWEST_RUNS, new)]
    assert on_faulty_network(clean, runs) is verdict


def test__on_faulty_network__few_runs__say_nothing_of_the_upgrade() -> None:
    few = [FaultyRuns(Side.OLD, 3, 0), FaultyRuns(Side.NEW, 3, 3)]
    assert on_faulty_network(Verdict.OK, few) is Verdict.FLAKY
    assert on_faulty_network(Verdict.OK, []) is Verdict.OK
