from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit

SHIM = """schema: backfit/shim/v1
system: {name: shop, old: "1.0", new: "2.0"}
operations:
  - match: GET /items
    response:
      - rename: {at: "$[*]", from: title, to: name}
"""
COOKIE = SHIM + "      - drop-header: {header: Set-Cookie}\n"


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    file = tmp_path / "upgrade.shim.yaml"
    file.write_text(SHIM)
    return file


@pytest.mark.npm
def test__emit__to_a_file__writes_a_script_that_node_reads(backfit: Backfit, shim: Path, tmp_path: Path) -> None:
    script = tmp_path / "shim.js"
    result = backfit("shim", "emit", str(shim), "--target", "javascript", "-o", str(script))
    assert (result.code, result.out.startswith(f"{script}: ")) == (0, True)
    assert subprocess.run(["node", "--require", str(script), "-e", "0"], capture_output=True).stderr == b""


def test__emit__without_a_file__prints_the_script(backfit: Backfit, shim: Path) -> None:
    origin = ["--origin", "https://erp.example", "--host-api", "System"]
    result = backfit("shim", "emit", str(shim), "--target", "javascript", *origin)
    assert result.code == 0
    assert '\\"origins\\":[\\"https://erp.example\\"]' in result.out
    assert 'wrapHost(program, ["System"], lexical)' in result.out


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        (SHIM, ["--origin", "erp.example/"], "'erp.example/' is no address of a server"),
        (SHIM, ["--host-api", "a b"], "'a b' is no name of a global"),
        (SHIM, ["--target", "cobol"], "cobol"),
        (COOKIE, [], "`drop-header`: no script in a page reaches the header 'Set-Cookie'"),
    ],
)
def test__emit__of_what_cannot_be__says_so(
    backfit: Backfit, shim: Path, text: str, options: list[str], told: str
) -> None:
    shim.write_text(text)
    result = backfit("shim", "emit", str(shim), "--target", "javascript", *options)
    assert result.code == 2
    assert told in result.err
