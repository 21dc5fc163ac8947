"""A container in which an image is made step by step, and which is gone afterwards whatever happens.

Steps run by exec, not by a Dockerfile: what an exec is given (indexes, tokens, certificates) is not kept in the image,
folders of this machine can be lent to it, and its labels let reaping find it when Backfit is killed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docker.models.containers import Container
from docker.types import Mount

from harness.environments.commands import failed, tail_of
from harness.environments.engine import Engine, archive, labels
from harness.environments.recipe import Step
from harness.environments.sources import Sources, host_sources
from harness.environments.store import file_name

_LENT = "/run/backfit-build"
"""Where the host's settings lie during the build."""


@dataclass(frozen=True)
class Workshop:
    """A running container to install things in."""

    engine: Engine
    container: Container
    variables: Mapping[str, str]

    def run(self, step: Step) -> bytes:
        """Runs the step as root and gives back its standard output. Raises EnvironmentFailed with its last lines."""
        api = self.engine.client.api
        call = api.exec_create(self.container.id, list(step.argv), environment=dict(self.variables), user="0")
        output: tuple[bytes | None, bytes | None] = api.exec_start(call["Id"], demux=True)
        code = api.exec_inspect(call["Id"])["ExitCode"]
        stdout, stderr = output[0] or b"", output[1] or b""
        if code != 0:
            raise failed(
                f"{step.title}: failed with exit code {code} (docker)", step.argv, tail_of(stdout + stderr, 20)
            )
        return stdout

    def keep(self, name: str, notes: Mapping[str, str], config: Mapping[str, Any] | None = None) -> None:
        """Makes the image `name` of what is there now, without what was lent; `notes` become its labels, and `config` says
        what else of the engine's configuration of an image it has (Entrypoint, Cmd, User …)."""
        self.run(Step("clearing the build's settings", ("rm", "-rf", _LENT)))
        repository, _, tag = name.partition(":")
        disowned = dict.fromkeys(labels("", ""), "")  # the image is nobody's: it stays when this run is reaped
        self.container.commit(repository, tag, conf={**(config or {}), "Labels": disowned | dict(notes)})


@contextmanager
def workshop(engine: Engine, image: str, run_id: str) -> Iterator[Workshop]:
    """A container of `image` with the host's package sources lent to it; removed at the end."""
    sources = host_sources()
    container = engine.client.containers.create(
        image,
        entrypoint=["sleep"],
        command=["infinity"],
        user="0",
        working_dir="/",
        name=f"backfit-{file_name(run_id)}-build-{secrets.token_hex(4)}",
        labels=labels(run_id, "build"),
        network_mode="host" if sources.on_loopback else "default",
        mounts=_mounts(sources) if engine.local else [],
    )
    try:
        container.start()
        container.put_archive("/run", archive({}, _lent_files(sources), lambda entry: entry))
        yield Workshop(engine, container, {**sources.build_variables(_LENT), "DEBIAN_FRONTEND": "noninteractive"})
    finally:
        container.remove(force=True, v=True)


def _mounts(sources: Sources) -> list[Mount]:
    return [Mount(str(folder), str(folder), type="bind", read_only=True) for folder in sources.folders]


def _lent_files(sources: Sources) -> dict[str, str]:
    folder = _LENT.rpartition("/")[2]
    return {f"{folder}/{name}": text for name, text in sources.files().items()}
