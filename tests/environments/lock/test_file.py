from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.lock.file import lock_file, read_lock, write_lock
from harness.environments.spec.lock import Lock
from harness.model.errors import BadFile

HASH = "a" * 64
LOCK = Lock.model_validate(
    {
        "schema": "backfit/lock/v1",
        "docker": {
            "host": {"platform": "linux-x86_64", "os": "debian:bookworm"},
            "debian": {"zlib1g": "1:1.2", "adduser": "3.10"},
            "browser": {"name": "chromium", "version": "137.0"},
            "old": {
                "asked": ["dep==1.0"],
                "pip": {"dep": {"version": "1.0", "sha256": HASH}, "another": {"version": "2", "sha256": HASH}},
                "npm": {
                    "": {"dependencies": {"x": "1"}},
                    "node_modules/x": {"version": "1.0", "integrity": "sha512-x"},
                },
            },
        },
    }
)
TEXT = f"""\
# Made by `backfit env lock`, and made anew by it: commit it beside the environment, and do not edit it.
schema: backfit/lock/v1
docker:
  host:
    os: debian:bookworm
    platform: linux-x86_64
  debian:
    adduser: '3.10'
    zlib1g: 1:1.2
  browser:
    name: chromium
    version: '137.0'
  old:
    asked:
    - dep==1.0
    pip:
      another: {{version: '2', sha256: {HASH}}}
      dep: {{version: '1.0', sha256: {HASH}}}
    npm:
      '':
        dependencies:
          x: '1'
      node_modules/x: {{version: '1.0', integrity: sha512-x}}
"""


def test__write_lock__a_lock__is_written_in_order_and_read_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "environment.lock"
    write_lock(file, LOCK)
    assert file.read_text() == TEXT
    assert read_lock(file) == LOCK


def test__read_lock__no_file__is_none(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "environment.lock") is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (f"sha256: {HASH}", "sha256: abc", "environment.lock:17: 'docker.old.pip.another.sha256': string should match"),
        ("  host:\n", "  hosts:\n", "environment.lock:4: unknown key 'hosts' under 'docker'"),
        ("lock/v1", "lock/v2", ":2: 'schema': input should be 'backfit/lock/v1', not 'backfit/lock/v2'"),
        (TEXT, "- a", ":1: this is not a mapping of keys to values\n  begin with: schema: backfit/lock/v1"),
    ],
)
def test__read_lock__a_mistake__is_named_with_its_line(tmp_path: Path, before: str, after: str, expected: str) -> None:
    assert before in TEXT
    (tmp_path / "environment.lock").write_text(TEXT.replace(before, after, 1))
    with pytest.raises(BadFile) as caught:
        read_lock(tmp_path / "environment.lock")
    assert expected in str(caught.value)


@pytest.mark.parametrize(("name", "expected"), [("environment.yaml", "environment.lock"), ("beta3.yaml", "beta3.lock")])
def test__lock_file__of_an_environments_file__lies_beside_it(name: str, expected: str) -> None:
    assert lock_file(Path("x") / name) == Path("x") / expected
