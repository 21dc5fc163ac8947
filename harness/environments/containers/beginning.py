"""A side's data as they are before the plugin sees them: made once a run, and what every start of it begins from.

OLD's are seeded. NEW's are, or they are OLD's, brought forward by NEW's own migration as a customer would.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.environments.containers.deployment import Deployment
from harness.environments.containers.kept import Kept
from harness.environments.containers.seeded_files import with_seed
from harness.environments.containers.snapshot import Facts, Snapshot
from harness.environments.containers.start import Start
from harness.environments.launch import migration_words
from harness.environments.services.seeding import calls_of, make_call
from harness.environments.store import Tell


def seeded(kept: Kept, start: Start, tell: Tell) -> Snapshot:
    """The side's files with its seed and its services' seeds done. Where NEW migrates, OLD has run as well by then: a
    system may make its tables when it starts. Raises EnvironmentFailed with what failed."""
    environment = start.environment
    files: Mapping[str, Path] = start.files(kept.folder())
    calls = list(calls_of(environment))
    runs = bool(calls) or environment.side("new").migrate is not None
    facts = Facts.of(environment, start.side.name, start.image.version)
    in_services = any(service.seed for service in environment.services.values())
    if not (start.side.seed or in_services or runs):
        return Snapshot(facts, files)
    deployment = Deployment(kept, start, tell)
    try:
        deployment.services_up()
        deployment.seed_services()
        if start.side.seed:
            files = with_seed(deployment, files, tell)
        if runs:
            deployment.system_up(files)
            for step in calls:
                make_call(step, deployment.address.url)
        return Snapshot(facts, *deployment.halted(files))
    finally:
        deployment.end()


def migrated(kept: Kept, old: Snapshot, start: Start, tell: Tell) -> Snapshot:
    """OLD's data after NEW's migration, run with NEW's installation beside OLD's services; files that are NEW's alone
    are put over OLD's workspace. Raises EnvironmentFailed with the migration's last lines."""
    deployment = Deployment(kept, start, tell)
    try:
        deployment.services_up(old.data)
        tell(f"migrating {start.environment.system.name} from {old.facts.version} to {start.image.version}")
        words = migration_words(start.side, deployment.address)
        variables = start.variables(deployment.address)
        workspace, said = deployment.once(
            words, [old.workspace, start.added_files(kept.folder())], variables, "migration"
        )
        for line in said.splitlines():
            tell(f"  | {line}")
        facts = Facts.of(start.environment, start.side.name, start.image.version)
        return Snapshot(facts, *deployment.halted(workspace))
    finally:
        deployment.end()
