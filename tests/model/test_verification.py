from __future__ import annotations

import pytest

from harness.model.verification import Field, Harm, MutationProof, Score, Survivor, Verification

SURVIVOR = Survivor(Harm.THROWN, "GET /a", "c0", "null at /a", "KeyError", "'a'", "{}", "")


@pytest.mark.parametrize(
    ("fields", "mutations", "passes"),
    [
        ([], None, True),
        ([Field("GET /a", "$.a", lost=3), Field("GET /a", "$.b", wrong=1)], None, True),
        ([Field("GET /a", "$.a", spoilt=1)], None, False),
        ([Field("GET /a", "$.a", wrong=2, claimed=1)], None, False),
        ([], MutationProof(0, 9, 9, 9), True),
        ([], MutationProof(0, 9, 9, 9, (SURVIVOR,)), False),
    ],
)
def test__passes__nothing_spoilt_nothing_claimed_in_vain_no_survivor(
    fields: list[Field], mutations: MutationProof | None, passes: bool
) -> None:
    score = Score(fields=tuple(fields))
    assert Verification("x", "old", "new", score, mutations=mutations).passes is passes
    assert (score.spoilt, score.claimed) == (sum(f.spoilt for f in fields), sum(f.claimed for f in fields))
