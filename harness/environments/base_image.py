"""The image under a system: the customer's OS with Python (and Node.js) in it, made here when no registry has it."""

from __future__ import annotations

import json
import re

import docker.errors
import requests

from harness.environments.bootstrap import PACKAGES_LABEL, bootstrap, can_bootstrap
from harness.environments.engine import ANSWER_TIMEOUT, Engine, engine_errors
from harness.environments.host_layer import installing
from harness.environments.recipe import Step
from harness.environments.store import Tell, content_key, file_name, locked
from harness.environments.workshop import workshop
from harness.model.errors import EnvironmentFailed
from harness.written import suggestion

SUITES = {"bullseye": "11", "bookworm": "12", "trixie": "13"}
"""Debian's suites that are made here where no registry answers, and the numbers that they go by as well."""

_PYTHON = ("python3", "python3-venv", "python3-pip", "ca-certificates", "locales", "tzdata")
_NODE = ("nodejs", "npm", "libatomic1")
_LISTING = Step("listing the packages", ("dpkg-query", "--show", "--showformat", "${Package} ${Version}\\n"))


def base_image(engine: Engine, os_name: str, with_node: bool, run_id: str, tell: Tell) -> str:
    """The name of an image of `os_name` with Python, and Node.js where asked: present, else made from the OS's image,
    else (Debian only) made from Debian's archive. Raises EnvironmentFailed when neither can be had."""
    packages = [*_PYTHON, *(_NODE if with_node else ())]
    key = content_key("base", os_name, packages, "reproducible")
    name = f"backfit/base:{file_name(os_name.rpartition(':')[2])}-{key[:12]}"
    with locked(f"base-{key}", tell), engine_errors(f"base image of {os_name}"):
        if not is_kept(engine, name):
            refusal = None if is_present(engine, os_name) else pull(engine, os_name, tell)
            if refusal is None:
                _extend(engine, os_name, packages, name, run_id, tell)
            else:
                suite = _suite(os_name, refusal)
                tell(f"making {os_name} with mmdebstrap, because it cannot be pulled")
                bootstrap(engine, suite, packages, name, run_id)
    return name


def packages_of(engine: Engine, base: str) -> dict[str, str]:
    """The Debian packages in a base image, name -> version."""
    found: dict[str, str] = json.loads(engine.client.images.get(base).labels[PACKAGES_LABEL])
    return found


def is_present(engine: Engine, name: str) -> bool:
    """Whether the engine has the image."""
    try:
        engine.client.images.get(name)
    except docker.errors.ImageNotFound:
        return False
    return True


def is_kept(engine: Engine, name: str) -> bool:
    """Whether the engine has an image that Backfit made. Its tag is set again: when that was is its last use, for pruning."""
    repository, _, tag = name.partition(":")
    try:
        engine.client.api.tag(name, repository, tag)
    except docker.errors.ImageNotFound:
        return False
    return True


def pull(engine: Engine, name: str, tell: Tell) -> str | None:
    """Pulls the image; None when it is here, else why not, in one line. A registry that is silent does not answer."""
    tell(f"pulling {name}")
    engine.client.api.timeout, before = ANSWER_TIMEOUT * 4, engine.client.api.timeout
    try:
        tagged = name if re.search(r"[:@][^/]*$", name) else f"{name}:latest"
        engine.client.images.pull(tagged)
    except (docker.errors.APIError, requests.RequestException) as error:
        return str(getattr(error, "explanation", None) or error).splitlines()[0]
    finally:
        engine.client.api.timeout = before
    return None


def _extend(engine: Engine, os_name: str, packages: list[str], name: str, run_id: str, tell: Tell) -> None:
    tell(f"installing {' '.join(packages)} on {os_name}")
    with workshop(engine, os_name, run_id) as shop:
        for step in installing(packages):
            shop.run(step)
        listed = dict(line.split(" ", 1) for line in shop.run(_LISTING).decode().splitlines())
        shop.keep(name, {PACKAGES_LABEL: json.dumps(listed, sort_keys=True)})


def _suite(os_name: str, refusal: str) -> str:
    """The suite of `debian:…`. Raises EnvironmentFailed where it cannot be made here, with the nearest that can."""
    match = re.fullmatch(r"(?:docker\.io/)?(?:library/)?debian:(.+?)(-slim)?", os_name)
    suites = {name: name for name in SUITES} | {number: name for name, number in SUITES.items()}
    if match is None or match[1] not in suites:
        near = suggestion(os_name, [f"debian:{name}" for name in SUITES])
        hint = f"{near}\n  or pull or load {os_name} by hand (docker pull, docker load), or take --driver process"
        raise EnvironmentFailed(f"no image {os_name}: {refusal}; of its own Backfit makes some of Debian", hint=hint)
    if not can_bootstrap():
        hint = f"install mmdebstrap, pull or load {os_name}, or take --driver process"
        raise EnvironmentFailed(f"no image {os_name}: {refusal}; mmdebstrap is not installed", hint=hint)
    return suites[match[1]]
