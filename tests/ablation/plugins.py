"""A small system and plugins in several languages, run as real programs: what each needs can be read in its source."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from harness.ablation.ablate import Bounds, ablate
from harness.ablation.candidates import candidates
from harness.ablation.edits import Edit, How, Trial
from harness.ablation.needs import Needs
from harness.ablation.trial import tried
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Result, Side
from harness.model.reads import Need
from harness.record.outcome import same_outcome
from harness.record.proxy import RecordingProxy
from harness.record.scenario import run_scenario
from harness.record.scenario_file import Command
from harness.record.setting import Reached, Setting
from harness.schema.operations import learn_operations
from tests.record.raw_server import RawServer, head_of, http

BIKES = {
    "title": "Bikes",
    "rows": [
        {"id": 1, "name": "Gazelle", "price": 899.5, "stock": 3, "tags": ["city", "heavy"]},
        {"id": 2, "name": "Brompton", "price": 1450, "stock": 0, "tags": ["folding"]},
    ],
    "meta": {"title": "Bikes", "took": 1.25, "next": None},
}
OPERATION = "GET /bikes.json"


def system() -> RawServer:
    """Answers `/bikes.json`, and nothing else."""

    def answer(request: bytes) -> bytes:
        if head_of(request)[0].startswith("GET /bikes.json"):
            return http(json.dumps(BIKES).encode(), "Content-Type: application/json", "X-Total-Count: 2", "ETag: a")
        return http(b"{}", "Content-Type: application/json", status="404 Not Found")

    return RawServer(answer)


class Plugin:
    """A program in a folder of its own; `{url}` in `command` is where the system is. Counts its runs."""

    def __init__(self, folder: Path, command: str, **files: str) -> None:
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text)
        self.folder, self.command = folder, command
        self.limits: list[float] = []

    def watch(self, url: str, limit: float) -> PluginRun:
        """One run of it against the system at `url`."""
        self.limits.append(limit)
        setting = Setting(timeout=limit)
        return run_scenario(Command(self.command, self.folder), Reached(url), Side.OLD, self.folder, setting)

    def recorded(self, url: str) -> tuple[PluginRun, Recording]:
        """Its run on OLD, through the recorder."""
        with RecordingProxy(url) as proxy:
            run = self.watch(proxy.url, 20.0)
            assert run.result is Result.WORKS, run
            return run, proxy.recording()


def ablated(
    plugin: Plugin,
    url: str,
    *,
    bounds: Bounds = Bounds(jobs=2, longest=20.0),  # noqa: B008  (a frozen value)
    keep: Callable[[Needs], None] = lambda needs: None,
    tell: Callable[[str], None] = lambda said: None,
) -> Needs:
    """What the plugin needs of the system at `url`."""
    references, recording = plugin.recorded(url)
    operations = learn_operations(recording.exchanges)

    def trial(edits: frozenset[Edit], limit: float) -> Trial:
        return tried(
            url, edits, operations.of, limit, watch=plugin.watch, same=lambda run: same_outcome([references], run)
        )

    return ablate(candidates(recording.exchanges, operations), trial, bounds, keep=keep, tell=tell)


def having(needs: Needs, need: Need, how: How = How.REMOVED, operation: str = OPERATION) -> list[str]:
    """The places with that need, in order."""
    places = needs.operations[operation]
    return sorted(place for place, hows in places.items() if how in hows and hows[how].need is need)
