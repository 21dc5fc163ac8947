"""Calls of a page's own API made again: on another side's page, with the same arguments, in the same order."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json, parse
from harness.model.outcome import Side
from harness.record.host_api import core, host_scope, is_host_call, path_of, response_of
from harness.record.scenario import run_scenario
from harness.record.scratch import scratch
from harness.record.setting import Reached, Setting
from harness.replay import host_scenario

UNREPEATABLE = "an argument that cannot be made again (a function, a node of the page)"
NO_RESPONSE = "no response was recorded"
OF_ANOTHER = "asked of the answer of a call that is not replayed"
BY_SYSTEM = "made by the system's own page"

_PLACEHOLDERS = frozenset(
    {
        "$callback",
        "$function",
        "$node",
        "$object",
        "$error",
        "$cycle",
        "$deep",
        "$bigint",
        "$symbol",
        "$number",
        "$large",
    }
)
"""Objects of one such member stand for what has no place in JSON."""

Tell = Callable[[str], None]


def replay_host_calls(
    recording: Recording, base_url: str, setting: Setting, *, tell: Tell = lambda _: None
) -> tuple[list[Exchange], Counter[str]]:
    """The calls of pages' APIs in `recording`, made once more on the pages of `base_url`; and how many were not, by reason.

    Of `setting` the browser, its locale, zone, viewport and offline files count, the names of the APIs, and `timeout`, seconds
    for all of them. A call that gets no answer says so in its `error`. Raises EnvironmentFailed where no browser starts.
    """
    calls = [exchange for exchange in recording.exchanges if is_host_call(exchange)]
    skipped = _skipped(calls)
    chosen = [call for call in calls if id(call) not in skipped]
    answers = _answers(chosen, base_url, setting, tell) if chosen else {}
    started = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return [_answered(call, answers.get(_id(call)), started) for call in chosen], Counter(skipped.values())


def _skipped(calls: Sequence[Exchange]) -> dict[int, str]:
    """Why a call is not made again, by its identity in memory."""
    reasons: dict[int, str] = {}
    given = {_id(call): call for call in calls}
    for call in calls:
        of = call.meta.get("host", {}).get("of")
        source = given.get(of) if of else None
        if (reason := _reason(call)) is not None:
            reasons[id(call)] = reason
        elif of and (source is None or id(source) in reasons):
            reasons[id(call)] = OF_ANOTHER
    return reasons


def _reason(call: Exchange) -> str | None:
    if call.response is None or "page" not in call.meta:
        return NO_RESPONSE
    if call.meta.get("by") == "system":
        return BY_SYSTEM
    return UNREPEATABLE if call.request.body and _holds_placeholder(parse(call.request.body)) else None


def _holds_placeholder(value: Json) -> bool:
    """Whether something in it stands for what has no place in JSON."""
    if isinstance(value, list):
        return any(map(_holds_placeholder, value))
    if not isinstance(value, dict):
        return False
    return (len(value) == 1 and next(iter(value)) in _PLACEHOLDERS) or any(map(_holds_placeholder, value.values()))


def _answers(calls: Sequence[Exchange], base_url: str, setting: Setting, tell: Tell) -> Mapping[str, dict[str, Any]]:
    """What came of each call, by its recorded id. A line that was cut off is left out."""
    tell(f"asking the pages' own API: {len(calls)} calls")
    with scratch() as folder:
        scenario = folder / "host_scenario.py"
        shutil.copyfile(host_scenario.__file__, scenario)
        (folder / "job.json").write_text(json.dumps({"loads": _loads(calls)}), encoding="utf-8")
        plain = replace(
            setting,
            extension=None,
            scripts=(),
            host_api=(),
            host_calls=folder / "answers",
            reads=None,
            page_scripts=[_script(setting.host_api)],
            trace=False,
        )
        run_scenario(scenario, Reached(base_url), Side.OLD, folder, plain)
        return _read(folder / "answers")


def _script(names: Sequence[str]) -> str:
    asking = files(__package__).joinpath("host_replay.js").read_text(encoding="utf-8")
    start = "globalThis[Symbol.for('backfit.host')] = replayHost(lexical);"
    return host_scope(names, [core(), asking], start, "backfit-replay.js")


def _loads(calls: Sequence[Exchange]) -> list[dict[str, Json]]:
    """The calls by the times that a page was opened."""
    lengths = {_id(call): len(path_of(call.request)) for call in calls}
    return [
        {"page": page, "calls": [_job(call, lengths) for call in group]}
        for (_, page), group in groupby(calls, key=lambda call: (_id(call).rpartition("-")[0], call.meta["page"]))
    ]


def _job(call: Exchange, lengths: Mapping[str, int]) -> dict[str, Json]:
    host = call.meta["host"]
    of = host.get("of") or ""
    return {
        "id": _id(call),
        "kind": call.request.method,
        "path": [*path_of(call.request)],
        "args": call.request.body.decode(),
        "made": bool(host.get("made")),
        "from": of,
        "skipped": lengths.get(of, 0),
    }


def _id(call: Exchange) -> str:
    return str(call.meta.get("host", {}).get("id", ""))


def _read(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            answer = json.loads(line)
        except ValueError:  # the last one, where the time was up
            continue
        found[answer["id"]] = answer
    return found


def _answered(call: Exchange, answer: Mapping[str, Any] | None, started: str) -> Exchange:
    if answer is None or "error" in answer:
        error = answer["error"] if answer else "it was not asked: the page broke, or the time was up"
        return replace(call, response=None, error=error, started=started)
    meta = {**call.meta, "host": {key: value for key, value in call.meta["host"].items() if key != "callbacks"}}
    return replace(call, response=response_of(answer), started=started, elapsed=answer.get("elapsed", 0.0), meta=meta)
