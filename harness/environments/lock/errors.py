"""A locked package that cannot be had any more, told as that and not as a failed command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from harness.environments.recipe import Recipe, normalised
from harness.environments.spec.lock import LockedPackages
from harness.model.errors import EnvironmentFailed

_PIP_GONE = re.compile(r"No matching distribution found for ([\w.-]+)==(\S+)")
_PIP_OTHER = re.compile(r"DO NOT MATCH THE HASHES.*?\n\W*([\w.-]+)==(\S+)[^\n]*:\n", re.DOTALL)
_NPM_GONE = re.compile(
    r"(?:No matching version found for |')((?:@[\w.-]+/)?[\w.-]+)@([\w.+-]+?)(?:\.?$|' is not in)", re.MULTILINE
)
_NPM_OTHER = re.compile(r"(sha\d+-\S+) integrity checksum failed")


@contextmanager
def lock_errors(recipe: Recipe, driver: str = "docker") -> Iterator[None]:
    """Lets the failures of an installation through; where a locked package is gone or is another one, says so first."""
    try:
        yield
    except EnvironmentFailed as error:
        locked = recipe.locks.get(driver)
        if locked and (what := _unresolved(error.hint or "", locked)):
            hint = f"`backfit env lock ENVIRONMENT --driver {driver} --update` takes what is there now\n  {error.hint}"
            raise EnvironmentFailed(f"the lock no longer resolves: {what}", where=error.where, hint=hint) from error
        raise


def _unresolved(said: str, locked: LockedPackages) -> str | None:
    """What of the lock is missed, by what pip or npm said."""
    if found := _PIP_GONE.search(said):
        return f"{found[1]}=={found[2]} ({_pip_hash(locked, found[1])}) is not in any index"
    if found := _PIP_OTHER.search(said):
        return f"{found[1]}=={found[2]} is another file now, not {_pip_hash(locked, found[1])}"
    if found := _NPM_GONE.search(said):
        return f"{found[1]}@{found[2]} is not in the registry"
    if found := _NPM_OTHER.search(said):
        return f"{_npm_name(locked, found[1])} is another file now, not {found[1]}"
    return None


def _pip_hash(locked: LockedPackages, name: str) -> str:
    package = locked.pip.get(normalised(name))
    return f"sha256 {package.sha256}" if package else "not locked"


def _npm_name(locked: LockedPackages, integrity: str) -> str:
    places = (place for place, each in locked.npm.items() if each.get("integrity") == integrity)
    return next(places, "a package").rpartition("node_modules/")[2]
