"""`backfit env lock`: pin what an environment is made of."""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.choices import DriverName
from harness.cli.options import EnvironmentPath
from harness.environments.driver import choose_driver
from harness.environments.load import load_environment
from harness.environments.lock.file import lock_file, write_lock
from harness.environments.lock.making import locked
from harness.environments.lock.observed import part_for
from harness.environments.spec.lock import LockedDriver
from harness.report.terminal import progress
from harness.report.text import count

EPILOG = """\
Examples:

backfit env lock environments/bike-shop

backfit env lock environments/bike-shop --update --driver process

environment.lock is written beside the environment's file, to be committed: from then on exactly these packages are installed,
by their hashes. It has a part for each driver. What fits what the environment asks for is kept; --update takes what is
newest. `--frozen` of check, record, ablate and env up refuses what is not as it is locked.
Exit codes: 0 it is written, 2 a bad file or option, 3 the environment failed (a package that cannot be had, no engine).
"""


def lock(
    environment: EnvironmentPath,
    update: Annotated[bool, typer.Option("--update", help="Resolve every package anew.")] = False,
    driver: Annotated[
        DriverName, typer.Option("--driver", help="Lock for docker or for process; auto takes the one that is used.")
    ] = DriverName.AUTO,
) -> None:
    """Write environment.lock: image ids, every package's version and hash, the browser's build."""
    loaded = load_environment(environment)
    file = lock_file(loaded.path)
    with progress(Console(stderr=True)) as tell:
        chosen, why = choose_driver(driver.value, f"lock-{secrets.token_hex(4)}", loaded)
        tell(why)
        with closing(chosen):
            made = locked(loaded, chosen, update=update, tell=tell)
    write_lock(file, made)
    name = part_for(chosen)
    part = made.driver(name)
    assert part is not None, "it was made just now"
    print(f"{file}: {_said(part)}, for the {name} driver")


def _said(part: LockedDriver) -> str:
    packages = [each for each in (part.old, part.new, part.plugin) if each]
    pip = sum(len(each.pip) for each in packages)
    npm = sum(len(each.npm) - 1 for each in packages if each.npm)
    counted = {"pip package": pip, "npm package": npm, "Debian package": len(part.debian), "image": len(part.images)}
    said = [count(number, what) for what, number in counted.items() if number]
    return ", ".join([*said, *([f"{part.browser.name} {part.browser.version}"] if part.browser else [])]) or "nothing"
