from __future__ import annotations

from pathlib import Path

import pytest

from harness.declared.documents import Documents
from harness.model.errors import BadFile


def documents(folder: Path, **files: str) -> Documents:
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(exist_ok=True)
        file.with_suffix(".yaml").write_text(text, encoding="utf-8")
    return Documents(folder / "api.yaml")


@pytest.mark.parametrize(
    ("reference", "name", "value"),
    [
        ("#/a/b~1c", "#/a/b~1c", 1),
        ("#/l/1", "#/l/1", "y"),
        ("#/a/b~1c%20", "#/a/b~1c ", 2),
        ("more/pet.yaml#/Pet", "more/pet.yaml#/Pet", "cat"),
        ("./more/../more/pet.yaml", "more/pet.yaml#", {"Pet": "cat"}),
        ("api.yaml#/l", "#/l", ["x", "y"]),
        ("#thing", "#/s", {"$anchor": "thing", "$id": "thing.json"}),
        ("thing.json", "#/s", {"$anchor": "thing", "$id": "thing.json"}),
        ("https://x.test/api.json#/l/0", "#/l/0", "x"),
    ],
)
def test__target__of_a_reference__is_the_place_that_it_names(
    tmp_path: Path, reference: str, name: str, value: object
) -> None:
    api = "$id: https://x.test/api.json\na: {b/c: 1, 'b/c ': 2}\nl: [x, y]\ns: {$anchor: thing, $id: thing.json}"
    target = documents(tmp_path, api=api, more__pet="Pet: cat").root.target(reference)
    assert (target.name, target.value) == (name, value)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("#/a/none", "points at nothing: there is no 'none'"),
        ("#/a/l/7", "points at nothing"),
        ("#nowhere", "no $anchor is called 'nowhere'"),
        ("none.yaml", "a file that is not there"),
        ("../outside.yaml", "leads out of the document's folder"),
        ("/etc/passwd", "leads out of the document's folder"),
        ("%2e%2e/outside.yaml", "leads out of the document's folder"),
        ("http://x.test/pet.yaml", "points into the network"),
        ("//x.test/pet.yaml", "points into the network"),
        ("file:///etc/passwd", "points into the network"),
    ],
)
def test__target__of_a_reference_to_nothing__says_where_it_stands(tmp_path: Path, reference: str, said: str) -> None:
    (tmp_path / "outside.yaml").write_text("a: 1", encoding="utf-8")
    folder = tmp_path / "inside"
    folder.mkdir()
    root = documents(folder, api="a:\n  l: [x]\n  r: y").root
    with pytest.raises(BadFile) as error:
        root.child("a").child("r").target(reference)
    assert said in error.value.what
    assert "(at #/a/r)" in error.value.what
    assert error.value.where == f"{folder / 'api.yaml'}:3"


def test__target__through_a_link_out_of_the_folder__is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("a: 1", encoding="utf-8")
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(BadFile, match="leads out"):
        documents(folder, api="a: 1").root.target("link.yaml")


def test__followed__of_references_in_a_circle__is_an_error(tmp_path: Path) -> None:
    root = documents(tmp_path, api="a: {$ref: '#/b'}\nb: {$ref: '#/a'}").root
    with pytest.raises(BadFile, match="leads back to itself"):
        root.get("a")


def test__said__of_another_type__is_an_error_that_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"api\.yaml:2: this is a text, not 1"):
        documents(tmp_path, api="b: x\na: 1").root.said("a", "")
