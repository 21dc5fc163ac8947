from __future__ import annotations

import time
from pathlib import Path

import pytest

from harness.ablation.ablate import Bounds, ablate, clock
from harness.ablation.candidates import Candidate
from harness.ablation.edits import Edit, How, Trial
from harness.ablation.needs import Needs
from harness.model.errors import EnvironmentFailed
from harness.model.operation import Operation
from harness.model.reads import Need
from tests.ablation.plugins import OPERATION, Plugin, ablated, having, system

PYTHON = """\
import json, sys, urllib.request

with urllib.request.urlopen(sys.argv[1] + "/bikes.json") as answer:
    bikes, total = json.load(answer), answer.headers["X-Total-Count"]
by_id = {row["id"]: row for row in bikes["rows"]}
print(json.dumps({"names": [row["name"] for row in by_id.values()], "total": total,
                  "tags": [len(row.get("tags", ())) for row in by_id.values()],
                  "title": bikes.get("title") or bikes["meta"]["title"]}))
"""
NODE = """\
const http = require("http");
http.get(process.argv[2] + "/bikes.json", (answer) => {
  let text = "";
  answer.on("data", (piece) => (text += piece));
  answer.on("end", () => {
    const { rows, meta } = JSON.parse(text);
    console.log(rows.map((row) => `${row.price.toFixed(2)} ${row.stock || "none"}`).join(), meta?.next ?? "end");
  });
});
"""
SHELL = """\
curl --silent --fail --max-time 10 "$1/bikes.json" | grep -o '"stock": *[0-9]*' | tr -dc '0-9\\n'
"""

PLUGINS = {
    "python": (
        "python3 plugin.py {url}",
        {"plugin_py": PYTHON},
        {  # why the outcome differs without it
            "$": "json.load fails",
            "$.rows": 'bikes["rows"]',
            "$.rows[*]": "no names are printed",
            "$.rows[*].id": 'row["id"], which is printed nowhere',
            "$.rows[*].name": 'row["name"]',
            "$.rows[*].tags": "their number is printed",
            "$.rows[*].tags[*]": "their number is printed",
            "header x-total-count": "it is printed",
        },
        {"$.rows[*].id": "two rows with one id are one", "$.rows[*].tags": "len(None)"},
        {
            ("$.rows", How.REMOVED): "KeyError: 'rows'",
            ("header x-total-count", How.REMOVED): '$.total is null, on old "2"',
            ("$.rows[*].name", How.RETYPED): '$.names[0] is ["Gazelle"], on old "Gazelle"',
        },
        [("KeyError: 'meta'", ["$.meta", "$.title"])],
    ),
    "node": (
        "node plugin.js {url}",
        {"plugin_js": NODE},
        {
            "$": "JSON.parse fails",
            "$.rows": "rows.map",
            "$.rows[*]": "no prices are printed",
            "$.rows[*].price": "row.price.toFixed",
            "$.rows[*].stock": "it is printed",
        },
        {"$.rows[*].price": "null.toFixed"},
        {("$.rows[*].stock", How.REMOVED): '$.output is "899.50 none,1450.00 none end", on old "899.50 3,1450.00 none end"'},
        [],
    ),
    "shell": (
        "sh plugin.sh {url}",
        {"plugin_sh": SHELL},
        {
            "$": "nothing is left to find",
            "$.rows": "what is looked for stands in there",
            "$.rows[*]": "what is looked for stands in there",
            "$.rows[*].stock": "it is what is looked for",
        },
        {"$.rows[*].stock": "null is no number"},
        {("$", How.REMOVED): '$.output is "", on old "3\\n0"'},
        [],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", PLUGINS)
def test__ablate__a_plugin_in_any_language__needs_what_its_source_reads(language: str, tmp_path: Path) -> None:
    command, files, needed, not_null, words, together = PLUGINS[language]
    plugin = Plugin(tmp_path / language, command, **files)
    kept: list[Needs] = []
    with system() as running:
        needs = ablated(plugin, running.url, keep=kept.append)
    assert (having(needs, Need.NEEDED), needs.stopped) == (sorted(needed), None)
    assert set(having(needs, Need.NEEDED, How.NULL)) >= set(not_null)
    assert having(needs, Need.UNOBSERVED) == []
    assert having(needs, Need.NEEDED, How.RETYPED)[-1:] != ["status"]
    assert {key: needs.of(OPERATION, *key).difference for key in words} == words
    assert [(group.difference, [each.place for each in group.places]) for group in needs.together] == together
    assert (kept[-1].operations, kept[-1].stopped) == (needs.operations, "it was stopped before its end")
    assert needs.runs == len(kept) == len(plugin.limits) - 1


@pytest.mark.slow
def test__ablate__a_plugin_that_fails_now_and_then__needs_what_it_needs_all_the_same(tmp_path: Path) -> None:
    """Every seventh run fails for no reason of the system's."""
    flaky = """\
import json, pathlib, sys, urllib.request

runs = pathlib.Path("runs.txt")
runs.write_text((runs.read_text() if runs.exists() else "") + "x")
bikes = json.load(urllib.request.urlopen(sys.argv[1] + "/bikes.json"))
assert len(runs.read_text()) % 7 != 3, "a bad moment"
print([row["price"] for row in bikes["rows"]])
"""
    plugin = Plugin(tmp_path / "flaky", "python3 -W ignore plugin.py {url}", plugin_py=flaky)
    with system() as running:
        needs = ablated(plugin, running.url, bounds=Bounds(longest=20.0))
    assert having(needs, Need.NEEDED) == ["$", "$.rows", "$.rows[*]", "$.rows[*].price"]
    assert needs.together == ()


@pytest.mark.slow
def test__ablate__a_plugin_that_waits_for_a_field_for_ever__needs_it(tmp_path: Path) -> None:
    waiting = """\
import json, sys, time, urllib.request

while True:
    with urllib.request.urlopen(sys.argv[1] + "/bikes.json") as answer:
        if "title" in json.load(answer):
            break
    time.sleep(0.1)
print("ready")
"""
    plugin = Plugin(tmp_path / "waiting", "python3 plugin.py {url}", plugin_py=waiting)
    with system() as running:
        needs = ablated(plugin, running.url, bounds=Bounds(jobs=4, longest=20.0, patience=1.5))
    assert having(needs, Need.NEEDED) == ["$", "$.title"]
    assert needs.of(OPERATION, "$.title").difference.startswith("the scenario did not end within")
    assert max(plugin.limits[3:]) < 20.0


def test__ablate__a_plugin_whose_outcome_varies_by_itself__claims_nothing(tmp_path: Path) -> None:
    random = (
        "import random, sys, urllib.request as u\nu.urlopen(sys.argv[1] + '/bikes.json').read()\nprint(random.random())"
    )
    plugin = Plugin(tmp_path / "random", "python3 -W ignore plugin.py {url}", plugin_py=random)
    with system() as running:
        needs = ablated(plugin, running.url)
    assert needs.stopped is not None
    assert needs.stopped.startswith(
        "the plugin's outcome on OLD varies by itself, with nothing taken away: $.output is"
    )
    assert (needs.runs, set(having(needs, Need.UNOBSERVED))) == (2, {*needs.operations[OPERATION]} - {"status"})


PLACES = [Candidate(Operation("GET", "/"), f"$.f{number}", 1) for number in range(40)]


def quick(edits: frozenset[Edit], limit: float) -> Trial:
    """A run that needs `$.f7`."""
    differs = any(edit.place == "$.f7" for edit in edits)
    return Trial("no f7" if differs else None, edits, 0.01)


def test__ablate__within_a_budget__stops_and_says_what_was_not_tried() -> None:
    def slow(edits: frozenset[Edit], limit: float) -> Trial:
        time.sleep(0.05)
        return quick(edits, limit)

    needs = ablate(PLACES, slow, Bounds(budget=0.3), keep=lambda needs: None, tell=lambda said: None)
    assert needs.stopped == "the budget of 0:00 was spent"
    assert needs.count(Need.UNOBSERVED) > 0
    assert needs.of("GET /", "$.f7").need is not Need.TOLERATED
    whole = ablate(PLACES, quick, Bounds(budget=60.0), keep=lambda needs: None, tell=lambda said: None)
    assert (whole.stopped, whole.count(Need.NEEDED)) == (None, 1)


def test__ablate__stopped_by_a_person__has_kept_what_was_found() -> None:
    kept: list[Needs] = []

    def stopped(needs: Needs) -> None:
        kept.append(needs)
        if needs.count(Need.NEEDED):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ablate(PLACES, quick, Bounds(jobs=3), keep=stopped, tell=lambda said: None)
    assert kept[-1].of("GET /", "$.f7").difference == "no f7"
    assert kept[-1].stopped == "it was stopped before its end"


@pytest.mark.parametrize(("failures", "raises"), [(1, False), (2, True)])
def test__ablate__an_environment_that_fails__is_asked_once_more_and_no_need_is_made_of_it(
    failures: int, raises: bool
) -> None:
    calls = 0

    def failing(edits: frozenset[Edit], limit: float) -> Trial:
        nonlocal calls
        calls += 1
        if 6 <= calls < 6 + failures:
            raise EnvironmentFailed("the browser did not start")
        return quick(edits, limit)

    kept: list[Needs] = []
    if raises:
        with pytest.raises(EnvironmentFailed):
            ablate(PLACES, failing, Bounds(), keep=kept.append, tell=lambda said: None)
    else:
        needs = ablate(PLACES, failing, Bounds(), keep=kept.append, tell=lambda said: None)
        assert [needs.count(Need.NEEDED), needs.count(Need.TOLERATED)] == [1, 39]
    assert kept[-1].count(Need.NEEDED) == (0 if raises else 1)


def test__ablate__its_progress__says_runs_needs_and_time_left() -> None:
    said: list[str] = []
    ablate(PLACES, quick, Bounds(budget=250.0), keep=lambda needs: None, tell=said.append)
    assert said[0] == "ablating: run 1, with nothing taken away"
    assert said[2] == "ablating: 2 of about 3 runs, 0 needed so far, 4:10 left"
    assert said[-1].startswith("ablating: 21 of about 21 runs, 3 needed so far, 4:")


@pytest.mark.parametrize(("seconds", "text"), [(250.4, "4:10"), (9, "0:09"), (-3, "0:00"), (3600, "60:00")])
def test__clock__of_seconds__is_minutes_and_seconds(seconds: float, text: str) -> None:
    assert clock(seconds) == text
