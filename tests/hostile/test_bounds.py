"""Whole commands on inputs of no sane size, in a process that may take 2 GB of memory and a minute of one processor: it ends."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.test_bodies import answer, deep

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MEMORY = 2 * 2**30
SECONDS = 60

Make = Callable[[], list[object]]


def keys(prefix: str) -> str:
    return json.dumps({f"{prefix}{at}": at for at in range(100_000)})


def rows(name: str) -> str:
    """About 10 MB."""
    return json.dumps(
        [{"id": at, name: f"name {at}", "tags": ["a", str(at % 7)], "ok": at % 2 == 0} for at in range(130_000)]
    )


def headers(value: str) -> object:
    entry = answer("{}")
    entry["response"]["headers"] += [{"name": f"h{at}", "value": value} for at in range(20_000)]
    return entry


def calls(name: str) -> list[object]:
    request = {"method": "GET", "url": "http://a/items/"}
    return [
        {**answer(f'{{"{name}": {at}}}'), "request": {**request, "url": f"http://a/items/{at}"}} for at in range(20_000)
    ]


SIZES: dict[str, tuple[Make, Make]] = {
    "100,000 names, one changed": (lambda: [answer(keys("k"))], lambda: [answer(keys("k").replace(" 7,", ' "7",', 1))]),
    "100,000 names, all renamed": (lambda: [answer(keys("k"))], lambda: [answer(keys("r"))]),
    "1,000 levels": (lambda: [answer(deep(1000, "1"))], lambda: [answer(deep(1000, '"1"'))]),
    "100,000 levels": (lambda: [answer(deep(100_000, "1"))], lambda: [answer(deep(100_000, '"1"'))]),
    "10 MB, a member renamed": (lambda: [answer(rows("name"))], lambda: [answer(rows("title"))]),
    "10 MB of text": (lambda: [answer(json.dumps("x" * 10**7))], lambda: [answer(json.dumps("x" * 10**7 + "y"))]),
    "10 MB of numbers": (
        lambda: [answer(json.dumps([*range(1_100_000)]))],
        lambda: [answer(json.dumps([*range(1, 1_100_001)]))],
    ),
    "20,000 headers": (lambda: [headers("1")], lambda: [headers("2")]),
    "20,000 calls": (lambda: calls("name"), lambda: calls("title")),
}


def diff(folder: Path) -> subprocess.CompletedProcess[str]:
    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    program = "import sys; from harness.cli.main import main; main()"
    command = [sys.executable, "-c", program, "diff", str(folder / "old.har"), str(folder / "new.har")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=bound)


@pytest.mark.parametrize(("old", "new"), SIZES.values(), ids=SIZES.keys())
def test__diff__of_the_largest_inputs__ends_within_its_bounds(tmp_path: Path, old: Make, new: Make) -> None:
    for name, make in (("old", old), ("new", new)):
        (tmp_path / f"{name}.har").write_text(json.dumps({"log": {"entries": make()}}))
    result = diff(tmp_path)
    assert result.returncode in (0, 1), result.stderr[-500:]
    assert "no changes" not in result.stdout
