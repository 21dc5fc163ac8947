from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.changes.asked import ASKED
from harness.corridor.going import Clock, Going
from harness.corridor.probing import probed
from harness.corridor.sides import Up
from harness.model.exchange import Recording
from harness.model.outcome import Result
from harness.redaction.workspace import redactor_of
from harness.replay.replay import replay
from tests.probing.shops import LISTS, old, paged, recorded, server


class Fresh:
    """A side that is up: what `probed` needs of it, counting how often it starts anew."""

    def __init__(self, url: str) -> None:
        self.system = SimpleNamespace(url=url)
        self.starts = 0

    def fresh(self) -> Any:
        self.starts += 1
        return self.system


def going(folder: Path, result: Result) -> Going:
    said: dict[str, Any] = {"runs": [SimpleNamespace(result=result)], "clock": Clock(), "folder": folder}
    said["redactor"] = redactor_of(folder)
    return cast(Going, SimpleNamespace(**said, tell=lambda text: None))


@pytest.fixture
def stack() -> Any:
    with ExitStack() as entered:
        yield entered


def new(stack: ExitStack) -> Fresh:
    running: AbstractContextManager[Any] = server(paged("page", "per_page", "sort"))
    return Fresh(stack.enter_context(running).url)


@pytest.mark.parametrize(("result", "rewritten"), [(Result.BROKEN, 5), (Result.WORKS, 0)])
def test__probed__calls_that_new_answers_otherwise__are_found_where_the_plugin_is_broken(
    tmp_path: Path, stack: ExitStack, result: Result, rewritten: int
) -> None:
    before, up = recorded(old, *LISTS), new(stack)
    after = replay(before, up.system.url).recording
    found = probed(going(tmp_path, result), cast(Up, up), before, after, None)
    asked = found.in_new_form(Recording(before.exchanges))
    assert [each.request.path for each in asked.exchanges].count("/api/2/items") == rewritten
    assert sum(ASKED in each.meta for each in asked.exchanges) == rewritten
    assert (tmp_path / "probing.log").exists() is bool(rewritten)
    assert up.starts == 0


def test__probed__operations_that_are_settled__are_left_alone(tmp_path: Path, stack: ExitStack) -> None:
    before, up = recorded(old, *LISTS), new(stack)
    after = replay(before, up.system.url).recording
    first = probed(going(tmp_path, Result.BROKEN), cast(Up, up), before, after, None)
    settled = first.rewritings(before, replay(first.in_new_form(before), up.system.url).recording, ())
    assert settled is not None
    assert [(each.operation.template, each.forward) for each in settled] == [("/api/1/items", "GET /api/2/items")]
    assert probed(going(tmp_path, Result.BROKEN), cast(Up, up), before, after, settled).calls == {}


def test__rewritings__of_which_nothing_is_known__are_for_the_study_to_find(tmp_path: Path, stack: ExitStack) -> None:
    before, up = recorded(old, *LISTS), new(stack)
    found = probed(going(tmp_path, Result.BROKEN), cast(Up, up), before, replay(before, up.system.url).recording, None)
    assert found.rewritings(before, before, None) is None
