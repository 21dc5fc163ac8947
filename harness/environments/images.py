"""The image of one side: made of pip and npm packages on the base image, taken by name, or built from a Dockerfile."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.environments.base_image import base_image, is_present, pull
from harness.environments.dockerfile import build_folder
from harness.environments.engine import Engine, engine_errors
from harness.environments.recipe import Step, recipe_for, version_of, versions
from harness.environments.spec import Environment, Side
from harness.environments.store import Tell, content_key, file_name, locked
from harness.environments.workshop import workshop
from harness.model.errors import EnvironmentFailed

INSTALLED = "/opt/backfit"
"""Where packages are in an image that Backfit makes."""
USER = 10001
"""The user that a system runs as in such an image."""

_VERSIONS_LABEL = "backfit.versions"
_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class SideImage:
    """An image to run. `user` is None where it keeps its own; `path` is its PATH ("" for its own)."""

    name: str
    version: str
    plugin_version: str = ""
    user: int | None = None
    path: str = ""
    python: str = "python3"
    config: Mapping[str, Any] = field(default_factory=dict)


def side_image(engine: Engine, environment: Environment, side: Side, run_id: str, tell: Tell) -> SideImage:
    """The image of `side`, made or fetched where it is not there. Raises EnvironmentFailed with what failed."""
    with engine_errors(f"image of {environment.system.name} ({side.name})"):
        if side.spec.image is not None:
            return _named(engine, side.spec.image, tell)
        if side.spec.build is not None:
            tell(f"docker build {side.spec.build}")
            built = build_folder(engine, environment.folder / side.spec.build)
            return SideImage(built, file_name(side.spec.build), config=engine.client.images.get(built).attrs["Config"])
        return _installed(engine, environment, side, run_id, tell)


def _installed(engine: Engine, environment: Environment, side: Side, run_id: str, tell: Tell) -> SideImage:
    recipe = recipe_for(environment, side.name)
    base = base_image(engine, environment.host.os, bool(recipe.npm), run_id, tell)
    steps = [*_host_steps(environment), *recipe.steps(INSTALLED, "python3")]
    key = content_key("image", base, [step.argv for step in steps])
    name = f"backfit/{file_name(environment.system.name.replace('_', '-')).lower()}:{key[:12]}"
    with locked(f"image-{key}", tell):
        if not is_present(engine, name):
            _install(engine, base, steps, recipe.listings(INSTALLED), name, run_id, tell)
    installed = json.loads(engine.client.images.get(name).labels[_VERSIONS_LABEL])
    plugin = environment.plugin
    return SideImage(
        name=name,
        version=version_of(environment.system.name, side.spec.pip or side.spec.npm or (), installed) or side.name,
        plugin_version=version_of(plugin.name, plugin.pip or plugin.npm or (), installed) or "",
        user=USER,
        path=":".join([*recipe.bin_folders(INSTALLED), _SYSTEM_PATH]),
        python=recipe.python(INSTALLED) or "python3",
    )


def _host_steps(environment: Environment) -> list[Step]:
    """What makes the base image the customer's host: a user to run as, and the locale."""
    add_user = ("useradd", "--uid", str(USER), "--no-create-home", "backfit")
    steps = [Step("adding a user", add_user)]
    locale = environment.host.locale
    if not locale.startswith(("C", "POSIX")):
        charset = re.search(r"\.([\w-]+)", locale)
        source = re.sub(r"\.[\w-]+", "", locale)
        argv = ("localedef", "-i", source, "-f", charset[1] if charset else "UTF-8", locale)
        steps.append(Step(f"making the locale {locale}", argv))
    return steps


def _install(
    engine: Engine, base: str, steps: list[Step], listings: list[Step], name: str, run_id: str, tell: Tell
) -> None:
    with workshop(engine, base, run_id) as shop:
        shop.run(Step("making a folder", ("mkdir", "-p", INSTALLED)))
        for step in steps:
            tell(f"{step.title} (in an image)")
            shop.run(step)
        found = versions(shop.run(step).decode() for step in listings)
        shop.keep(name, {_VERSIONS_LABEL: json.dumps(found)})


def _named(engine: Engine, name: str, tell: Tell) -> SideImage:
    if not is_present(engine, name) and (refusal := pull(engine, name, tell)):
        hint = "pull or load it by hand (docker pull, docker load), or build it: build: folder-with-Dockerfile"
        raise EnvironmentFailed(f"the image {name} is not here and cannot be pulled: {refusal}", hint=hint)
    tag = re.search(r"[:@]([^/:@]+)$", name)
    return SideImage(name, tag[1] if tag else "latest", config=engine.client.images.get(name).attrs["Config"])
