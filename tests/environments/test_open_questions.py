from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from harness.environments.open_questions import OpenQuestion, open_questions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", []),
        ("a: !question os\n", [OpenQuestion(1, "os", "a")]),
        ("a:\n  b: 1\n  c: [x, !question old-version]\n", [OpenQuestion(3, "old-version", "a.c.1")]),
        ("a:\n- b: !question x\nc: !question y\n", [OpenQuestion(2, "x", "a.0.b"), OpenQuestion(3, "y", "c")]),
        ("a: !question\n", [OpenQuestion(1, "", "a")]),
        ('a: "!question os"\nb: !other os\n', []),  # a text, and somebody else's tag
        ("a: &x {q: !question os}\nb: {<<: *x}\n", [OpenQuestion(1, "os", "a.q"), OpenQuestion(2, "os", "b.q")]),
        ("- 1\n", []),
        ("", []),
    ],
)
def test__open_questions__of_a_document__have_line_and_place(text: str, expected: list[OpenQuestion]) -> None:
    assert open_questions(YAML(typ="rt").load(text)) == expected


def test__open_questions__aliases_of_aliases__are_looked_at_once() -> None:
    lines = ["l0: &l0 [!question os]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 20)]
    assert [each.place for each in open_questions(YAML(typ="rt").load("\n".join(lines)))] == ["l0.0"]
