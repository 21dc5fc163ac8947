from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.model.errors import BadFile
from harness.record.extension import prepared_extension

MANIFEST: dict[str, Any] = {
    "manifest_version": 3,
    "name": "Price tags",
    "version": "1.0",
    "background": {"service_worker": "js/bg.js"},
    "action": {"default_popup": "popup.html"},
    "content_scripts": [
        {"matches": ["<all_urls>"], "js": ["cs.js"]},
        {"matches": ["<all_urls>"], "js": ["page.js"], "world": "MAIN"},
        {"matches": ["<all_urls>"], "css": ["look.css"]},
    ],
}


def written(folder: Path, manifest: Any = MANIFEST, **pages: str) -> Path:
    (folder / "js").mkdir(parents=True)
    for worker in ("bg.js", "js/bg.js"):
        (folder / worker).write_text("start()")
    (folder / "manifest.json").write_text(manifest if isinstance(manifest, str) else json.dumps(manifest))
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    return folder


def test__prepared__with_scripts__they_stand_before_everything_that_it_runs(tmp_path: Path) -> None:
    own = written(tmp_path / "own", popup="<!doctype html>\n<html><head lang=en><title>P</title></head></html>")
    found = prepared_extension(own, tmp_path / "scratch", ["one()", "two()"])
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert [entry["js"] for entry in manifest["content_scripts"]] == [
        ["backfit-0.js", "backfit-1.js", "cs.js"],
        ["backfit-main-0.js", "backfit-main-1.js", "page.js"],
        ["backfit-0.js", "backfit-1.js"],
    ]
    worker = manifest["background"]["service_worker"]
    assert worker == "js/backfit-worker.js"
    starts = 'importScripts("/backfit-0.js", "/backfit-1.js", "/js/bg.js");\n'
    assert (found.folder / worker).read_text() == starts
    assert (found.folder / "backfit-main-1.js").read_text() == "two()"
    tags = '<script src="/backfit-0.js"></script><script src="/backfit-1.js"></script>'
    assert f"<head lang=en>{tags}<title>" in (found.folder / "popup.html").read_text()
    assert found.popup == "popup.html"
    assert not list(own.rglob("backfit*")), "the customer's folder is not touched"


@pytest.mark.parametrize(
    ("page", "prepared"),
    [
        ("<!DOCTYPE html><p>a", '<!DOCTYPE html><script src="/backfit-0.js"></script><p>a'),
        ("<header>a", '<script src="/backfit-0.js"></script><header>a'),
        ("<!-- <b> --><HEAD><b>", '<!-- <b> --><HEAD><script src="/backfit-0.js"></script><b>'),
    ],
)
def test__prepared__a_page__gets_the_script_where_it_keeps_its_meaning(
    tmp_path: Path, page: str, prepared: str
) -> None:
    found = prepared_extension(written(tmp_path / "own", page=page), tmp_path / "scratch", ["one()"])
    assert (found.folder / "page.html").read_text() == prepared


def test__prepared__a_module_as_worker__imports_in_order(tmp_path: Path) -> None:
    own = written(tmp_path / "own", {"name": "M", "background": {"service_worker": "/bg.js", "type": "module"}})
    found = prepared_extension(own, tmp_path / "scratch", ["one()", "two()"])
    text = (found.folder / "backfit-worker.js").read_text()
    assert text == 'import "/backfit-0.js"; import "/backfit-1.js"; import "/bg.js";\n'


def test__prepared__a_strict_policy__lets_through_what_is_told(tmp_path: Path) -> None:
    policy = {"extension_pages": "script-src 'self'; connect-src https://a.example; object-src 'self'"}
    own = written(tmp_path / "own", {"name": "P", "content_security_policy": policy})
    found = prepared_extension(own, tmp_path / "scratch", ["one()"], push="http://127.0.0.1:5/__backfit__/reads")
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert manifest["content_security_policy"]["extension_pages"] == (
        "script-src 'self'; connect-src http://127.0.0.1:5 https://a.example; object-src 'self'"
    )


def test__prepared__without_scripts__is_the_same_but_for_its_key(tmp_path: Path) -> None:
    found = prepared_extension(written(tmp_path / "own"), tmp_path / "scratch")
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert manifest.pop("key")
    assert manifest == MANIFEST


def test__id__of_an_extension__is_its_keys_and_else_its_names_wherever_it_lies(tmp_path: Path) -> None:
    ids = [prepared_extension(written(tmp_path / name), tmp_path / f"{name}-copy").id for name in ("a", "b")]
    assert len(set(ids)) == 1
    other = prepared_extension(written(tmp_path / "c", {"name": "Other"}), tmp_path / "c-copy").id
    assert other != ids[0]


@pytest.mark.parametrize("manifest", ["{", "[]", ""])
def test__prepared__a_manifest_that_is_none__is_told(tmp_path: Path, manifest: str) -> None:
    with pytest.raises(BadFile, match="manifest"):
        prepared_extension(written(tmp_path / "own", manifest), tmp_path / "scratch")


@pytest.mark.parametrize("worker", ["../../outside/bg.js", "/../../outside/bg.js", "missing/bg.js"])
def test__prepared__a_worker_that_lies_elsewhere__is_left_for_chromium_to_refuse(tmp_path: Path, worker: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "bg.js").write_text("start()")
    own = written(tmp_path / "own", {"name": "X", "background": {"service_worker": worker}})
    found = prepared_extension(own, tmp_path / "scratch", ["one()"])
    assert json.loads((found.folder / "manifest.json").read_text())["background"] == {"service_worker": worker}
    assert [path.name for path in (tmp_path / "outside").iterdir()] == ["bg.js"]
