from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from harness.environments.image_archive import rewrite_image, saved_config, write_image

CONFIG = {"rootfs": {"type": "layers", "diff_ids": ["sha256:a", "sha256:b"]}}
LAYERS = (b"the lowest", b"the next")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    image = tmp_path / "saved.tar"
    write_image(image, "a/b:c", CONFIG, [(io.BytesIO(layer), len(layer)) for layer in LAYERS])
    return image


def layers(image: Path) -> list[bytes]:
    with tarfile.open(image) as tar:
        manifest = json.loads(member(tar, "manifest.json"))[0]
        return [member(tar, path) for path in manifest["Layers"]]


def member(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(name)
    assert stream
    return stream.read()


def test__write_image__twice__is_the_same_file_whose_name_of_the_configuration_is_its_digest(
    saved: Path, tmp_path: Path
) -> None:
    write_image(tmp_path / "again.tar", "a/b:c", CONFIG, [(io.BytesIO(layer), len(layer)) for layer in LAYERS])
    assert (tmp_path / "again.tar").read_bytes() == saved.read_bytes()
    assert layers(saved) == [*LAYERS]
    with tarfile.open(saved) as tar:
        manifest = json.loads(member(tar, "manifest.json"))[0]
        digest = hashlib.sha256(member(tar, manifest["Config"])).hexdigest()
    assert (manifest["Config"], manifest["RepoTags"]) == (f"{digest}.json", ["a/b:c"])
    assert saved_config(saved) == CONFIG


def test__rewrite_image__fewer_layers__keeps_the_others_in_order(saved: Path, tmp_path: Path) -> None:
    other = {"rootfs": {"type": "layers", "diff_ids": ["sha256:b"]}}
    rewrite_image(saved, tmp_path / "other.tar", "d:e", other, [1])
    assert (layers(tmp_path / "other.tar"), saved_config(tmp_path / "other.tar")) == ([LAYERS[1]], other)


def test__rewrite_image__layer_that_is_a_link_to_another__is_followed(tmp_path: Path) -> None:
    saved = tmp_path / "linked.tar"
    manifest = [{"Config": "c.json", "Layers": ["1/layer.tar", "2/layer.tar"]}]
    with tarfile.open(saved, "w") as tar:
        for name, content in (
            ("1/layer.tar", b"x"),
            ("c.json", b"{}"),
            ("manifest.json", json.dumps(manifest).encode()),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("2/layer.tar")
        link.type, link.linkname = tarfile.SYMTYPE, "../1/layer.tar"
        tar.addfile(link)
    rewrite_image(saved, tmp_path / "other.tar", "d:e", {}, [0, 1])
    assert layers(tmp_path / "other.tar") == [b"x", b"x"]
