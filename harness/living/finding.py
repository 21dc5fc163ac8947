"""The environments of a workspace: which there are, and the one that a person names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness.environments.extends import FILE_NAME
from harness.environments.load import load_environment
from harness.environments.spec import Environment, SideSpec
from harness.model.errors import BackfitError, BadFile
from harness.written import suggestion

ENVIRONMENTS = Path("environments")
_FORMAT = re.compile(r"^\W*schema\W+backfit/environment/", re.MULTILINE)


def files(workspace: Path) -> list[Path]:
    """The environment files below `environments/`, known by their first key."""
    candidates = sorted((workspace / ENVIRONMENTS).rglob("*.yaml"))
    return [file for file in candidates if _FORMAT.search(file.read_text(encoding="utf-8", errors="replace"))]


def each_of(workspace: Path) -> Iterator[tuple[Path, Environment | BackfitError]]:
    """Every file with its environment, or with what is wrong in it."""
    for file in files(workspace):
        try:
            yield file, load_environment(file)
        except BackfitError as error:
            yield file, error


def path_of(name: str, workspace: Path) -> Path:
    """The folder or file that a person means: a path, or the name of one of the workspace's. Raises BadFile with the nearest."""
    if (path := Path(name)).exists():
        return path
    named = {_name(file): file for file in files(workspace)}
    if name in named:
        return named[name]
    hint = suggestion(name, named) if named else "name an environment's folder or its file; `backfit init` makes one"
    raise BadFile(f"there is no environment {name!r}", where=str(workspace / ENVIRONMENTS), hint=hint)


def asked_version(name: str, spec: SideSpec) -> str:
    """The version that a side asks for, as far as its file says: `0.64.8`, else what is installed or built."""
    wanted = [*(spec.pip or ()), *(spec.npm or ())]
    if wanted:
        own = next((each for each in wanted if each.startswith(name)), wanted[0])
        found = re.search(r"(?:==|(?<=.)@)\s*([\w.!+-]+)", own)
        return found[1] if found else own
    return spec.image or spec.build or spec.compose or ""


def _name(file: Path) -> str:
    return file.parent.name if file.name == FILE_NAME else f"{file.parent.name}-{file.stem}"
