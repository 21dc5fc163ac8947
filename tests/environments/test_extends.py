from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.environments.extends import layers, merged, place
from harness.environments.file_checks import Said
from harness.model.errors import BadFile


def files(folder: Path, **texts: str) -> Path:
    """The first one's file; a folder for each, with underscores as slashes."""
    made = []
    for name, text in texts.items():
        file = folder / name.replace("_", "/") / "environment.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        made.append(file)
    return made[0]


@pytest.mark.parametrize(
    ("over", "base", "expected"),
    [
        ("b: 2", "a: 1", {"a": 1, "b": 2}),
        ("a: 2", "a: 1", {"a": 2}),
        ("a: {y: 3}", "a: {x: 1, y: 2}", {"a": {"x": 1, "y": 3}}),
        ("a: [3]", "a: [1, 2]", {"a": [3]}),
        ("a: null", "a: {x: 1}", {}),
        ("a: {x: null}", "a: {x: 1, y: 2}", {"a": {"y": 2}}),
        ("a: null", "b: 1", {"a": None, "b": 1}),
        ("a: {x: 1}", "a: text", {"a": {"x": 1}}),
        ("a: text", "a: {x: 1}", {"a": "text"}),
        ("b: 1", "x: &it {y: 1}\na: {<<: *it, z: 2}", {"x": {"y": 1}, "a": {"y": 1, "z": 2}, "b": 1}),
    ],
)
def test__merged__overlay_and_base__by_key(tmp_path: Path, over: str, base: str, expected: dict[str, Any]) -> None:
    data = merged(layers(files(tmp_path, over=f"extends: ../base\n{over}", base=base)))
    assert data.pop("extends") == "../base"
    assert data == expected


def test__merged__three_files__the_nearest_wins_and_each_text_knows_its_folder(tmp_path: Path) -> None:
    top = files(
        tmp_path,
        a="extends: ../b/c\nx: mine",
        b_c="extends: ../../d/environment.yaml\nx: theirs\ny: from c",
        d="y: from d\nz: [from d]",
    )
    data = merged(layers(top))
    assert (data["x"], data["y"], data["z"]) == ("mine", "from c", ["from d"])
    found = [data["x"], data["y"], data["z"][0]]
    assert [each.prefix if isinstance(each, Said) else None for each in found] == [None, "../b/c", "../d"]


def test__merged__a_base_in_the_same_folder__its_texts_are_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("x: text")
    (tmp_path / "over.yaml").write_text("extends: base.yaml")
    assert not isinstance(merged(layers(tmp_path / "over.yaml"))["x"], Said)


def test__merged__aliases_of_aliases__are_not_written_out(tmp_path: Path) -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12))
    data = merged(layers(files(tmp_path, over="extends: ../base", base=f"l0: &l0 [x]\n{levels}")))
    assert data["l11"][0] is data["l11"][9]


def test__place__a_key__is_found_in_the_nearest_file_that_says_it(tmp_path: Path) -> None:
    top = files(tmp_path, over="extends: ../base\nhost:\n  os: x", base="# told\nhost:\n  os: y\n  zone: z\nlist: [1]")
    chain = layers(top)
    rows = {("host", "os"): ("over", 3), ("host", "zone"): ("base", 4), ("list", 0): ("base", 5), ("no",): ("over", 1)}
    for keys, (folder, line) in rows.items():
        layer, found = place(chain, keys)
        assert (layer.folder.name, found) == (folder, line), keys


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("../nowhere", "over/environment.yaml:1: 'extends': there is no environment ../nowhere"),
        ("[a]", "'extends' names an environment's folder or its file"),
        (".", "extend each other in a circle"),
        ("../base", "base/environment.yaml:1: the environments extend each other in a circle"),
    ],
)
def test__layers__a_bad_base__is_refused_where_it_is_named(tmp_path: Path, named: str, expected: str) -> None:
    with pytest.raises(BadFile) as caught:
        layers(files(tmp_path, over=f"extends: {named}", base="extends: ../over"))
    assert expected in str(caught.value)
