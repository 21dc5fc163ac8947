"""What environment.yaml may say of pages, and what each mistake is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.environments.load import load_environment
from harness.model.errors import BadFile

TEXT = """\
schema: backfit/environment/v1
customer: A customer
system:
  name: datasette
  start: datasette --host {host} --port {port}
  KNOWN
  old: {pip: [datasette==0.64.8]}
  new: {pip: [datasette==1.0a41]}
plugin: {name: p, EXTENSION}
BROWSER
scenario: scenario.py
"""


def written(folder: Path, *, known: str = "", extension: str = "", browser: str = "browser: chromium") -> Path:
    (folder / "scenario.py").write_text("def run(page, system): pass\n")
    text = TEXT.replace("KNOWN", known or "port: 80").replace(", EXTENSION", f", {extension}" if extension else "")
    (folder / "environment.yaml").write_text(text.replace("BROWSER", browser))
    return folder


def manifest(folder: Path, content: str) -> None:
    (folder / "ext").mkdir()
    (folder / "ext/manifest.json").write_text(content)


def test__an_extension__of_manifest_v3__is_taken(tmp_path: Path) -> None:
    manifest(tmp_path, json.dumps({"manifest_version": 3, "name": "x", "version": "1"}))
    assert load_environment(written(tmp_path, extension="extension: ext")).plugin.extension == "ext"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param('{"manifest_version": 2}', "no extension of Manifest V3", id="version 2"),
        pytest.param("[3]", "no extension of Manifest V3", id="a list"),
        pytest.param("{", "not JSON", id="cut off"),
    ],
)
def test__an_extension__that_chromium_refuses__is_a_mistake(tmp_path: Path, content: str, said: str) -> None:
    manifest(tmp_path, content)
    with pytest.raises(BadFile, match=said):
        load_environment(written(tmp_path, extension="extension: ext"))


def test__an_extension__without_a_manifest__is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "ext").mkdir()
    with pytest.raises(BadFile, match=r"there is no manifest\.json in 'ext'"):
        load_environment(written(tmp_path, extension="extension: ext"))


@pytest.mark.parametrize("value", ["https://erp.example", "http://erp.example:8080", "http://[::1]:80"])
def test__known_as__an_origin__is_taken(tmp_path: Path, value: str) -> None:
    assert load_environment(written(tmp_path, known=f'known_as: "{value}"')).system.known_as == (value,)


@pytest.mark.parametrize(
    "value",
    ["erp.example", "https://erp.example/", "https://u@erp.example", "ftp://x", "https://x:0", "https://x:y", ""],
)
def test__known_as__anything_else__is_a_mistake(tmp_path: Path, value: str) -> None:
    with pytest.raises(BadFile, match="is no address of a server"):
        load_environment(written(tmp_path, known=f'known_as: ["{value}"]'))


@pytest.mark.parametrize("name", ["System", "$", "_app2"])
def test__host_api__a_name__is_taken(tmp_path: Path, name: str) -> None:
    assert load_environment(written(tmp_path, browser=f'browser: chromium\nhost_api: ["{name}"]')).host_api == (name,)


@pytest.mark.parametrize("name", ["window.System", "2x", "", "a b", "ä"])
def test__host_api__anything_else__is_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match="is no name of a global"):
        load_environment(written(tmp_path, browser=f'browser: chromium\nhost_api: ["{name}"]'))


@pytest.mark.parametrize(
    ("extension", "browser", "key"),
    [
        ("scripts: [x.js]", "customer: A", "plugin.scripts"),
        ("", "host_api: [System]", "host_api"),
    ],
)
def test__keys_about_pages__without_a_browser__are_a_mistake(
    tmp_path: Path, extension: str, browser: str, key: str
) -> None:
    folder = written(tmp_path, extension=extension, browser="" if browser.startswith("customer") else browser)
    with pytest.raises(BadFile, match=f"'{key}' needs a browser"):
        load_environment(folder)


@pytest.mark.parametrize(
    ("written_as", "fine"), [("1280x900", True), ("0x900", False), ("wide", False), ("10x10", True)]
)
def test__viewport__two_numbers__are_demanded(tmp_path: Path, written_as: str, fine: bool) -> None:
    folder = written(tmp_path, browser=f"browser: chromium\nviewport: {written_as}")
    if fine:
        assert load_environment(folder).viewport == written_as
    else:
        with pytest.raises(BadFile, match="viewport"):
            load_environment(folder)
