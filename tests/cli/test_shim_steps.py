from __future__ import annotations

import pytest

from harness.lens.step import step_types
from tests.cli.conftest import Backfit


def test__steps__without_a_name__are_all_in_a_list(backfit: Backfit) -> None:
    result = backfit("shim", "steps")
    assert result.code == 0
    assert [line.split()[0] for line in result.out.splitlines()] == list(step_types())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rename", "Leaves an object alone that lacks `from` or has `to` already."),
        ("rename", "  from            text, needed"),
        ("convert", '  seconds-to-iso                1709251199 becomes "2024-02-29T23:59:59Z"'),
    ],
)
def test__steps__with_a_name__tells_all_of_it(backfit: Backfit, name: str, told: str) -> None:
    assert told in backfit("shim", "steps", name).out


def test__steps__of_an_unknown_name__lists_those_that_there_are(backfit: Backfit) -> None:
    result = backfit("shim", "steps", "nope")
    assert result.code == 2
    assert "no step is called 'nope'" in result.err
    assert "unwrap" in result.err
