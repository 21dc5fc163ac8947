"""A Manifest V3 extension on json-server's way to 1.0: content script, service worker and popup, on either driver."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/extension-demo"
CALLS = ["GET /comments", "GET /posts", "GET /posts", "GET /users"]
"""The extension's; json-server's own page asks for /db and /__rules besides."""
READS = {
    "GET /comments": {"$[*].text", "$[*].written"},
    "GET /posts": {"$[*].title", "$[*].userId", "$[*].views", "header x-total-count", "status"},
    "GET /users": {"$[*].id", "$[*].name", "status"},
}
"""What panel.js, drafts.js and popup.js say in their source."""


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
@pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
def test__check__the_extension__falls_silent_on_new_and_speaks_again_behind_the_shim(
    workspace: Shop, driver: str
) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", driver)
    assert (result.code, result.said) == (1, ""), result.err
    assert "plugin on old works 2 pages, 6 calls, 7 drafts, 3 comments" in result.flat
    assert 'plugin on new broken 2 of 2 observations differ: $.badge is "0", on old "7"' in result.flat
    assert "plugin on new + shim works the same outcome as on old" in result.flat
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert (report["verdict"], report["driver"]) == ("broken-shimmed", driver)
    old, new, shimmed = report["runs"]
    assert old["snapshots"] == shimmed["snapshots"] != new["snapshots"]
    assert zipfile.is_zipfile(run / old["trace"])
    uses = {use["operation"]: {place["place"] for place in use["places"]} for use in report["uses"]}
    assert uses.keys() == READS.keys(), "the page's own calls are not the extension's"
    assert all(READS[operation] <= places for operation, places in uses.items()), uses


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.slow
def test__record__the_extension__keeps_who_made_each_call(workspace: Shop) -> None:
    result = workspace.run("record", str(ENVIRONMENT), "--driver", "process")
    assert result.code == 0, result.err
    [run] = workspace.runs
    entries = json.loads((run / "recording.har").read_text())["log"]["entries"]
    made = [(entry["_backfit"].get("by"), entry["request"]["url"].split("/", 3)[3].split("?")[0]) for entry in entries]
    own = sorted(f"GET /{path}" for by, path in made if by == "plugin")
    assert own == CALLS
    assert sorted(path for by, path in made if by == "system") == ["__rules", "db"]
