from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.model.json_text import Json
from harness.shims.document import Lost, Shim
from harness.shims.marks import signed
from harness.shims.yaml_file import read_shim_text, relearned, shim_text
from tests.shims.answers import entry

A: Json = {"rename": {"from": "a", "to": "b"}}
B: Json = {"drop": {"keys": ["x"]}}
C: Json = {"values": {"at": "$.r[*]"}}


def shim(*steps: Json, evidence: str = "3 of 3 pairs") -> Shim:
    known = entry("GET /a", *steps, lost=(Lost("$.u", "# gone"),))
    return Shim(entries=(replace(known, response=tuple(replace(each, evidence=evidence) for each in known.response)),))


def again(tmp_path: Path, text: str, now: Shim) -> str:
    file = tmp_path / "x.shim.yaml"
    file.write_text(text)
    merged, like = relearned(file, now)
    return shim_text(merged.shim, like, merged.notes)


EDITS = [
    ("schema:", "# the first line\nschema:"),
    ("operations:\n", "operations:  # beside a section\n"),
    ("  - match: GET /a\n", "  # above an operation\n  - match: GET /a  # beside it\n"),
    ("      - drop: {keys: [x]}  # 3 of 3 pairs\n", ("      # above a step\n\n      # in two lines\n"
     "      - drop: {keys: [x]}  # checked by Ann\n")),
    ("    lost:\n", "    # above a section\n    lost:\n"),
    ("learned:", "# above the marks\nlearned:"),
]  # fmt: skip


def test__comments__of_all_sorts__stay_where_they_stood(tmp_path: Path) -> None:
    text = shim_text(signed(shim(A, B)))
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new, 1)
    text += "# the last line\n"
    found = again(tmp_path, text, shim(A, B, evidence="9 of 9 pairs"))
    expected = text.replace("\n\n", "\n").replace("{from: a, to: b}  # 3 of 3", "{from: a, to: b}  # 9 of 9")
    assert [line for line in found.splitlines() if not line.startswith(("learned", "  "))] == [
        line for line in expected.splitlines() if not line.startswith(("learned", "  "))
    ]
    assert found.partition("learned:")[0] == expected.partition("learned:")[0]
    assert again(tmp_path, found, shim(A, B, evidence="9 of 9 pairs")) == found


def test__comments__of_a_step_that_is_not_learned_any_more__go_to_the_next_row(tmp_path: Path) -> None:
    text = (
        shim_text(signed(shim(A, B)))
        .replace("      - rename", "      # mine\n      - rename")
        .replace("3 of 3", "3 of 3", 1)
    )
    found = again(tmp_path, text, shim(B, C))
    assert "      # mine\n      - drop: {keys: [x]}" in found
    assert found.count("# mine") == 1


def test__comments__inside_a_step__go_above_it(tmp_path: Path) -> None:
    text = shim_text(signed(shim(A, B))).replace(
        "- drop: {keys: [x]}  # 3 of 3 pairs", "- drop:\n          # why\n          keys: [x]  # and this\n"
    )
    found = again(tmp_path, text, shim(A, B))
    assert found.count("# why") == found.count("# and this") == 1


@pytest.mark.parametrize("text", ['a "#" b', "x # y"])
def test__comments__in_a_text__are_none(tmp_path: Path, text: str) -> None:
    known = Shim(entries=(entry("GET /a", {"default": {"key": "k", "value": text}}),))
    written = shim_text(signed(known))
    assert again(tmp_path, written, known) == written
    assert read_shim_text(tmp_path / "x.shim.yaml").shim == signed(known)
