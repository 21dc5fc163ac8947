"""A built image without what was lent to its build: the classic builder keeps copied files in a layer, and the values of
build arguments in the history of every RUN. What a customer's image says of this machine's indexes is nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from harness.environments.base_image import is_kept
from harness.environments.engine import Engine
from harness.environments.image_archive import rewrite_image, saved_config
from harness.environments.launch import Scratch
from harness.environments.store import scratch_folder

_ARGUMENTS = re.compile(r"\|(\d+) ")


def without_lent(engine: Engine, built: str, variables: Mapping[str, str], folder: str) -> str:
    """The name of the image `built` (an id) without the arguments `variables` in its history, and without the layers that
    were copied to `folder`; made once. The build's own cache, which stays on this engine, still has them."""
    name = f"backfit/built:{built.removeprefix('sha256:')[:12]}"
    if not is_kept(engine, name):
        scratch = Scratch(scratch_folder("build", "image"))
        try:
            saved, clean = scratch.folder / "saved.tar", scratch.folder / "clean.tar"
            with saved.open("wb") as stream:
                for chunk in engine.client.images.get(built).save():
                    stream.write(chunk)
            config, layers = cleaned(saved_config(saved), variables, folder)
            rewrite_image(saved, clean, name, config, layers)
            with clean.open("rb") as stream:
                engine.client.images.load(stream)
        finally:
            scratch.remove()
    return name


def cleaned(config: Mapping[str, Any], variables: Mapping[str, str], folder: str) -> tuple[dict[str, Any], list[int]]:
    """An image's configuration without what was lent, and the numbers of the layers that it keeps."""
    history, layers, number = [], [], 0
    for entry in config["history"]:
        command = str(entry.get("created_by", ""))
        lent = _is_lent(command, variables, folder)
        if not lent:
            history.append({**entry, "created_by": _without(command, variables)} if command else entry)
        if not entry.get("empty_layer"):
            layers += [] if lent else [number]
            number += 1
    kept = {key: value for key, value in config.items() if key not in ("container", "container_config")}
    diffs = config["rootfs"]["diff_ids"]
    return {
        **kept,
        "history": history,
        "rootfs": {"type": "layers", "diff_ids": [diffs[each] for each in layers]},
    }, layers


def _is_lent(command: str, variables: Mapping[str, str], folder: str) -> bool:
    """Whether it is one of the two instructions that lend: COPY --from=… / FOLDER/ and ARG NAME."""
    if "#(nop)" not in command:
        return False
    copied = re.search(rf"COPY \S+ in {re.escape(folder)}/? *$", command)
    declared = re.search(r"ARG (\w+) *$", command)
    return bool(copied or (declared and declared[1] in variables))


def _without(command: str, variables: Mapping[str, str]) -> str:
    """`|2 A=1 B=2 /bin/sh -c true` without the arguments that are ours."""
    match = _ARGUMENTS.match(command)
    if match is None:
        return command
    rest, count = command[match.end() :], int(match[1])
    for name, value in variables.items():
        if f"{name}={value} " in rest:
            rest, count = rest.replace(f"{name}={value} ", "", 1), count - 1
    return f"|{count} {rest}" if count else rest
