"""A devcontainer.json (containers.dev): the image in which people work, its variables and its features."""

from __future__ import annotations

from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.formats.compose import variables
from harness.intake.report import Report

FORMAT = Format("a devcontainer.json", "the file .devcontainer/devcontainer.json")

_MARKS = {
    "features",
    "customizations",
    "forwardPorts",
    "postCreateCommand",
    "containerEnv",
    "remoteUser",
    "dockerComposeFile",
}
_RUNTIMES = ("python", "node", "php", "ruby", "go", "java", "dotnet")


def sniff(report: Report) -> bool:
    """An object with the keys that only it has, and an image or a way to make one."""
    found = report.json
    if not isinstance(found, dict) or "log" in found:
        return False
    return bool(_MARKS & set(found)) and bool({"image", "build", "dockerFile", "dockerComposeFile"} & set(found))


def read(report: Report) -> Iterator[Fact]:
    """Image, runtimes among the features, what tells of the machine."""
    found = report.json
    if isinstance(found.get("image"), str):
        yield report.fact("host", "image", found["image"], '"image"')
    for key in ("containerEnv", "remoteEnv"):
        for name, value in variables(found.get(key)):
            yield report.fact("host", name, value, f'"{key}"')
    features = found.get("features")
    for feature, options in features.items() if isinstance(features, dict) else ():
        name = str(feature).rpartition("/")[2].partition(":")[0]
        version = options.get("version") if isinstance(options, dict) else options
        if name in _RUNTIMES and str(version)[:1].isdigit():
            yield report.fact("runtime", name, version, f'"{feature}"')
