"""Building a customer's own Dockerfile, with the host's package sources and certificates lent to it.

The certificates come from an image of their own (COPY --from), so that the build's context holds what its folder holds.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from docker.utils.build import create_archive, exclude_paths

from harness.environments.base_image import is_present
from harness.environments.built_image import without_lent
from harness.environments.commands import failed
from harness.environments.engine import Engine, archive
from harness.environments.sources import host_sources
from harness.environments.store import content_key

_LENT = "/run/backfit-build"
_STAGE = re.compile(r"^[ \t]*FROM[ \t]+(?:[^\n]*\\\n)*[^\n]*$", re.IGNORECASE | re.MULTILINE)


def build_folder(engine: Engine, folder: Path) -> str:
    """The image that the folder's Dockerfile makes, by its id, or by its name where what was lent had to be taken out of
    it again. Raises EnvironmentFailed with the failing step's last lines.

    It is the classic builder, the API's default; its own cache keeps what did not change.
    """
    sources = host_sources()
    variables = sources.dockerfile_arguments(_LENT)
    settings = _settings_image(engine, sources.certificate_file()) if sources.certificates else None
    dockerfile = lend((folder / "Dockerfile").read_text(), list(variables), settings)
    with tempfile.TemporaryFile() as context:
        _write_context(context, folder, dockerfile)
        stream = engine.client.api.build(
            fileobj=context, custom_context=True, buildargs=variables, rm=True, forcerm=True, decode=True
        )
        built = _built(stream, folder.name)
    return without_lent(engine, built, variables, _LENT) if variables else built


def lend(dockerfile: str, variables: list[str], settings: str | None) -> str:
    """The Dockerfile with the variables declared in each stage (ARG: they are not kept) and the files of the image
    `settings` copied in."""
    added = [f"COPY --from={settings} / {_LENT}/"] if settings else []
    added += [f"ARG {name}" for name in variables]
    return _STAGE.sub(lambda match: "\n".join([match.group(), *added]), dockerfile)


def _settings_image(engine: Engine, files: Mapping[str, str]) -> str:
    name = f"backfit/build-settings:{content_key(dict(files))}"
    if not is_present(engine, name):
        repository, _, tag = name.partition(":")
        tar = archive({}, files, lambda entry: entry)
        engine.client.api.import_image_from_data(tar, repository=repository, tag=tag)
    return name


def _write_context(context: IO[bytes], folder: Path, dockerfile: str) -> None:
    ignore = folder / ".dockerignore"
    patterns = [line.strip() for line in ignore.read_text().splitlines()] if ignore.exists() else []
    files = exclude_paths(str(folder), [line for line in patterns if line and line[0] != "#"])
    others = sorted(files - {"Dockerfile"})
    create_archive(str(folder), files=others, fileobj=context, extra_files=[("Dockerfile", dockerfile)])


def _built(stream: Iterable[Mapping[str, Any]], folder: str) -> str:
    messages = list(stream)  # to the end, or the engine's answer stays open
    lines = "".join(message.get("stream", "") for message in messages).splitlines()[-20:]
    for message in messages:
        if "error" in message:
            title = f"docker build {folder}"
            raise failed(f"{title}: {message['error']}", ["docker", "build", folder], "\n".join(lines))
    return next(str(message["aux"]["ID"]) for message in messages if "ID" in message.get("aux", {}))
