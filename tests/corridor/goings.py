"""A run that has begun, on the shop of the stories: what the corridor's rooms are tried with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.corridor.beginning import begun, prepare
from harness.corridor.going import Going
from harness.corridor.sides import Up, system_up
from harness.environments.load import load_environment
from harness.environments.spec import SideName
from tests.stories.shop import Shop


@contextmanager
def going_on(shop: Shop, told: list[str] | None = None) -> Iterator[Going]:
    """A run of the shop's environment, with plain processes."""
    environment = load_environment(shop.folder / "bikes")
    tell = (lambda _: None) if told is None else told.append
    with begun(environment, "bikes", driver="process", workspace=shop.folder, tell=tell) as going:
        prepare(going, ("old", "new"))
        yield going


@contextmanager
def up_on(shop: Shop, side: SideName = "old", told: list[str] | None = None) -> Iterator[tuple[Going, Up]]:
    """The same with one side up."""
    with going_on(shop, told) as going, system_up(going, side) as up:
        yield going, up


def left_over(shop: Shop) -> list[Path]:
    """Folders of plugins' runs that are still there."""
    return sorted((shop.cache / "runs").glob("*"))
