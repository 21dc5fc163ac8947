"""Whose code is asking: the plugin's, although it is installed beside the libraries."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.reads.python.backfit_reads import frames

PACKAGES = Path(os.__file__).parent / "site-packages"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (json.__file__, True),
        (os.__file__, True),
        ("<frozen importlib._bootstrap>", True),
        (frames.__file__, True),
        (str(PACKAGES / "requests/models.py"), True),
        (str(PACKAGES / "pydantic/main.py"), True),
        (str(PACKAGES / "glances_api/__init__.py"), False),
        (str(PACKAGES / "requests_of_mine/api.py"), False),
        (str(PACKAGES / "six.py"), False),
        ("/usr/lib/python3/dist-packages/requests/api.py", True),
        ("/usr/lib/python3/dist-packages/plugin.py", False),
        ("/app/plugin.py", False),
        ("<string>", False),
    ],
)
def test__is_library__of_a_file__leaves_out_what_reads_for_others(file: str, expected: bool) -> None:
    assert frames.is_library(file) is expected


def test__where__called_by_the_standard_library__is_the_code_below_it() -> None:
    found: list[str] = []
    sorted([1], key=lambda each: found.append(frames.where(sys._getframe())) or each)
    json.loads("{}", object_hook=lambda each: found.append(frames.where(sys._getframe(1))))
    assert [Path(each.rpartition(":")[0]) for each in found] == [Path(__file__)] * 2


def test__speaker__of_a_mapping_made_of_another__is_who_asks() -> None:
    class Asking(dict):  # type: ignore[type-arg]
        get = Mapping.get

        def __getitem__(self, key: object) -> object:
            return frames.speaker(sys._getframe(1)).f_code.co_filename  # type: ignore[union-attr]

    assert Asking().get("a") == __file__
