"""An environment over another one: `extends: ../base`, and what each of the two files says.

Mappings are merged key by key, lists and single values replace what the base says, and `null` removes it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedBase

from harness.environments.file_checks import Said
from harness.environments.yaml_file import read_mapping
from harness.model.errors import BadFile

FILE_NAME = "environment.yaml"
KEY = "extends"


@dataclass(frozen=True)
class Layer:
    """One file of a chain: what it says itself, with the lines of its keys (ruamel's round-trip data)."""

    file: Path
    data: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.file.parent.absolute()

    def line(self, keys: Sequence[int | str]) -> int | None:
        """The line of the last of `keys`, from 1; None where it does not say them. Of a key that a YAML merge (<<)
        brought in, it is the line of what holds it."""
        line = 1
        here: Any = self.data
        for key in keys:
            if not has(here, key):
                return None
            line = _line_of(here, key) or line
            here = here[key]
        return line


def layers(file: Path) -> tuple[Layer, ...]:
    """The file and its bases, the nearest first. Raises BadFile, also for a base that is not there or a circle."""
    found = [Layer(file, read_environment(file))]
    while KEY in found[-1].data:
        base = _base(found[-1])
        names = [str(each.file) for each in found]
        if base.resolve() in [each.file.resolve() for each in found]:
            raise _bad(found[-1], f"the environments extend each other in a circle: {' → '.join([*names, str(base)])}")
        found.append(Layer(base, read_environment(base)))
    return tuple(found)


def read_environment(file: Path) -> Mapping[str, Any]:
    """What one environment file says by itself. Raises BadFile."""
    return read_mapping(file, "environment", "schema: backfit/environment/v1")


def merged(chain: Sequence[Layer]) -> dict[str, Any]:
    """What the files of a chain say together; texts of a base are Said, unless it is in the same folder."""
    data: Mapping[str, Any] = {}
    for layer in reversed(chain):
        prefix = way(chain[0], layer)
        data = _over(data, layer.data if prefix == "." else _said(layer.data, prefix, {}))
    return dict(data)


def way(top: Layer, layer: Layer) -> str:
    """The relative way from the folder of one to that of another, `.` where it is the same."""
    return os.path.relpath(layer.folder.resolve(), top.folder.resolve())


def has(container: Any, key: int | str) -> bool:
    """Whether a mapping has the key, or a list the index."""
    if isinstance(container, list):
        return isinstance(key, int) and key < len(container)
    return isinstance(container, Mapping) and key in container


def place(chain: Sequence[Layer], keys: Sequence[int | str]) -> tuple[Layer, int]:
    """The nearest file that says `keys`, and the line."""
    found = ((layer, line) for layer in chain if (line := layer.line(keys)) is not None)
    return next(found, (chain[0], 1))


def _base(layer: Layer) -> Path:
    named = layer.data[KEY]
    if not isinstance(named, str) or not named:
        raise _bad(layer, f"'{KEY}' names an environment's folder or its file, not {named!r}")
    found = layer.file.parent / named
    file = found / FILE_NAME if found.is_dir() else found
    if not file.is_file():
        raise _bad(layer, f"'{KEY}': there is no environment {named}")
    return file


def _bad(layer: Layer, what: str) -> BadFile:
    return BadFile(what, where=f"{layer.file}:{layer.line([KEY])}", hint="write it relative to this file: ../base")


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """`own` over `base`. What only one of them says stays the very thing that it is: a few lines of YAML aliases can say
    more than any memory holds."""
    found = dict(base)
    for key, value in own.items():
        below = found.get(key)
        if key in found and value is None:
            del found[key]
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            found[key] = _over(below, value)
        else:
            found[key] = value
    return found


def _said(value: Any, prefix: str, known: dict[int, Any]) -> Any:
    """`value` with its texts as Said; `known` has what was made already, by identity, for aliases."""
    if id(value) not in known:
        if isinstance(value, Mapping):
            known[id(value)] = {key: _said(each, prefix, known) for key, each in value.items()}
        elif isinstance(value, list):
            known[id(value)] = [_said(each, prefix, known) for each in value]
        else:
            known[id(value)] = Said(value, prefix) if isinstance(value, str) else value
    return known[id(value)]


def _line_of(container: Any, key: int | str) -> int | None:
    places = container.lc.data if isinstance(container, CommentedBase) else None
    return places[key][0] + 1 if places and key in places else None
