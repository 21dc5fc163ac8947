"""A customer's compose file made fit to run beside others: whose it is, no fixed names and ports, no way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.environments.compose.refusals import binds, inside

_DROPPED = ("ports", "container_name", "build", "logging", "version")
_FIXED = ("name", "external", "ipam")
_MEMORY = ("mem_limit", "memswap_limit")
_CPU = ("cpu_period", "cpu_quota")
_OWN_CPU = ("cpus", "cpu_shares", "cpu_quota", "cpu_period", "cpu_count", "cpu_percent")
_RIGHTS = ("cap_drop", "cap_add", "security_opt", "pids_limit", *_MEMORY, *_CPU)


@dataclass(frozen=True)
class Arrangement:
    """What one start adds. `folder` is where the file's paths lead, `copy` what stands for it; `rights` gives a service's
    isolation (docker-py's words) by its name, `variables` are the system's, `outward` is a network that lets allowed hosts
    through."""

    system: str
    folder: Path
    copy: Path
    images: Mapping[str, str]
    labels: Mapping[str, str]
    rights: Callable[[str], Mapping[str, Any]]
    variables: Mapping[str, str]
    outward: str | None = None


def arranged(config: Mapping[str, Any], plan: Arrangement) -> dict[str, Any]:
    """The compose file to start. A `$` in what is added is doubled, since compose fills names in."""
    services = {name: _service(name, each, plan) for name, each in config["services"].items()}
    networks = {name: _own(each, plan) | {"internal": True} for name, each in (config.get("networks") or {}).items()}
    networks.setdefault("default", {"internal": True, "labels": dict(plan.labels)})
    if plan.outward:
        networks[_OUTWARD] = {"external": True, "name": plan.outward}
    volumes = {name: _own(each, plan) for name, each in (config.get("volumes") or {}).items()}
    rest = {key: value for key, value in config.items() if key in ("secrets", "configs") or key.startswith("x-")}
    return {**rest, "services": services, "networks": networks, "volumes": volumes}


_OUTWARD = "backfit-outward"


def _service(name: str, service: Mapping[str, Any], plan: Arrangement) -> dict[str, Any]:
    kept = {key: value for key, value in service.items() if key not in _DROPPED}
    if kept.get("network_mode") == "bridge":  # the engine's own bridge, which everybody is on
        del kept["network_mode"]
    if plan.outward and "network_mode" not in kept:
        kept["networks"] = {**_named(kept.get("networks") or ["default"]), _OUTWARD: None}
    if name == plan.system:
        added = {key: value.replace("$", "$$") for key, value in plan.variables.items()}
        kept["environment"] = _pairs(kept.get("environment") or {}) | added
    if kept.get("volumes"):
        kept["volumes"] = _volumes(kept, plan)
    kept["labels"] = _pairs(kept.get("labels") or {}) | dict(plan.labels)
    kept["image"] = plan.images[name]
    return {"dns": ["127.0.0.1"], "dns_opt": ["timeout:1", "attempts:1"], **kept, **_rights(kept, plan.rights(name))}


def _rights(service: Mapping[str, Any], rights: Mapping[str, Any]) -> dict[str, Any]:
    """The isolation, but for bounds that the file sets itself."""
    own: set[str] = {"pids_limit"} & set(service)
    own |= set(_MEMORY) if set(_MEMORY) & set(service) else set()
    own |= set(_CPU) if set(_OWN_CPU) & set(service) else set()
    return {key: rights[key] for key in _RIGHTS if key in rights and key not in own}


def _volumes(service: Mapping[str, Any], plan: Arrangement) -> list[Any]:
    """The mounts, the copy's in the place of the customer's folder's: two runs side by side share no file."""
    found = list(service["volumes"])
    for index, mount in binds(service):
        if inside(mount.source, plan.folder):
            source = str(plan.copy / Path(mount.source).resolve().relative_to(plan.folder.resolve()))
            whole = found[index]
            if isinstance(whole, Mapping):
                found[index] = {**whole, "source": source}
            else:
                found[index] = source + str(whole)[len(mount.source) :]
    return found


def _own(each: Mapping[str, Any] | None, plan: Arrangement) -> dict[str, Any]:
    kept = {key: value for key, value in (each or {}).items() if key not in _FIXED}
    return {**kept, "labels": _pairs(kept.get("labels") or {}) | dict(plan.labels)}


def _named(names: Any) -> dict[str, Any]:
    return dict(names) if isinstance(names, Mapping) else dict.fromkeys(names)


def _pairs(given: Any) -> dict[str, Any]:
    """`{A: b}` of itself or of `[A=b]`, as compose takes both."""
    if isinstance(given, Mapping):
        return dict(given)
    return {name: value for name, _, value in (str(each).partition("=") for each in given)}
