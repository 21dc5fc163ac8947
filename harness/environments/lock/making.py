"""Making the lock of an environment for one driver: what it has already and still fits is kept."""

from __future__ import annotations

import secrets
from typing import Any

from harness.environments.driver import Driver
from harness.environments.lock.file import FORMAT
from harness.environments.lock.fit import host_of
from harness.environments.lock.observed import observed, part_for
from harness.environments.lock.resolving import resolved_here, resolved_in_container
from harness.environments.recipe import Recipe, recipes
from harness.environments.spec import Environment, SideName
from harness.environments.spec.lock import Lock, LockedDriver, LockedPackages
from harness.environments.store import Tell

SIDES: tuple[SideName, ...] = ("old", "new")


def locked(environment: Environment, driver: Driver, *, update: bool, tell: Tell) -> Lock:
    """The environment's lock, with `driver`'s part made; the other driver's part stays. With `update` every package is
    resolved anew. Raises EnvironmentFailed with what failed, UsageError for a package that has no hash."""
    part = part_for(driver)
    run_id = f"lock-{secrets.token_hex(4)}"
    packages: dict[str, Any] = {}
    for name, recipe in recipes(environment).items():
        kept = None if update else recipe.locks.get(part)
        packages[name] = kept or _resolved(environment, driver, recipe, run_id, tell)
    before = environment.lock or Lock.model_validate({"schema": FORMAT})
    bare = LockedDriver(host=host_of(environment, part)).model_copy(update=packages)
    pinned = environment.with_lock(before.model_copy(update={part: bare}))
    for side in SIDES:
        driver.prepare(pinned, side, tell)  # what is locked is what can be installed
    made = observed(pinned, driver, SIDES, run_id, tell).model_copy(update=packages)
    return before.model_copy(update={part: made})


def _resolved(environment: Environment, driver: Driver, recipe: Recipe, run_id: str, tell: Tell) -> LockedPackages:
    if driver.engine is None:
        return resolved_here(recipe, run_id, tell)
    return resolved_in_container(driver.engine, environment, recipe, run_id, tell)
