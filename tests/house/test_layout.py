"""Every source file has its mirrored test, and every test its source: `harness/x/y.py` and `tests/x/test_y.py`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRIES = ("changes/kinds", "intake/formats", "lens/steps")
"""Rooms of one file an entry: `tests/lens/test_steps.py` with rows over them all, or rows in `tests/lens/steps/`."""
NOT_MIRRORS = ("house", "benchmarks", "hostile", "pairs", "stories")
"""Tests of the whole: the repository's own rules, measures, old/new pairs, and journeys through several rooms."""


def mirrors(source: Path) -> list[Path]:
    """Where the test of a source may stand; all relative to their roots."""
    rooms = [source.parent] if str(source.parent) in REGISTRIES else []
    return [subject.with_name(f"test_{subject.stem.strip('_')}.py") for subject in (source, *rooms)]


def has_behaviour(text: str) -> bool:
    """Whether there is something to test: values and types alone are checked by the type checker."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for node in ast.walk(ast.parse(text))
    )


def sources() -> list[Path]:
    files = (file for file in (ROOT / "harness").rglob("*.py") if file.name != "__init__.py")
    return sorted(file.relative_to(ROOT / "harness") for file in files)


def test__sources__with_behaviour__have_their_test() -> None:
    tested = [source for source in sources() if has_behaviour((ROOT / "harness" / source).read_text())]
    assert len(tested) > 10
    bare = [source for source in tested if not any((ROOT / "tests" / test).exists() for test in mirrors(source))]
    assert not bare, "\n".join(f"harness/{source} has no tests/{mirrors(source)[-1]}" for source in bare)


def test__tests__all__have_their_source() -> None:
    known = {test for source in sources() for test in mirrors(source)}
    tests = [file.relative_to(ROOT / "tests") for file in (ROOT / "tests").rglob("test_*.py")]
    rows = {test for test in tests if str(test.parent) in REGISTRIES}
    astray = sorted(test for test in tests if test.parts[0] not in NOT_MIRRORS and test not in known | rows)
    assert not astray, "\n".join(f"tests/{test} mirrors no file of harness/" for test in astray)


@pytest.mark.parametrize(
    ("source", "tests"),
    [
        ("corridor.py", ["test_corridor.py"]),
        ("model/paths.py", ["model/test_paths.py"]),
        ("cli/__main__.py", ["cli/test_main.py"]),
        ("lens/steps/rename.py", ["lens/steps/test_rename.py", "lens/test_steps.py"]),
        ("changes/kinds/field_removed.py", ["changes/kinds/test_field_removed.py", "changes/test_kinds.py"]),
    ],
)
def test__mirrors__of_a_source__are_its_tests(source: str, tests: list[str]) -> None:
    assert mirrors(Path(source)) == [Path(test) for test in tests]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from dataclasses import dataclass\n@dataclass\nclass A:\n    b: int = 1\n", False),
        ("LIMIT = 3\n", False),
        ("def f(): return 1\n", True),
        ("class A:\n    @property\n    def b(self): return 1\n", True),
        ("F = lambda: 1\n", True),
    ],
)
def test__has_behaviour__of_a_text__is_true_where_code_can_be_wrong(text: str, expected: bool) -> None:
    assert has_behaviour(text) is expected
