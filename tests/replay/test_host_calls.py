"""Calls of a page's own API, recorded on one version and made again on another, in a real browser."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from harness.changes.findings import findings
from harness.changes.study import study
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.model.outcome import PluginRun, Result, Side
from harness.record.browser import find_browser
from harness.record.host_api import read_host_calls, request_of, response_of
from harness.record.scenario import run_scenario
from harness.record.setting import Reached, Setting
from harness.replay.host_calls import BY_SYSTEM, NO_RESPONSE, OF_ANOTHER, UNREPEATABLE, replay_host_calls
from harness.schema.discriminators import discriminator
from harness.shims.javascript import emit
from harness.shims.learn import shim_from
from harness.shims.program import Program
from tests.record.page_server import Shop

PAGE = "<!doctype html><title>desk</title><script>{api}</script><p>desk</p>"
OLD = """class User { #id; constructor(id) { this.#id = id; this.name = 'n' + id; } getId() { return this.#id; } }
window.System = {version: '1', users: {find: (id) => new User(id)},
  getUser(id) { return {id, profile: {email: `u${id}@shop.example`}, roles: ['admin', 'sales'].slice(0, id)}; },
  async total(list) { return {total: list.length}; },
  check(id) { if (id > 9) throw new RangeError('unknown ' + id); return true; },
  each(callback) { callback(1); }, now() { return {at: performance.now()}; } };"""
NEW = OLD.replace("profile: {email: `u${id}@shop.example`}", "email: `u${id}@shop.example`").replace(
    "version: '1'", "major: 2"
)
PLUGIN = """
def run(page, system):
    page.goto(system.url + "/desk?tab=1")
    return {"seen": page.evaluate('''async () => {
        const seen = [];
        for (const id of [1, 2, 3, 4, 5, 6]) seen.push(System.getUser(id).profile.email);
        seen.push((await System.total([1, 2])).total, System.users.find(3).getId(), System.version);
        try { System.check(10) } catch (error) { seen.push(error.message) }
        System.each(() => 0);
        return seen;
    }''')}
"""
SEEN = [*(f"u{number}@shop.example" for number in range(1, 7)), 2, 3, "1", "unknown 10"]


def system(api: str) -> AbstractContextManager[Shop]:
    """A server of one page, whatever is asked for."""
    return Shop({}, (200, PAGE.format(api=api).encode())).up()


def setting(**more: Any) -> Setting:
    return Setting(browser=find_browser(), host_api=["System"], **more)


def watched(api: str, tmp_path: Path, plugin: str = PLUGIN, **more: Any) -> tuple[PluginRun, Recording]:
    """The plugin on a system with the API, and the calls that it made."""
    scenario, calls = tmp_path / "scenario.py", tmp_path / "calls"
    scenario.write_text(plugin)
    calls.unlink(missing_ok=True)
    with system(api) as shop:
        run = run_scenario(scenario, Reached(shop.url), Side.OLD, tmp_path, setting(host_calls=calls, **more))
    return run, Recording(tuple(read_host_calls(calls)))


def replayed(recording: Recording, api: str) -> tuple[Recording, dict[str, int]]:
    with system(api) as shop:
        answered, skipped = replay_host_calls(recording, shop.url, setting())
    return Recording(tuple(answered)), dict(skipped)


def answers(recording: Recording) -> list[tuple[str, int, Json]]:
    found = [(call.request.path, call.response) for call in recording.exchanges]
    return [(path, response.status, json.loads(response.body)) for path, response in found if response is not None]


@pytest.mark.browser
@pytest.mark.slow
def test__host_calls__from_recording_to_shim__are_replayed_compared_and_mended(tmp_path: Path) -> None:
    run, recording = watched(OLD, tmp_path)
    assert (run.result, run.observations["seen"]) == (Result.WORKS, SEEN)
    old, skipped = replayed(recording, OLD)
    assert skipped == {UNREPEATABLE: 1}
    made_again = [call for call in recording.exchanges if call.request.path != "/System/each"]
    assert answers(old) == answers(Recording(tuple(made_again)))
    new, _ = replayed(recording, NEW)
    assert len(new.exchanges) == len(old.exchanges)
    assert ("/System/version", 404, None) in answers(new)
    found = study(old, new)
    kinds = {(change.operation, change.kind) for change in findings(found)}
    assert any(operation.startswith("CALL /System/getUser") for operation, _ in kinds)
    shim = shim_from(found)
    program = Program(shim, discriminator)
    for one, other in zip(old.exchanges, new.exchanges, strict=True):
        if other.response is not None and one.request.path == "/System/getUser":
            assert one.response is not None
            assert json.loads(program.answer(other.request, other.response).response.body) == json.loads(
                one.response.body
            )
    broken, _ = watched(NEW.replace("major: 2", "version: '1'"), tmp_path)
    assert broken.result is Result.BROKEN
    mended, _ = watched(NEW.replace("major: 2", "version: '1'"), tmp_path, page_scripts=[emit(shim, host_only=True)])
    assert (mended.result, mended.observations["seen"]) == (Result.WORKS, SEEN)


@pytest.mark.browser
@pytest.mark.slow
def test__host_calls__on_a_page_without_the_api__say_so(tmp_path: Path) -> None:
    plugin = "def run(page, system):\n    page.goto(system.url)\n    page.evaluate('System.check(1)')\n"
    _, recording = watched(OLD, tmp_path, plugin)
    [call] = recording.exchanges
    answered, _ = replayed(recording, "const Other = 1")
    assert [each.error for each in answered.exchanges] == ["the page '/' has no System"]
    assert answered.exchanges[0].request == call.request


def _call(number: int, **more: Any) -> Exchange:
    host = {"id": f"a-{number}", **more.pop("host", {})}
    meta = {"dest": "host-api", "page": "/", "host": host, **more.pop("meta", {})}
    request = request_of("CALL", ["System", "a"], more.pop("args", "[]"))
    return Exchange(request, response_of({"value": "1"}), meta=meta)


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([_call(1, args='[{"$callback": 0}]')], {UNREPEATABLE: 1}),
        (
            [_call(1, args='[[{"a": {"$node": "DIV"}}]]'), _call(2, host={"of": "a-1"})],
            {UNREPEATABLE: 1, OF_ANOTHER: 1},
        ),
        ([_call(1, meta={"by": "system"})], {BY_SYSTEM: 1}),
        ([Exchange(_call(1).request, None, error="lost", meta={"dest": "host-api"})], {NO_RESPONSE: 1}),
        ([_call(2, host={"of": "gone-1"})], {OF_ANOTHER: 1}),
    ],
)
def test__host_calls__that_cannot_be_made_again__are_left_out_for_a_reason(
    calls: list[Exchange], expected: dict[str, int]
) -> None:
    answered, skipped = replay_host_calls(Recording(tuple(calls)), "http://127.0.0.1:1", Setting())
    assert (answered, dict(skipped)) == ([], expected)
