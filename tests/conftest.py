"""What every test obeys: a test that needs what is missing here is skipped and says so; with CI=true a skip is a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from functools import cache
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@cache
def _no_engine() -> str | None:
    from harness.environments.engine import connect
    from harness.model.errors import EnvironmentFailed

    try:
        connect()
    except EnvironmentFailed as error:
        return f"no container engine answers: {error.what}"
    return None


@cache
def _no_browser() -> str | None:
    from harness.record.browser import find_browser

    return None if find_browser() else "no Chromium is found"


def _no_npm() -> str | None:
    return None if shutil.which("npm") else "no npm is on PATH"


@cache
def _no_compose() -> str | None:
    plugin = (
        shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode
    )
    return None if plugin or shutil.which("docker-compose") else "no docker compose and no docker-compose is here"


NEEDS = {"compose": _no_compose, "docker": _no_engine, "browser": _no_browser, "npm": _no_npm}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, why_not in NEEDS.items():
        if item.get_closest_marker(marker) and (reason := why_not()):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refused_in_ci((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refused_in_ci((yield))


def _refused_in_ci(report: Report) -> Report:
    if os.environ.get("CI") == "true" and report.skipped and _did_not_run(report):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.__dict__.pop("wasxfail", None)  # pytest counts no failure of a report that has it
        report.longrepr = f"CI=true allows no skipped test; this one says: {reason}"
    return report


def _did_not_run(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return getattr(report, "wasxfail", "[NOTRUN]").startswith("[NOTRUN]")
