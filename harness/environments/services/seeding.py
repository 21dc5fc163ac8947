"""What is put into services before the plugin sees them: SQL and commands inside, calls to the system beside them."""

from __future__ import annotations

import http.client
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from harness.environments.box import Box
from harness.environments.commands import quoted
from harness.environments.engine import archive
from harness.environments.file_checks import name_inside
from harness.environments.launch import SEED_TIMEOUT
from harness.environments.services.plan import Plan
from harness.environments.spec import Environment, SeedStep, Service
from harness.model.errors import EnvironmentFailed


def files_of(service: Service, folder: Path) -> dict[str, Path]:
    """The files that a service wants in its working folder: name inside -> file of the environment in `folder`."""
    return {name_inside(name): folder / name for name in service.files}


def seed_service(service: Service, plan: Plan, box: Box, folder: Path) -> None:
    """Runs the steps that need the service alone, in order; their SQL lies in `folder`, the environment's.

    Raises EnvironmentFailed with a failing step's last lines.
    """
    sql = {name_inside(step.sql): folder / step.sql for step in service.seed if step.sql}
    if sql:
        box.put(plan.folder, archive(sql, {}, lambda entry: entry))
    for step in service.seed:
        if step.sql:
            box.run(["sh", "-c", f"{plan.client} < {shlex.quote(name_inside(step.sql))}"], SEED_TIMEOUT)
        elif step.run:
            box.run(shlex.split(step.run), SEED_TIMEOUT)


def calls_of(environment: Environment) -> Iterator[SeedStep]:
    """The steps that need the system, service by service."""
    for service in environment.services.values():
        yield from (step for step in service.seed if step.call)


def make_call(step: SeedStep, url: str) -> None:
    """Sends one call to the system at `url`. Raises EnvironmentFailed when it answers with a status from 400 on."""
    method, _, path = str(step.call).partition(" ")
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=SEED_TIMEOUT)
    body = None if step.body is None else json.dumps(step.body).encode()
    try:
        connection.request(method, path, body, {} if body is None else {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise EnvironmentFailed(f"seed: {type(error).__name__} {error}", where=step.call) from error
    finally:
        connection.close()
    if answer.status >= 400:
        raise EnvironmentFailed(f"seed: status {answer.status}", where=step.call, hint=quoted(text[:2000]))
