"""A side's files with its seed done. A seed is deterministic: what it made is kept by content, and made once."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path

from harness.environments.containers.deployment import Deployment
from harness.environments.containers.start import Start
from harness.environments.launch import seed_variables
from harness.environments.spec import Secret
from harness.environments.store import Tell, content_key, kept

_OF_THIS_RUN = "BACKFIT_RUN"


def with_seed(deployment: Deployment, files: Mapping[str, Path], tell: Tell) -> Mapping[str, Path]:
    """The files (tars by folder inside) as the side's seed leaves them. Raises EnvironmentFailed with its last lines."""
    start = deployment.start
    words, variables = start.seed_words(), seed_variables(start.variables(deployment.address))
    if not _stands_alone(start):
        return deployment.once(words, [files], variables, "seed")[0]

    def make(folder: Path) -> dict[str, str]:
        made, _ = deployment.once(words, [files], variables, "seed")
        for tar in made.values():
            shutil.move(tar, folder / tar.name)
        return {inside: tar.name for inside, tar in made.items()}

    told = {name: value for name, value in sorted(variables.items()) if name != _OF_THIS_RUN}
    contents = {inside: _content(tar) for inside, tar in files.items()}
    folder, notes = kept(content_key("seed", start.image.name, start.user, words, told, contents), make, tell)
    return {inside: folder / name for inside, name in notes.items()}


def _stands_alone(start: Start) -> bool:
    """Whether the seed sees nothing but its files: no service, no host outside, no clock that goes on; and no secret,
    which is kept nowhere. A customer's own image may change under its name."""
    environment = start.environment
    more = environment.services, environment.network.egress, environment.host.clock
    secret = any(isinstance(value, Secret) for value in start.side.env.values())
    return start.image.user is not None and not any(more) and not secret


def _content(tar: Path) -> str:
    """What a tar holds, whenever it was made."""
    found = hashlib.sha256()
    with tarfile.open(tar) as entries:
        for entry in entries:
            found.update(f"{entry.name}\0{entry.mode}\0{entry.type!r}\0{entry.linkname}\0{entry.size}\0".encode())
            if stream := entries.extractfile(entry) if entry.isfile() else None:
                while piece := stream.read(1 << 20):
                    found.update(piece)
    return found.hexdigest()
