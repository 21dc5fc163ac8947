from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Backfit

HEAD = "schema: backfit/shim/v1\noperations:\n  - match: GET /a\n    response:\n"


def test__diff__two_shims__says_what_changed_and_exits_with_1(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "      - rename: {from: a, to: b}  # 3 of 3 pairs\n")
    (tmp_path / "b.yaml").write_text(HEAD + "      - rename: {from: z, to: b}\n      - drop: {keys: [x]}\n")
    result = backfit("shim", "diff", "a.yaml", "b.yaml")
    assert result.code == 1
    assert [" ".join(line.split()) for line in result.out.splitlines()] == [
        "GET /a",
        "step changed - rename: {from: a, to: b}",
        "+ rename: {from: z, to: b}",
        "step added + drop: {keys: [x]}",
    ]
    told = json.loads(backfit("shim", "diff", "a.yaml", "b.yaml", "--format", "json").out)
    assert [each["what"] for each in told] == ["step changed", "step added"]


def test__diff__the_same_with_other_evidence__exits_with_0(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "      - drop: {keys: [x]}  # 3 of 3 pairs\n")
    (tmp_path / "b.yaml").write_text("# mine\n" + HEAD + "      - drop: {keys: ['x']}\n        by: hand\n")
    result = backfit("shim", "diff", "a.yaml", "b.yaml")
    assert (result.code, result.out) == (0, "both do the same\n")
