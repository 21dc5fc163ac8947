"""The pytest plugin: `pytest environments/` checks each environment, an item for the plugin and one for each of its operations.

An environment is checked once in a session, however many workers share its items; the run's report is what they read.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest

from harness.contract.workspace import CONTRACTS, FILE_NAME, folder_name
from harness.corridor.check import check
from harness.corridor.once import once
from harness.environments.driver import Wanted
from harness.environments.load import load_environment
from harness.environments.spec import Environment
from harness.model.change import Change, Level
from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.outcome import Verdict
from harness.model.summary import CheckSummary
from harness.report.findings import stands
from harness.report.pytest_text import failure_text

_SUFFIX = ".yaml"
_SCHEMA = "backfit/environment/"
_PLUGIN = "plugin"
_LOUD = 2
_SHARED = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `backfit check` that a test session needs."""
    group = parser.getgroup("backfit", "Backfit: environments as tests (pytest environments/)")
    group.addoption(
        "--backfit-driver",
        choices=get_args(Wanted),
        default="auto",
        help="how the two versions are brought up (default: auto)",
    )
    group.addoption("--backfit-accept-shim", action="store_true", help="pass where the plugin works behind the shim")
    group.addoption(
        "--backfit-fail-on",
        choices=[Level.BREAK.value, Level.RISK.value],
        default=Level.BREAK.value,
        help="the level of a finding from which on its operation fails (default: break)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """A folder that all workers of this session share; the session's own process removes it."""
    config.addinivalue_line("markers", "xdist_group(name): items that pytest-xdist keeps on one worker")
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        config.stash[_SHARED] = Path(worker["backfit_shared"])
    else:
        config.stash[_SHARED] = Path(tempfile.mkdtemp(prefix="backfit-pytest-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist: tell a worker where the shared folder is."""
    node.workerinput["backfit_shared"] = str(node.config.stash[_SHARED])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the shared folder; the runs themselves stay in .backfit/runs."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[_SHARED], ignore_errors=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Environment files, by their first key: a folder may hold several, for several upgrades."""
    if file_path.suffix != _SUFFIX or _SCHEMA not in file_path.read_text(errors="replace"):
        return None
    return EnvironmentFile.from_parent(parent, path=file_path)


class EnvironmentFile(pytest.File):
    """One environment: what its plugin's saved contract lists are its operations."""

    def collect(self) -> Iterator[pytest.Item]:
        """The plugin itself, then an item for each operation of `contracts/PLUGIN/contract.openapi.json`."""
        environment = load_environment(self.path)
        operations = operations_of(environment, self.config.invocation_params.dir)
        yield EnvironmentItem.from_parent(self, name=_PLUGIN, environment=environment, known=operations)
        for operation in operations:
            yield EnvironmentItem.from_parent(self, name=operation, environment=environment, known=operations)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002  a file has one
        """A bad file is told in its own words."""
        return str(excinfo.value) if isinstance(excinfo.value, BackfitError) else super().repr_failure(excinfo)


class EnvironmentItem(pytest.Item):
    """The plugin's verdict, or the findings about one operation. What no listed operation holds is the plugin's."""

    def __init__(self, *, environment: Environment, known: Sequence[str], **more: Any) -> None:
        super().__init__(**more)
        self.environment = environment
        self.known = known
        self.summary: CheckSummary | None = None
        self.add_marker(pytest.mark.xdist_group(str(environment.path)))

    def setup(self) -> None:
        """Check the environment, or read what another item's check found. Where nothing can be said, that is an error."""
        self.summary = summary_of(self.environment, self.config)
        if self.summary.verdict is Verdict.FLAKY:
            raise EnvironmentFailed(Verdict.FLAKY.sentence, where=str(self.environment.path))

    def runtest(self) -> None:
        """Raises Broken where a gate would close."""
        assert self.summary is not None
        accept = bool(self.config.getoption("--backfit-accept-shim"))
        found = [
            change for change in self._own(self.summary.changes) if self._fails(change, self.summary, accept=accept)
        ]
        closed = self.name == _PLUGIN and not _passes(self.summary.verdict, accept=accept)
        if found or closed:
            raise Broken(failure_text(self.summary, found, plugin=self.name == _PLUGIN))

    def _own(self, changes: Sequence[Change]) -> list[Change]:
        """The changes of this item's operation; the plugin has those of none that is listed."""
        places = [(change, {place.operation for place in change.places} or {change.operation}) for change in changes]
        if self.name != _PLUGIN:
            return [change for change, operations in places if self.name in operations]
        return [change for change, operations in places if not operations & set(self.known)]

    def _fails(self, change: Change, summary: CheckSummary, *, accept: bool) -> bool:
        levels = list(Level)
        least = levels.index(Level(self.config.getoption("--backfit-fail-on")))
        mended = accept and summary.verdict is Verdict.BROKEN_SHIMMED and not stands(change)
        works = summary.verdict in (Verdict.OK, Verdict.FIXED)
        return levels.index(change.level) <= least and not mended and not works

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Findings and our own errors read as they are, without a traceback."""
        if isinstance(excinfo.value, (Broken, BackfitError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """`bike-shop: GET /{database}/{table}.json`."""
        return self.path, 0, f"{self.environment.name}: {self.name}"


class Broken(Exception):
    """What broke, told for a person."""


def operations_of(environment: Environment, workspace: Path) -> list[str]:
    """The operations that the plugin's saved contract lists, in its order; none where `backfit check --save` never ran."""
    file = workspace / CONTRACTS / folder_name(environment.plugin.name) / FILE_NAME
    with suppress(FileNotFoundError):
        paths = json.loads(file.read_text()).get("paths", {})
        return [each["operationId"] for methods in paths.values() for each in methods.values() if "operationId" in each]
    return []


def summary_of(environment: Environment, config: pytest.Config) -> CheckSummary:
    """The check's summary: of the first item that asks, in whichever worker. Raises what the check raised."""
    workspace = config.invocation_params.dir
    driver: Wanted = config.getoption("--backfit-driver")
    return once(
        config.stash[_SHARED],
        str(environment.path.absolute()),
        lambda: check(environment, driver=driver, workspace=workspace, tell=_teller(config)),
    )


def _teller(config: pytest.Config) -> Callable[[str], None]:
    """Progress, with -vv."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or config.get_verbosity() < _LOUD:
        return lambda text: None
    return lambda text: reporter.write_line(f"… {text}")


def _passes(verdict: Verdict, *, accept: bool) -> bool:
    return verdict in (Verdict.OK, Verdict.FIXED) or (accept and verdict is Verdict.BROKEN_SHIMMED)
