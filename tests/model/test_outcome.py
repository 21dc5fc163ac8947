from __future__ import annotations

from itertools import product

import pytest

from harness.model.outcome import Result, Verdict, decide

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
