"""Images as files, as `docker load` reads them, so that nothing in an image depends on when or where it was made.

https://github.com/moby/moby/blob/v20.10.24/image/spec/v1.2.md, "Combined Image JSON + Filesystem Changeset Format".
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any


def write_image(image: Path, name: str, config: Mapping[str, Any], layers: Iterable[tuple[IO[bytes], int]]) -> None:
    """Writes the file `image`: `name` is repository:tag, the digest of `config` becomes the image's id, and each of
    `layers` is a tar and its size in bytes, the lowest first."""
    text = json.dumps(config, sort_keys=True).encode()
    named = f"{hashlib.sha256(text).hexdigest()}.json"
    paths = []
    with tarfile.open(image, "w") as tar:
        for number, (stream, size) in enumerate(layers):
            paths.append(f"{number}/layer.tar")
            _add(tar, paths[-1], stream, size)
        manifest = json.dumps([{"Config": named, "RepoTags": [name], "Layers": paths}]).encode()
        for path, content in ((named, text), ("manifest.json", manifest)):
            _add(tar, path, io.BytesIO(content), len(content))


def rewrite_image(saved: Path, image: Path, name: str, config: Mapping[str, Any], kept: Iterable[int]) -> None:
    """Writes `image` of what `docker save` gave: another configuration, and of its layers those whose number is kept."""
    with tarfile.open(saved) as tar:
        paths = _manifest(tar)["Layers"]
        write_image(image, name, config, (_member(tar, paths[number]) for number in kept))


def saved_config(saved: Path) -> dict[str, Any]:
    """The configuration of the image that `docker save` gave."""
    with tarfile.open(saved) as tar:
        found: dict[str, Any] = json.load(_member(tar, _manifest(tar)["Config"])[0])
        return found


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    found: dict[str, Any] = json.load(_member(tar, "manifest.json")[0])[0]
    return found


def _member(tar: tarfile.TarFile, name: str) -> tuple[IO[bytes], int]:
    entry = tar.getmember(name)
    while entry.issym() or entry.islnk():  # a layer that is there twice
        folder = posixpath.dirname(entry.name) if entry.issym() else ""
        entry = tar.getmember(posixpath.normpath(posixpath.join(folder, entry.linkname)))
    stream = tar.extractfile(entry)
    assert stream is not None, f"{name} is no file of a saved image"
    return stream, entry.size


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    tar.addfile(entry, content)
