"""An environment against its lock: what drifted is told, and refused where it must not (`--frozen`)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence

from harness.environments.driver import Driver
from harness.environments.lock.file import lock_file
from harness.environments.lock.fit import misfits
from harness.environments.lock.observed import observed, part_for
from harness.environments.recipe import recipes
from harness.environments.spec import Environment, SideName
from harness.environments.spec.lock import LockedDriver
from harness.environments.store import Tell
from harness.model.errors import EnvironmentFailed, UsageError


def check_lock(
    environment: Environment, driver: Driver, sides: Sequence[SideName], tell: Tell, *, frozen: bool
) -> None:
    """Says what of the environment is not as it is locked, once its sides are prepared: to `tell`, which is enough, or
    as the error where it is `frozen`.

    Raises (frozen only) UsageError where there is no lock or the environment asks for something else now,
    EnvironmentFailed where what is asked is the same, and what is there is another.
    """
    locked = check_asked(environment, driver, sides, tell, frozen=frozen)
    if frozen and locked is not None:
        found = observed(environment, driver, sides, f"frozen-{secrets.token_hex(4)}", tell)
        if drifted := list(drift(locked, found, whole=len(sides) > 1)):
            what = _listed("what is here is not what was locked", drifted)
            raise EnvironmentFailed(what, where=str(lock_file(environment.path)), hint=_hint(environment, driver))


def check_asked(
    environment: Environment, driver: Driver, sides: Sequence[SideName], tell: Tell, *, frozen: bool
) -> LockedDriver | None:
    """The first half of it, which the two files alone tell, before anything is installed: what was locked for the driver."""
    part, where, hint = part_for(driver), str(lock_file(environment.path)), _hint(environment, driver)
    locked = environment.lock.driver(part) if environment.lock else None
    if locked is None:
        if frozen:
            raise UsageError(f"nothing is locked for the {part} driver", where=where, hint=hint)
        return None
    asked = {name: recipe.asked for name, recipe in recipes(environment).items() if name in (*sides, "plugin")}
    if changed := list(misfits(environment, part, locked, asked)):
        if frozen:
            raise UsageError(_listed("the environment is not what was locked", changed), where=where, hint=hint)
        tell(_listed("not installed as locked", changed))
    return locked


def drift(locked: LockedDriver, found: LockedDriver, *, whole: bool) -> Iterator[str]:
    """What was `found` that is not as `locked`, a line each; what is missing counts where `whole` says that all is here."""
    tables: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
        "image": (locked.images, found.images),
        "folder": (locked.folders, found.folders),
        "Debian's": (locked.debian, found.debian),
        "browser": (_browser(locked), _browser(found)),
    }
    for what, (before, now) in tables.items():
        for name in sorted({*now, *(before if whole else ())}):
            if before.get(name) != now.get(name):
                yield f"{what} {name}: locked {before.get(name, 'none')}, here {now.get(name, 'none')}"


def _hint(environment: Environment, driver: Driver) -> str:
    return f"`backfit env lock {environment.path.parent} --driver {part_for(driver)}` makes it anew"


def _browser(part: LockedDriver) -> dict[str, str]:
    return {part.browser.name: part.browser.version} if part.browser else {}


def _listed(what: str, lines: Sequence[str]) -> str:
    return f"{what}: {lines[0]}" if len(lines) == 1 else "\n".join([f"{what}:", *(f"  {line}" for line in lines)])
