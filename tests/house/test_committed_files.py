"""Nothing that is committed knows one machine: no absolute path of it, no registry's host name, no download address."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FOREIGN = {
    "a path of one machine": r"""(?x) (?<![\w.-])
        ( /home/\w+/ | /Users/\w | /root/\w | /opt/(pypi|wheels) | /work/(main|shared)\b | [A-Z]:\\Users\\ )""",
    "a registry's host": r"""(?x) \b
        ( pypi\.org | pythonhosted\.org | registry\.(npmjs|yarnpkg)\.\w+ | (deb|security|snapshot)\.debian\.org
        | (registry-1|index|hub)\.docker\.(io|com) | quay\.io | ghcr\.io | cdn\.playwright\.dev | crates\.io ) \b""",
    "a download address": r"""https?://[^\s"'<>)]+\.(whl|tar\.gz|tgz|zip|deb|crx)(?=[\s"'<>)]|$)""",
}


def foreign(text: str) -> list[str]:
    """What stands in a text that only one machine, or one network, would understand."""
    found = ((what, re.search(pattern, text)) for what, pattern in FOREIGN.items())
    return [f"{what}: {match[0]}" for what, match in found if match]


def committed() -> list[Path]:
    """The files that git has, or would take with `git add .`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test__committed_files__all__know_no_machine() -> None:
    files = committed()
    assert ROOT / "pyproject.toml" in files
    assert [
        f"{file.relative_to(ROOT)}: {what}" for file in files for what in foreign(file.read_text(errors="replace"))
    ] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("#!/usr/bin/env bash", 0),
        ("https://example.com/home/page.zip.html", 0),
        ("see /tmp, /etc/ssl/certs and ~/.cache/backfit", 0),
        ("cd /home" + "/alice/backfit", 1),
        ("cd /work" + "/main", 1),
        ("index-url = https://pypi" + ".org/simple", 1),
        ("wget http://example.com/plugin" + ".tar.gz", 1),
        ("https://registry.npmjs" + ".org/x/-/x.tgz", 2),
    ],
)
def test__foreign__of_a_text__names_what_only_one_machine_knows(text: str, count: int) -> None:
    assert len(foreign(text)) == count
