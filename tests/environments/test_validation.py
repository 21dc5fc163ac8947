from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from harness.environments.extends import Layer
from harness.environments.spec import Part
from harness.environments.validation import validated
from harness.environments.yaml_file import read_mapping
from harness.model.errors import BadFile


class Inner(Part):
    size: int = Field(default=1, gt=0)


class Shape(Part):
    name: str
    inner: Inner = Inner()


def layer(folder: Path, name: str, text: str) -> Layer:
    file = folder / name
    file.write_text(text)
    return Layer(file, read_mapping(file, "test", ""))


def test__validated__good_data__has_the_shape(tmp_path: Path) -> None:
    only = layer(tmp_path, "a", "name: x\ninner: {size: 2}")
    assert validated(Shape, [only], dict(only.data), {}) == Shape(name="x", inner=Inner(size=2))


def test__validated__mistakes_in_two_files__each_where_it_is_said(tmp_path: Path) -> None:
    top = layer(tmp_path, "top", "\nnmae: x")
    base = layer(tmp_path, "base", "\n\ninner:\n  size: -1")
    with pytest.raises(BadFile) as caught:
        validated(Shape, [top, base], {**base.data, **top.data}, {})
    lines = str(caught.value).replace(str(tmp_path), "HERE").splitlines()
    assert lines == [
        "HERE/top:1: 'name' is missing",
        "HERE/top:2: unknown key 'nmae'",
        "  did you mean 'name'?  known: name, inner",
        "HERE/base:4: 'inner.size': input should be greater than 0, not -1",
    ]
