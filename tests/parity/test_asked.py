from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.load import load_environment
from harness.parity.asked import asked

BASE = """\
schema: backfit/environment/v1
customer: Acme
{host}
system:
  name: erp
  start: erp
  old: {{pip: ["erp[web]==1.2", other]}}
  new: {new}
plugin: {{name: helper, npm: "@acme/helper@3.1.0", into: own}}
scenario: {{run: "x {{url}}"}}
{more}
"""


def facts(folder: Path, host: str = "", new: str = "{pip: [erp==2.0]}", more: str = "", side: str = "old") -> set[str]:
    (folder / "environment.yaml").write_text(BASE.format(host=f"host: {{{host}}}", new=new, more=more))
    found = asked(load_environment(folder), side, 1_000_000.0)  # type: ignore[arg-type]
    assert {fact.source for fact in found} == {"environment.yaml"}
    return {f"{fact.subject} {fact.name}: {fact.value}" for fact in found}


def test__asked__of_a_plain_file__is_its_defaults_and_pins(tmp_path: Path) -> None:
    assert facts(tmp_path) == {
        "os id: debian", "os version: 12", "host locale: C.UTF-8", "host timezone: UTC", "host clock ahead: 0 s",
        "pip erp: 1.2", "npm @acme/helper: 3.1.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("os: ubuntu:22.04", {"os id: ubuntu", "os version: 22.04"}),
        ("clock: +2d", {"host clock ahead: 172800 s"}),
        ("timezone: Europe/Zurich, clock: 1970-01-12T14:46:40", {"host clock ahead: 0 s"}),
        ("fonts: [cjk, fonts-dejavu]", {"font cjk: drawn", "debian fonts-dejavu: installed"}),
        ("packages: [curl, jq=1.6-2]", {"debian curl: installed", "debian jq: 1.6-2"}),
        ("umask: '0027', user: 4321, memory: 512M, cpus: 1.5",
         {"host umask: 0027", "host user: 4321", "host memory: 536870912", "host cpus: 1.5"}),
        ("hosts: {erp.example: 10.0.0.7, self.example: system}", {"hosts-entry erp.example: 10.0.0.7"}),
    ],
)  # fmt: skip
def test__asked__of_a_host__is_each_key(tmp_path: Path, host: str, expected: set[str]) -> None:
    assert expected <= facts(tmp_path, host)


def test__asked__of_a_frozen_clock__says_nothing_of_how_far_it_is(tmp_path: Path) -> None:
    assert not {each for each in facts(tmp_path, "clock: {at: 2026-03-02, frozen: true}") if "clock" in each}


def test__asked__of_a_side_with_an_image__asks_nothing_of_its_os(tmp_path: Path) -> None:
    assert not {each for each in facts(tmp_path, new="{image: 'erp:2'}", side="new") if each.startswith("os ")}


def test__asked__of_browser_and_services__is_what_they_say(tmp_path: Path) -> None:
    more = "browser: {chromium: 112}\nviewport: 800x600\nservices: {db: {debian: [postgresql-15=15.5]}, mq: {image: 'mq:3'}}"
    (tmp_path / "scenario.py").write_text("def run(page, system): pass\n")
    found = facts(tmp_path, "locale: de_CH.UTF-8", new="{pip: [erp==2.0]}", more=more)
    assert {
        "browser engine: chromium", "browser chromium: 112", "browser language: de-CH", "browser viewport: 800x600",
        "service db postgresql-15: 15.5", "service mq image: mq:3",
    } <= found  # fmt: skip
