"""The image under a system: the customer's OS with Python (and Node.js) in it, made here when no registry has it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docker.errors
import requests

from harness.environments import commands
from harness.environments.engine import ANSWER_TIMEOUT, Engine, engine_errors
from harness.environments.installation import INSTALL_TIMEOUT, install_variables
from harness.environments.launch import Scratch
from harness.environments.recipe import Step
from harness.environments.store import Tell, content_key, file_name, locked, scratch_folder
from harness.environments.workshop import workshop
from harness.model.errors import EnvironmentFailed

_PYTHON = ("python3", "python3-venv", "python3-pip", "ca-certificates", "locales", "tzdata")
_NODE = ("nodejs", "npm", "libatomic1")
_NUMBERED = {"11": "bullseye", "12": "bookworm", "13": "trixie"}


def base_image(engine: Engine, os_name: str, with_node: bool, run_id: str, tell: Tell) -> str:
    """The name of an image of `os_name` with Python, and Node.js where asked: present, else made from the OS's image,
    else (Debian only) made from Debian's archive. Raises EnvironmentFailed when neither can be had."""
    packages = (*_PYTHON, *(_NODE if with_node else ()))
    key = content_key("base", os_name, packages)
    name = f"backfit/base:{file_name(os_name.rpartition(':')[2])}-{key[:12]}"
    with locked(f"base-{key}", tell), engine_errors(f"base image of {os_name}"):
        if not is_present(engine, name):
            refusal = None if is_present(engine, os_name) else pull(engine, os_name, tell)
            if refusal is None:
                _extend(engine, os_name, packages, name, run_id, tell)
            else:
                _bootstrap(engine, os_name, packages, name, refusal, run_id, tell)
    return name


def is_present(engine: Engine, name: str) -> bool:
    """Whether the engine has the image."""
    try:
        engine.client.images.get(name)
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


def _extend(engine: Engine, os_name: str, packages: tuple[str, ...], name: str, run_id: str, tell: Tell) -> None:
    tell(f"installing {' '.join(packages)} on {os_name}")
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    with workshop(engine, os_name, run_id) as shop:
        shop.run(Step("apt-get update", ("apt-get", "update")))
        shop.run(Step(f"apt-get install {' '.join(packages)}", install))
        shop.keep(name, {})


def _bootstrap(
    engine: Engine, os_name: str, packages: tuple[str, ...], name: str, refusal: str, run_id: str, tell: Tell
) -> None:
    suite = _debian_suite(os_name)
    if suite is None or shutil.which("mmdebstrap") is None:
        missing = "only Debian can be made here" if suite is None else "mmdebstrap is not installed"
        hint = f"pull or load {os_name}, install mmdebstrap for a debian:… host, or take --driver process"
        raise EnvironmentFailed(f"no image {os_name}: {refusal}; {missing}", hint=hint)
    tell(f"making {os_name} with mmdebstrap, because it cannot be pulled")
    scratch = Scratch(scratch_folder(run_id, "base"))
    try:
        tar = scratch.folder / "base.tar"
        argv = ["mmdebstrap", "--variant=minbase", f"--include={','.join(packages)}", suite, str(tar)]
        commands.run(
            argv,
            title=f"mmdebstrap {suite}",
            cwd=Path("/"),
            env=install_variables(),
            log=scratch.log,
            timeout=INSTALL_TIMEOUT,
        )
        repository, _, tag = name.partition(":")
        engine.client.api.import_image_from_file(str(tar), repository=repository, tag=tag)
    finally:
        scratch.remove()


def _debian_suite(os_name: str) -> str | None:
    match = re.fullmatch(r"(?:docker\.io/)?(?:library/)?debian:([a-z0-9]+)(-slim)?", os_name)
    return _NUMBERED.get(match[1], match[1]) if match else None
