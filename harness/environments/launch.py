"""A start prepared: the command's words, the workspace's files and the variables, alike for both drivers."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.environments import clock
from harness.environments.file_checks import name_inside
from harness.environments.host_layer import CERTIFICATES
from harness.environments.secret_values import plain
from harness.environments.spec import Environment, Side
from harness.environments.store import scratch_folder, writing_to

SEED_TIMEOUT = 300.0
"""Seconds that a seed may take."""

_TRUST = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""The variables by which OpenSSL, Python's requests, curl and Node.js are told of certificates."""


@dataclass(frozen=True)
class Address:
    """Where a system listens (`host` and `port`, as it sees them) and where it is reached from here (`url`).

    `places` are further placeholders: `db.host` and `db.port` of a service that is called db.
    """

    host: str
    port: int
    url: str
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Machine:
    """Where a machine has libfaketime (None where it has none) and, in one file, the certificates that it trusts."""

    faketime: str | None
    certificates: str


CONTAINER = Machine(clock.IN_CONTAINERS, CERTIFICATES)
"""A container of an image that has the host layer."""


@dataclass(frozen=True)
class Scratch:
    """The folders of one start: `workspace` is the system's working folder, `seed` holds the seed's script."""

    folder: Path

    @property
    def workspace(self) -> Path:
        """Where seed and system run."""
        return self.folder / "workspace"

    @property
    def home(self) -> Path:
        """The system's HOME, so that it sees nothing of the user's."""
        return self.folder / "home"

    @property
    def seed(self) -> Path:
        """Where the seed's script lies, beside the workspace and not in it."""
        return self.folder / "seed"

    @property
    def log(self) -> Path:
        """The system's output."""
        return self.folder / "system.log"

    def remove(self) -> None:
        """Removes it all; what a system made unremovable is left to reaping."""
        shutil.rmtree(self.folder, ignore_errors=True)


def prepare_scratch(environment: Environment, side: Side, run_id: str) -> Scratch:
    """New folders with the side's files and seed in place. Raises EnvironmentFailed when they cannot be written."""
    scratch = Scratch(scratch_folder(run_id, side.name))
    try:
        with writing_to(scratch.folder):
            for folder in (scratch.workspace, scratch.home, scratch.seed):
                folder.mkdir()
            copy_files(environment, side.files, scratch)
            if side.seed:
                shutil.copy(environment.folder / side.seed, scratch.seed / Path(side.seed).name)
    except BaseException:
        scratch.remove()
        raise
    return scratch


def copy_files(environment: Environment, names: Sequence[str], scratch: Scratch) -> None:
    """Copies files and folders of the environment into the workspace, under the names that they have there."""
    for name in names:
        source, target = environment.folder / name, scratch.workspace / name_inside(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)


def start_words(side: Side, address: Address) -> list[str]:
    """The start command as words; nothing where an image has its own."""
    return _words(side.start or "", side, address)


def migration_words(side: Side, address: Address) -> list[str]:
    """The migration's command as words; nothing where there is none."""
    return _words(side.migrate or "", side, address)


def system_variables(
    environment: Environment, side: Side, run_id: str, address: Address, machine: Machine = CONTAINER
) -> dict[str, str]:
    """The host's variables, the run's marks, and the environment's own with their placeholders filled in.

    Python's output comes unbuffered: a log probe waits for it, and a system that dies must not take it along.
    Raises EnvironmentFailed where a secret is not there.
    """
    own = {
        name: filled(value, address) if isinstance(value, str) else plain(value, environment.folder)
        for name, value in side.env.items()
    }
    marks = {"BACKFIT_SIDE": side.name, "BACKFIT_RUN": run_id}
    return {"PYTHONUNBUFFERED": "1", **host_variables(environment, run_id, machine), **own, **marks}


def host_variables(environment: Environment, run_id: str, machine: Machine = CONTAINER) -> dict[str, str]:
    """What the customer's machine tells its programs: locale, time zone, time, proxy and certificates."""
    host, direct = environment.host, ["localhost", "127.0.0.1", "::1", "system", *environment.services]
    found = {"LANG": host.locale, "TZ": host.timezone}
    if host.clock and machine.faketime:
        found |= clock.variables(host.clock, host.timezone, clock.began(run_id), machine.faketime)
    if host.proxy:
        proxies = {"http_proxy": host.proxy, "https_proxy": host.proxy, "no_proxy": ",".join(direct)}
        found |= proxies | {name.upper(): value for name, value in proxies.items()}
    if host.ca:
        found |= dict.fromkeys(_TRUST, machine.certificates)
    return found


def hosts_entries(environment: Environment, known: Mapping[str, str]) -> dict[str, str]:
    """The host's entries of /etc/hosts: name -> IP address, with `known` (`system` and services by name -> IP address).

    An entry that leads to what is not in `known` is left out: a plugin sees no service.
    """
    targets = ((name, known.get(target, target)) for name, target in environment.host.hosts.items())
    return {name: target for name, target in targets if re.search(r"[.:]", target)}


def masked(words: Sequence[str], umask: str | None) -> list[str]:
    """The command under the mask, for containers, whose engine knows none; as it is where there is no mask."""
    return ["sh", "-c", 'umask "$0" && exec "$@"', umask, *words] if umask and words else list(words)


def seed_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """The system's variables, with Python's hashes fixed: a seed gives the same data each time."""
    return {**variables, "PYTHONHASHSEED": "0"}


def filled(text: str, address: Address) -> str:
    """`text` with {host}, {port}, {url} and the places of services filled in; other braces stay as they are."""
    known = {"host": address.host, "port": str(address.port), "url": address.url, **address.places}
    return re.sub(r"\{([\w.-]+)\}", lambda match: known.get(match[1], match[0]), text)


def _words(text: str, side: Side, address: Address) -> list[str]:
    """{options} becomes any number of words, the other placeholders parts of one."""
    return [filled(word, address) for word in shlex.split(text.replace("{options}", side.spec.options))]
