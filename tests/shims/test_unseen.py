from __future__ import annotations

import pytest

from harness.model.errors import UsageError
from harness.model.exchange import Recording
from harness.model.json_text import Json
from harness.shims.evidence import Evidence, evidence
from harness.shims.unseen import cross_validated
from tests.shims.answers import recording


def pairs(count: int, old: Json, new: Json) -> Evidence:
    def side(body: Json) -> Recording:
        return recording(
            *((f"GET /a/{at}", {name: f"{value} {at}" for name, value in body.items()}) for at in range(count))
        )

    return evidence(side(old), side(new))


def test__cross_validated__what_holds_everywhere__is_restored_in_calls_that_were_not_seen() -> None:
    found = cross_validated(pairs(12, {"name": "x", "size": "y"}, {"title": "x", "size": "y"}), folds=3)
    [unseen], [learned] = found.unseen.agreement, found.learned.agreement
    assert (unseen.pairs, unseen.leaves, unseen.equal_before, unseen.equal_after) == (12, 24, 12, 24)
    assert (learned.pairs, learned.equal_after) == (24, 48)
    assert (found.folds, found.seed) == (3, 0)


def test__cross_validated__what_only_single_calls_show__is_not() -> None:
    old = recording(*((f"GET /a{at}/x", {f"name{at}": at}) for at in range(6)))
    new = recording(*((f"GET /a{at}/x", {f"title{at}": at}) for at in range(6)))
    found = cross_validated(evidence(old, new), folds=6)
    assert sum(each.equal_after for each in found.unseen.agreement) == 0
    assert sum(each.leaves for each in found.unseen.agreement) == 6


def test__cross_validated__of_one_seed__is_the_same_again() -> None:
    known = pairs(7, {"name": "x"}, {"title": "x"})
    assert cross_validated(known, folds=2, seed=5) == cross_validated(known, folds=2, seed=5)


def test__cross_validated__of_too_few_calls__is_refused() -> None:
    with pytest.raises(UsageError, match="2 pairs cannot be split into 3"):
        cross_validated(pairs(2, {"a": 1}, {"a": 1}), folds=3)
