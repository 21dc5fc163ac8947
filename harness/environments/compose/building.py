"""The images of a compose file's services: taken by name, or built before anything is started."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.environments import commands
from harness.environments.compose.tool import compose_variables, compose_words
from harness.environments.dockerfile import build_folder
from harness.environments.engine import Engine, engine_errors
from harness.environments.images import named_image
from harness.environments.installation import INSTALL_TIMEOUT
from harness.environments.store import Tell, content_key


def images_of(engine: Engine, config: Mapping[str, Any], tell: Tell) -> dict[str, str]:
    """The image of each service of a resolved config, made or fetched where it is not there. Raises EnvironmentFailed."""
    with engine_errors("images of the compose file"):
        return {name: _image(engine, name, service, tell) for name, service in config["services"].items()}


def _image(engine: Engine, name: str, service: Mapping[str, Any], tell: Tell) -> str:
    build = service.get("build")
    if not build:
        return named_image(engine, str(service["image"]), tell)
    tell(f"building {name}")
    folder = _plain_folder(build)
    return build_folder(engine, folder) if folder else _built_by_compose(name, build)


def _plain_folder(build: Any) -> Path | None:
    """The folder of a build that asks for nothing but its Dockerfile: there this machine's package sources can be lent."""
    asked = dict(build) if isinstance(build, Mapping) else {"context": build}
    if asked.pop("dockerfile", "Dockerfile") != "Dockerfile":
        return None
    folder = Path(str(asked.pop("context")))
    return folder if not asked and (folder / "Dockerfile").is_file() else None


def _built_by_compose(name: str, build: Any) -> str:
    image = f"backfit/compose:{content_key(name, build)}"
    config = {"services": {name: {"image": image, "build": build}}}
    with tempfile.TemporaryDirectory(prefix="backfit-compose-") as folder:
        file = Path(folder) / "compose.json"
        file.write_text(json.dumps(config))
        argv = [*compose_words(), "-p", image.rpartition(":")[2], "-f", str(file), "build", "--force-rm", name]
        log = Path(folder) / "build.log"
        variables = compose_variables() | {"COMPOSE_DOCKER_CLI_BUILD": "0"}
        commands.run(argv, title=f"building {name}", cwd=Path(folder), env=variables, log=log, timeout=INSTALL_TIMEOUT)
    return image
