"""Modules are changed when the plugin imports them, in whatever way, and what is not understood stays as it was."""

from __future__ import annotations

import importlib.resources
import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.reads.lines import read_told
from harness.reads.python.backfit_reads import importing, notebook


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.syspath_prepend(tmp_path)
    notebook.open_at(str(tmp_path / "reads"))
    known = set(sys.modules)
    yield
    notebook.open_at("")
    for name in set(sys.modules) - known:
        del sys.modules[name]


def patch(module: Any) -> None:
    module.PATCHED = module.MADE


def test__follow__a_module_that_comes_later__patches_it_after_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "later_one.py").write_text("MADE = 1")
    importing.follow({"later_one": patch})
    module = importlib.import_module("later_one")
    assert module.PATCHED == 1
    assert (type(module.__spec__.loader), vars(module.__spec__.loader).keys()) == (
        importlib.machinery.SourceFileLoader,
        {"name", "path"},
    )


def test__follow__a_module_that_is_there__patches_it_now(tmp_path: Path) -> None:
    (tmp_path / "there_one.py").write_text("MADE = 2")
    module = importlib.import_module("there_one")
    importing.follow({"there_one": patch})
    assert module.PATCHED == 2


def test__follow__a_module_inside_a_package__patches_it_and_leaves_its_data_to_be_found(tmp_path: Path) -> None:
    (tmp_path / "pack_one").mkdir()
    (tmp_path / "pack_one/__init__.py").write_text("from pack_one.inner import MADE")
    (tmp_path / "pack_one/inner.py").write_text("MADE = 3")
    (tmp_path / "pack_one/data.txt").write_text("data")
    importing.follow({"pack_one.inner": patch, "pack_one": patch})
    assert importlib.import_module("pack_one").PATCHED == 3
    assert sys.modules["pack_one.inner"].PATCHED == 3
    assert importlib.resources.files("pack_one").joinpath("data.txt").read_text() == "data"


def test__follow__a_module_in_an_archive__patches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("zipped_one.py", "MADE = 4")
    monkeypatch.syspath_prepend(tmp_path / "archive.zip")
    importing.follow({"zipped_one": patch})
    assert importlib.import_module("zipped_one").PATCHED == 4


def test__follow__a_module_that_is_not_there__is_missing_as_before() -> None:
    importing.follow({"nowhere_one": patch})
    assert importlib.util.find_spec("nowhere_one") is None
    with pytest.raises(ModuleNotFoundError, match="nowhere_one"):
        importlib.import_module("nowhere_one")


def test__follow__a_module_that_fails__fails_as_before_and_may_be_imported_again(tmp_path: Path) -> None:
    (tmp_path / "failing_one.py").write_text("import sys; MADE = 5; sys.failing_one")
    importing.follow({"failing_one": patch})
    with pytest.raises(AttributeError):
        importlib.import_module("failing_one")
    (tmp_path / "failing_one.py").write_text("MADE = 55")
    importlib.invalidate_caches()
    assert importlib.import_module("failing_one").PATCHED == 55


def test__follow__a_version_that_is_unknown__leaves_it_alone_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "strange_one.py").write_text("__version__ = '9.9'")
    importing.follow({"strange_one": patch})
    assert not hasattr(importlib.import_module("strange_one"), "PATCHED")
    [note] = read_told(tmp_path / "reads").notes
    assert note.startswith("strange_one 9.9 is unknown and not tracked: AttributeError: ")


def test__follow__nothing_is_imported__that_nobody_asked_for() -> None:
    importing.follow({"plistlib_one": patch, "zipapp": patch})
    assert "zipapp" not in sys.modules
