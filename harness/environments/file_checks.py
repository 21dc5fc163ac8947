"""What the keys that name files must be, and whose they are: a file is found beside the environment.yaml that says it,
which is another folder's where that one is a base (`extends:`).

A file of a base is written as rsync --relative has it: in `../base/./data/rows.csv` what comes before `/./` leads to the
base's folder, and what comes after it is the file's own name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationInfo

from harness.environments.checks import mistake
from harness.written import suggestion

_MARK = "/./"


class Said(str):
    """A text that a base says; `prefix` is the way from the environment's folder to the base's."""

    __slots__ = ("prefix",)
    prefix: str

    def __new__(cls, text: str, prefix: str) -> Said:
        """The text itself, with the way to it."""
        said = super().__new__(cls, text)
        said.prefix = prefix
        return said


def of_its_folder(value: Any) -> Any:
    """A base's file by the way to it; what the environment's own file says stays as it is."""
    if not isinstance(value, Said) or Path(value).is_absolute():
        return value
    return f"{value.prefix}{_MARK}{value}"


def name_inside(name: str) -> str:
    """The name by which a file's own environment.yaml knows it: what it is called where it is copied to."""
    return name.rpartition(_MARK)[2]


def existing(value: str, info: ValidationInfo) -> str:
    """A relative path to something that exists in the folder of whoever says it."""
    prefix, marked, name = value.rpartition(_MARK)
    if marked and prefix not in _bases(info):  # a person's own way to write data/./rows.csv
        return existing(value.replace(_MARK, "/"), info)
    folder = folder_of(info) / prefix
    found = (folder / name).resolve()
    if Path(name).is_absolute() or not found.is_relative_to(folder.resolve()):
        raise mistake(f"'{name}' is outside the environment's folder", f"copy it into {folder} and name it from there")
    if not found.exists():
        names = [entry.name for entry in folder.iterdir() if entry.name != "environment.yaml"]
        raise mistake(f"'{name}' does not exist in {folder}", suggestion(name, names))
    return value


def python_script(value: str) -> str:
    """A Python file."""
    if not value.endswith(".py"):
        raise mistake(f"'{value}' is not a .py script")
    return value


def dockerfile_folder(value: str, info: ValidationInfo) -> str:
    """A folder with a Dockerfile in it."""
    existing(value, info)
    if not (folder_of(info) / value / "Dockerfile").is_file():
        raise mistake(f"there is no Dockerfile in '{value}'", "build: names the folder that holds it")
    return value


def offline_source(value: str, info: ValidationInfo) -> str:
    """`npm:PACKAGE@VERSION/PATH` or a file of the environment."""
    if not name_inside(value).startswith("npm:"):
        return existing(value, info)
    if not re.fullmatch(r"npm:(@[\w.-]+/)?[\w.-]+@[\w.+-]+/.+", name_inside(value)):
        raise mistake(f"cannot read '{value}'", "write npm:PACKAGE@VERSION/PATH, e.g. npm:chart.js@2.9.4/dist/Chart.js")
    return name_inside(value)


def folder_of(info: ValidationInfo) -> Path:
    """The environment's folder."""
    context: Mapping[str, Path] = info.context or {}
    return context["folder"]


def _bases(info: ValidationInfo) -> Collection[str]:
    """The ways to the folders of the environment's bases."""
    context: Mapping[str, Collection[str]] = info.context or {}
    return context.get("bases", ())
