"""One container of a run: made with its owner's labels, asked for its output after it is gone as well."""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import docker.errors
import requests
from docker.models.containers import Container

from harness.environments.commands import failed, tail_of
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.store import file_name
from harness.model.errors import EnvironmentFailed


class Box:
    """A container; every method raises EnvironmentFailed where the engine refuses."""

    def __init__(self, engine: Engine, container: Container, name: str) -> None:
        self._engine, self.container, self.name = engine, container, name
        self._last_words: str | None = None

    @classmethod
    def create(cls, engine: Engine, image: str, run_id: str, name: str, **options: Any) -> Box:
        """A container that is not started yet. `name` is what it is to people: db, old; `options` are docker-py's."""
        with engine_errors(f"making the container of {name}"):
            container = engine.client.containers.create(
                image,
                name=f"backfit-{file_name(run_id)}-{file_name(name)}-{secrets.token_hex(4)}",
                labels=labels(run_id, name),
                **options,
            )
        return cls(engine, container, name)

    @property
    def id(self) -> str:
        """The engine's id of it."""
        return str(self.container.id)

    def start(self) -> None:
        """Starts it."""
        with engine_errors(f"starting {self.name}"):
            self.container.start()

    def alive(self) -> bool:
        """Whether it runs."""
        if self._last_words is not None:
            return False
        with engine_errors(f"looking at {self.name}"):
            self.container.reload()
            return bool(self.container.status == "running")

    def logs(self, lines: int = 40) -> str:
        """The last lines of its output, and how it ended where it did; after it was removed as well."""
        words = self._last_words
        if words is None:
            words = "\n".join(filter(None, (self.output(lines), self._end())))
        return "\n".join(words.splitlines()[-lines:])

    def output(self, lines: int) -> str:
        """The last lines of its output alone."""
        with engine_errors(f"reading the output of {self.name}"):
            return tail_of(self.container.logs(tail=lines), lines)

    def _end(self) -> str:
        """How it ended, as Docker tells it; nothing while it runs."""
        with engine_errors(f"looking at {self.name}"):
            self.container.reload()
        state: Mapping[str, Any] = self.container.attrs["State"]
        if state["Status"] not in ("exited", "dead"):
            return ""
        if state.get("OOMKilled"):
            most = self.container.attrs["HostConfig"]["Memory"] / 2**20
            return f"(killed: it used more than {most:.0f} MiB of memory, see host.memory)"
        return f"({self.name} ended with exit code {state['ExitCode']})"

    def run(
        self, argv: Sequence[str], timeout: float = 60.0, user: str = "", env: Mapping[str, str] | None = None
    ) -> str:
        """What a command prints that runs inside, as the container's user where none is said. Raises EnvironmentFailed."""
        api = self._engine.client.api
        done: queue.Queue[bytes | Exception] = queue.Queue()

        def wait(call: str) -> None:
            try:
                done.put(api.exec_start(call))
            except (docker.errors.DockerException, requests.RequestException) as error:
                done.put(error)

        with engine_errors(f"running {argv[0]} in {self.name}"):
            call = str(api.exec_create(self.id, list(argv), user=user, environment=dict(env or {}))["Id"])
            threading.Thread(target=wait, args=(call,), daemon=True).start()
            try:
                output = done.get(timeout=timeout)
            except queue.Empty:
                raise failed(f"{self.name}: not done after {timeout:g} s", argv, "") from None
            if isinstance(output, Exception):
                raise output
            code = api.exec_inspect(call)["ExitCode"]
        if code != 0:
            raise failed(f"{self.name}: failed with exit code {code}", argv, tail_of(output, 20))
        return output.decode("utf-8", "replace")

    def wait(self, timeout: float) -> int | None:
        """The exit code of what runs in it, None when it is not done after `timeout` seconds."""
        with engine_errors(f"waiting for {self.name}"):
            try:
                return int(self.container.wait(timeout=timeout)["StatusCode"])
            except requests.RequestException:  # docker-py's way to say that the time is over
                return None

    def put(self, folder: str, tar: bytes | IO[bytes]) -> None:
        """Unpacks a tar into `folder`."""
        with engine_errors(f"filling {folder} of {self.name}"):
            self.container.put_archive(folder, tar)

    def take(self, folder: str, tar: Path) -> None:
        """Writes what is in `folder` into a tar file."""
        with engine_errors(f"reading {folder} of {self.name}"), tar.open("wb") as stream:
            chunks, _ = self.container.get_archive(f"{folder}/.", chunk_size=None)
            stream.writelines(chunks)

    def stop(self, grace: int) -> None:
        """Asks it to end, and kills it after `grace` seconds."""
        with engine_errors(f"stopping {self.name}"):
            self.container.stop(timeout=grace)

    def kill(self) -> None:
        """Ends it at once; nothing where it does not run."""
        with engine_errors(f"ending {self.name}"):
            try:
                self.container.kill()
            except docker.errors.APIError as error:
                if error.status_code not in (404, 409):  # it is gone, or does not run
                    raise

    def remember(self) -> None:
        """Reads its output for the last time: what `logs` says from now on."""
        if self._last_words is None:
            self._last_words = self._words()

    def remove(self) -> None:
        """Removes it with the volumes that are its own; may be called again."""
        self.remember()
        with engine_errors(f"removing {self.name}"), suppress(docker.errors.NotFound):
            self.container.remove(force=True, v=True)

    def _words(self) -> str:
        try:
            return self.logs(1000)
        except EnvironmentFailed as error:  # what is to be removed must not stay because it cannot be read
            return str(error)
