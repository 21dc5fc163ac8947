from __future__ import annotations

import pytest

from harness.environments.containers.kept import Kept
from harness.environments.engine import Engine
from harness.model.errors import EnvironmentFailed

pytestmark = pytest.mark.docker


def test__network__given_back__is_taken_again_by_who_may_reach_the_same(engine: Engine, run_id: str) -> None:
    kept = Kept(engine, run_id)
    first, second = kept.network([]), kept.network([])
    assert first is not second
    kept.give_back(first, [])
    assert kept.network(["api.example"]) is not first
    assert kept.network([]) is first
    kept.close()


def test__close__what_went_wrong_behind__is_told(engine: Engine, run_id: str) -> None:
    def fail() -> None:
        raise EnvironmentFailed("it would not go away")

    kept = Kept(engine, run_id)
    kept.behind(fail)
    folder = kept.folder()
    folder.mkdir()
    with pytest.raises(EnvironmentFailed, match="it would not go away"):
        kept.close()
    assert not folder.exists()
    kept.close()
