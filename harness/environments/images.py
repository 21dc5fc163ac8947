"""The image of one side: made of pip and npm packages on the base image, taken by name, or built from a Dockerfile."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.environments.base_image import is_present, pull
from harness.environments.dockerfile import build_folder
from harness.environments.engine import Engine, engine_errors
from harness.environments.host_layer import user_of
from harness.environments.layers import adapted, host_image, layered
from harness.environments.lock.errors import lock_errors
from harness.environments.recipe import Recipe, Step, recipe_for, version_of, versions
from harness.environments.spec import Environment, Side
from harness.environments.store import Tell, file_name
from harness.environments.workshop import Workshop
from harness.model.errors import EnvironmentFailed

INSTALLED = "/opt/backfit"
"""Where packages are in an image that Backfit makes."""

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
            named = named_image(engine, side.spec.image, tell)
            tag = re.search(r"[:@]([^/:@]+)$", named)
            return _ready_made(engine, environment, named, tag[1] if tag else "latest", run_id, tell)
        if side.spec.build is not None:
            tell(f"docker build {side.spec.build}")
            built = build_folder(engine, environment.folder / side.spec.build)
            return _ready_made(engine, environment, built, file_name(side.spec.build), run_id, tell)
        return _installed(engine, environment, side, run_id, tell)


def named_image(engine: Engine, name: str, tell: Tell) -> str:
    """The image's name, once it is here. Raises EnvironmentFailed where it cannot be pulled either."""
    if not is_present(engine, name) and (refusal := pull(engine, name, tell)):
        hint = "pull or load it by hand (docker pull, docker load), or build it: build: folder-with-Dockerfile"
        raise EnvironmentFailed(f"the image {name} is not here and cannot be pulled: {refusal}", hint=hint)
    return name


def _ready_made(
    engine: Engine, environment: Environment, image: str, version: str, run_id: str, tell: Tell
) -> SideImage:
    name = adapted(engine, image, environment, run_id, tell, system=True)
    return SideImage(name, version, config=engine.client.images.get(name).attrs["Config"])


def _installed(engine: Engine, environment: Environment, side: Side, run_id: str, tell: Tell) -> SideImage:
    recipe = recipe_for(environment, side.name)
    base = host_image(engine, environment, bool(recipe.npm), run_id, tell)
    steps = [Step("making a folder", ("mkdir", "-p", INSTALLED)), *recipe.steps(INSTALLED, "python3")]
    repository = f"backfit/{file_name(environment.system.name.replace('_', '-')).lower()}"
    with lock_errors(recipe):
        name = layered(engine, base, steps, repository, run_id, tell, listing=lambda shop: _listed(shop, recipe))
    installed = json.loads(engine.client.images.get(name).labels[_VERSIONS_LABEL])
    plugin = environment.plugin
    return SideImage(
        name=name,
        version=version_of(environment.system.name, side.spec.pip or side.spec.npm or (), installed) or side.name,
        plugin_version=version_of(plugin.name, plugin.pip or plugin.npm or (), installed) or "",
        user=user_of(environment.host),
        path=":".join([*recipe.bin_folders(INSTALLED), _SYSTEM_PATH]),
        python=recipe.python(INSTALLED) or "python3",
    )


def _listed(shop: Workshop, recipe: Recipe) -> dict[str, str]:
    found = versions(shop.run(step).decode() for step in recipe.listings(INSTALLED))
    return {_VERSIONS_LABEL: json.dumps(found)}
