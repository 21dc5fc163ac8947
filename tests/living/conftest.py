"""A workspace of the test's own, and sides that stay up in it until the test ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.environments import Environment, SideName, load_environment
from harness.living.dwellers import Dweller, dwellers
from harness.living.moving_in import Wish, bring_up
from harness.living.place import place_of
from tests.environments.tiny import ignore
from tests.living.home import stand_apart, write_home

Up = Callable[..., Dweller]


@pytest.fixture
def workspace(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The current folder, with a cache of its own and no engine. Whatever is up in it at the end is taken down."""
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    yield home
    for each in dwellers(home):
        each.down()


@pytest.fixture
def tiny(workspace: Path) -> Environment:
    """Its one environment."""
    return load_environment(write_home(workspace))


@pytest.fixture
def up(workspace: Path) -> Up:
    """Brings a side of an environment up."""

    def brought_up(environment: Environment, side: SideName = "old", wish: Wish | None = None) -> Dweller:
        wish = wish or Wish(driver="process")
        [settled] = bring_up(environment, [side], wish, workspace=workspace, tell=ignore)
        return Dweller(place_of(environment, side, workspace), settled.state)

    return brought_up
