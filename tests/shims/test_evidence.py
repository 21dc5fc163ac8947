from __future__ import annotations

import pytest

from harness.model.errors import UsageError
from harness.shims.evidence import evidence
from tests.shims.answers import recording

ID, OTHER = "3f2a9c1b7d4e8f60", "b17e0d5a2c9f4836"


def test__evidence__of_ids_that_each_run_makes__has_one_name_for_them() -> None:
    old = recording(("POST /a", {"id": ID}), (f"GET /a/{ID}", {"id": ID}))
    new = recording(("POST /a", {"id": OTHER}), (f"GET /a/{OTHER}", {"id": OTHER}))
    assert evidence(old, new).pairs[1].new.request.path == f"/a/{ID}"


def test__only__some_pairs__has_their_second_runs_alone() -> None:
    def run(number: int) -> object:
        return recording(*((f"GET /{name}", {"n": number}) for name in "abc"))

    old, new, old_again, new_again = (run(number) for number in (1, 1, 2, 1))
    known = evidence(old, new, old_again, new_again)  # type: ignore[arg-type]
    part = known.only(known.pairs[1:])
    assert [each.old.request.path for each in part.pairs] == ["/b", "/c"]
    assert part.old_again is not None
    assert [each.request.path for each in part.old_again.exchanges] == ["/b", "/c"]
    assert sorted(operation.template for operation, places in part.noise.places.items() if places) == ["/b", "/c"]


def test__pairs__of_recordings_that_have_nothing_in_common__are_refused() -> None:
    known = evidence(recording(("GET /a", 1)), recording())
    with pytest.raises(UsageError, match="no call of"):
        assert known.pairs
