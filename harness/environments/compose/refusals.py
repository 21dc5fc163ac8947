"""What a customer's compose file may not have: rights over this machine, and what is other people's on the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CLOCK_FILES = ("/etc/localtime", "/etc/timezone")
"""What many files mount so that containers have the machine's zone; to be read only."""


@dataclass(frozen=True)
class Mounted:
    """A folder or file of this machine that a service sees."""

    source: str
    read_only: bool


def refusals(config: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Why the resolved `config` of the files in `folder` is not brought up, a line each; nothing where it is."""
    for name, service in config.get("services", {}).items():
        for why in _service(service, folder):
            yield f"the service '{name}' {why}"
    for kind in ("networks", "volumes", "secrets", "configs"):
        for name, each in (config.get(kind) or {}).items():
            if each and each.get("external"):
                yield f"{kind[:-1]} '{name}' is external: it would be shared with what else runs on this machine"
            if each and kind == "volumes" and each.get("driver_opts"):
                yield f"volume '{name}' has driver_opts, which can lead to any folder of this machine"
            if each and not inside(str(each.get("file") or folder), folder):
                yield f"{kind[:-1]} '{name}' is outside the compose file's folder: {each['file']}"


def binds(service: Mapping[str, Any]) -> Iterator[tuple[int, Mounted]]:
    """The mounts of this machine's files, each with its index in `volumes`."""
    for index, each in enumerate(service.get("volumes") or ()):
        if isinstance(each, Mapping):
            if each.get("type") == "bind":
                yield index, Mounted(str(each["source"]), bool(each.get("read_only")))
        else:
            source, *rest = str(each).split(":")
            if source.startswith("/") and rest:
                yield index, Mounted(source, "ro" in (rest[1].split(",") if len(rest) > 1 else ()))


def inside(path: str, folder: Path) -> bool:
    """Whether the path is in the folder, links followed."""
    return Path(path).resolve().is_relative_to(folder.resolve())


def _service(service: Mapping[str, Any], folder: Path) -> Iterator[str]:
    if service.get("privileged"):
        yield "is privileged"
    for key in ("network_mode", "pid", "ipc", "userns_mode", "uts", "cgroup"):
        value = str(service.get(key) or "")
        if value == "host" or value.startswith("container:"):
            yield f"has {key}: {value}, which is not its own"
    for key in ("cap_add", "devices", "external_links", "device_cgroup_rules", "cgroup_parent"):
        if service.get(key):
            yield f"has {key}: {service[key]}"
    for each in service.get("volumes_from") or ():
        if str(each).startswith("container:"):
            yield f"has volumes_from: {each}, which is not its own"
    for _, mount in binds(service):
        if not inside(mount.source, folder) and not (mount.read_only and mount.source in _CLOCK_FILES):
            yield f"mounts {mount.source} of this machine"
    build = service.get("build")
    context = build.get("context") if isinstance(build, Mapping) else build
    if context and "://" not in str(context) and not inside(str(context), folder):
        yield f"is built from {context}, outside the compose file's folder"
