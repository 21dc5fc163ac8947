"""What processes of this machine do not contain, and what of a customer's machine they do not match."""

from __future__ import annotations

import os
import platform
import subprocess

from harness.environments import clock
from harness.environments.spec import Environment, Host

_NOTHING = (
    "processes are not contained: system and plugin run as you, and reach your files, your network and what runs here"
)


def limits(environment: Environment) -> list[str]:
    """One line that says that nothing is contained, and one that names the host's keys that are not as the customer's."""
    others = [*_never(environment.host), *_not_here(environment.host)]
    if environment.network.egress:
        others.append("network.egress (every host is reached)")
    return [_NOTHING, *([f"not as the customer's here: {', '.join(others)}"] if others else [])]


def _never(host: Host) -> list[str]:
    """What only a container can have, with what was asked for."""
    found = [] if this_os() == host.os else [f"os {host.os} (this is {this_os()})"]
    listed = {"fonts": host.fonts, "packages": host.packages, "hosts": tuple(host.hosts)}
    found += [f"{key} {' '.join(names)}" for key, names in listed.items() if names]
    memory = None if host.memory is None else f"{host.memory / 2**20:g}M"
    numbers = {"cpus": host.cpus, "memory": memory, "user": host.user}
    return found + [f"{key} {number}" for key, number in numbers.items() if number is not None]


def _not_here(host: Host) -> list[str]:
    """What this machine could have and has not."""
    found = [] if _has_locale(host.locale) else [f"locale {host.locale} (not installed)"]
    return [*found, "clock (libfaketime is not installed)"] if host.clock and not clock.library_here() else found


def this_os() -> str:
    """This machine's system as `host.os` writes it, e.g. debian:bookworm; its kernel's name where it has no os-release."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return platform.system()
    return f"{release['ID']}:{release.get('VERSION_CODENAME') or release.get('VERSION_ID', '')}"


def _has_locale(name: str) -> bool:
    if name.startswith(("C", "POSIX")):
        return True
    try:
        listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False, env=dict(os.environ))
    except FileNotFoundError:  # musl's systems have no such list
        return False
    return _plain(name) in {_plain(each) for each in listed.stdout.split()}


def _plain(name: str) -> str:
    """`en_GB.UTF-8` and `en_GB.utf8` are one."""
    return name.lower().replace("-", "")
