from __future__ import annotations

from pathlib import Path

from harness.ablation.edits import Edit, How, Trial
from harness.ablation.trial import tried
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.model.outcome import PluginRun
from tests.ablation.plugins import Plugin, system

BIKES = Operation("GET", "/bikes.json")
TITLE, OTHER = Edit(BIKES, "$.title", How.REMOVED), Edit(BIKES, "$.colour", How.REMOVED)


def operation_of(request: Request) -> Operation:
    return Operation(request.method, request.path)


def test__tried__a_plugin_behind_edits__tells_its_outcome_and_the_edits_that_met(tmp_path: Path) -> None:
    shell = 'curl --silent "$1/bikes.json" | grep -c \'^{"title"\''
    plugin = Plugin(tmp_path / "plugin", "sh plugin.sh {url}", plugin_sh=shell)

    def same(run: PluginRun) -> str | None:
        return None if run.observations == {"output": 1} else run.headline

    with system() as running:
        told = tried(running.url, frozenset({TITLE, OTHER}), operation_of, 7.0, watch=plugin.watch, same=same)
        as_ever = tried(running.url, frozenset({OTHER}), operation_of, 7.0, watch=plugin.watch, same=same)
    assert told == Trial("exit code 1, without a word", frozenset({TITLE}), told.seconds)
    assert (as_ever.difference, as_ever.met) == (None, frozenset())
    assert plugin.limits == [7.0, 7.0]
    assert told.seconds > 0
