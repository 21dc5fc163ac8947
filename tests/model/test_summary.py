from __future__ import annotations

import pytest

from harness.model.summary import Accounting


@pytest.mark.parametrize(
    ("accounting", "adds_up"),
    [
        (Accounting(5, 5), True),
        (Accounting(5, 2, {"unsafe method": 2, "filtered": 1}), True),
        (Accounting(5, 4), False),
        (Accounting(5, 5, {"filtered": 1}), False),
    ],
)
def test__accounting__of_a_replay__adds_up_or_does_not(accounting: Accounting, adds_up: bool) -> None:
    assert accounting.adds_up is adds_up
