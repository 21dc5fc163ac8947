from __future__ import annotations

from typing import cast

import pytest

from harness.environments.box import Box
from harness.environments.containers.crew import side_by_side
from harness.model.errors import EnvironmentFailed


def test__side_by_side__one_that_fails__is_told_when_all_are_done() -> None:
    done: list[object] = []

    def do(box: Box) -> None:
        if cast(object, box) == 1:
            raise EnvironmentFailed("not this one")
        done.append(box)

    boxes = cast(list[Box], [0, 1, 2, 3])
    with pytest.raises(EnvironmentFailed, match="not this one"):
        side_by_side(do, boxes)
    assert sorted(map(str, done)) == ["0", "2", "3"]
    side_by_side(do, [])
