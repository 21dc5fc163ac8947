"""The real case: json-server's way to 1.0 and React-admin's third-party provider of data, in Node, on either driver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.stories.shop import Shop

FOLDER = Path(__file__).parents[2] / "environments/back-office"
CALLS = 15
OPERATIONS = {
    "list": "GET /posts",
    "a post that is gone": "GET /posts/{post_id}",
    "the authors of three posts": "GET /users",
    "a new post": "POST /posts",
}
"""The calls that NEW may have no way to answer as OLD did, by the beginnings of their names."""


def unlike_old(report: dict[str, Any], side: str) -> set[str]:
    """The provider's calls whose outcome on that side is not what it was on OLD."""
    outcomes = {run["side"]: run["observations"] for run in report["runs"]}
    assert len(outcomes["old"]) == CALLS
    return {name for name, was in outcomes["old"].items() if outcomes[side].get(name) != was}


@pytest.mark.npm
@pytest.mark.slow
@pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
@pytest.mark.parametrize(
    ("file", "version", "least"), [("environment", "1.0.0-beta.15", 11), ("beta3", "1.0.0-beta.3", 10)]
)
def test__check__the_back_office__most_calls_are_as_on_old_and_the_others_are_told(
    workspace: Shop, driver: str, file: str, version: str, least: int
) -> None:
    result = workspace.run("check", str(FOLDER / f"{file}.yaml"), "--driver", driver)
    assert (result.code, result.said) == (1, ""), result.err
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert (report["verdict"], report["driver"]) == ("broken", driver)
    assert (report["old_version"], report["new_version"], report["plugin_version"]) == ("0.17.4", version, "5.15.3")
    assert len(unlike_old(report, "new")) == CALLS
    left = unlike_old(report, "shimmed")
    assert CALLS - len(left) >= least, sorted(left)
    told = {each["operation"] for each in report["changes"] if each["level"] != "info" and each["undone"] != "undone"}
    assert {OPERATIONS[name.partition(",")[0]] for name in left} <= told
    assert f"{len(left)} of {CALLS} observations differ" in result.flat
