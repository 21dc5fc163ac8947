"""A Debian suite as an image without a registry: from Debian's archive, the same packages giving the same image id."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.environments import commands
from harness.environments.engine import Engine
from harness.environments.image_archive import write_image
from harness.environments.installation import INSTALL_TIMEOUT, install_variables
from harness.environments.launch import Scratch
from harness.environments.store import scratch_folder

EPOCH = 1_735_689_600
"""What is made later than this (seconds since 1970) is dated so, the image itself as well: SOURCE_DATE_EPOCH of
https://reproducible-builds.org/specs/source-date-epoch/."""
PACKAGES_LABEL = "backfit.packages"
"""The label of a base image that holds its Debian packages: name -> version, as JSON."""

_STATUS = "./var/lib/dpkg/status"
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}

# Debian compiles Python's modules with random hashes, so that their bytes vary: once more, with fixed ones, and checked
# by content, because SOURCE_DATE_EPOCH changes the files' dates. The other two files are this machine's own.
_TIDY = """#!/bin/sh
set -e
chroot "$1" env PYTHONHASHSEED=0 python3 -c "
import pathlib, py_compile, sys
end = '.' + sys.implementation.cache_tag + '.pyc'
for made in sorted(map(str, pathlib.Path('/usr').rglob('*' + end))):
    source = made.replace('__pycache__/', '')[:-len(end)] + '.py'
    py_compile.compile(source, made, source, True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
"
rm -f "$1/etc/resolv.conf" "$1/etc/hostname"
"""


def can_bootstrap() -> bool:
    """Whether this machine has what it takes."""
    return shutil.which("mmdebstrap") is not None


def bootstrap(engine: Engine, suite: str, packages: Sequence[str], name: str, run_id: str) -> None:
    """Makes the image `name` of `suite` (bookworm …) with `packages`. Raises EnvironmentFailed with what failed."""
    scratch = Scratch(scratch_folder(run_id, "base"))
    try:
        root, tidy = scratch.folder / "root.tar", scratch.folder / "tidy"
        tidy.write_text(_TIDY)
        tidy.chmod(0o755)
        argv = ["mmdebstrap", "--variant=minbase", f"--include={','.join(packages)}", f"--customize-hook={tidy}"]
        commands.run(
            [*argv, suite, str(root)],
            title=f"mmdebstrap {suite}",
            cwd=Path("/"),
            env={**install_variables(), "SOURCE_DATE_EPOCH": str(EPOCH)},
            log=scratch.log,
            timeout=INSTALL_TIMEOUT,
        )
        image = scratch.folder / "image.tar"
        with root.open("rb") as layer:
            write_image(image, name, _config(root), [(layer, root.stat().st_size)])
        with image.open("rb") as stream:
            engine.client.images.load(stream)
    finally:
        scratch.remove()


def installed_packages(root: Path) -> dict[str, str]:
    """The Debian packages of a root file system (tar), name -> version: deb822 stanzas of dpkg's status file."""
    with tarfile.open(root) as tar:
        status = tar.extractfile(_STATUS)
        text = status.read().decode() if status else ""
    return packages_in(text)


def packages_in(status: str) -> dict[str, str]:
    """The installed ones of dpkg's status file, name -> version."""
    stanzas = [
        dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line and line[0] != " ")
        for stanza in status.split("\n\n")
    ]
    installed = [each for each in stanzas if each.get("Status", "").endswith(" installed")]
    return {each["Package"]: each["Version"] for each in sorted(installed, key=lambda each: each["Package"])}


def _config(root: Path) -> dict[str, Any]:
    """The image's configuration: nothing in it depends on when or where it is made."""
    with root.open("rb") as stream:
        layer = hashlib.file_digest(stream, "sha256").hexdigest()
    created = datetime.fromtimestamp(EPOCH, UTC).isoformat().replace("+00:00", "Z")
    return {
        "architecture": _MACHINES.get(platform.machine(), platform.machine()),
        "os": "linux",
        "created": created,
        "config": {"Cmd": ["bash"], "Labels": {PACKAGES_LABEL: json.dumps(installed_packages(root), sort_keys=True)}},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer}"]},
        "history": [{"created": created, "comment": "mmdebstrap"}],
    }
