"""Programs that are run with the tracking of reads on, against a small system; and data that is tracked in this process."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.reads.lines import Told, read_told
from harness.reads.programs import variables
from harness.reads.python.backfit_reads import endings, notebook, places, tracking
from tests.reads.site import JSON, Site, served

ANSWER = {
    "total": 2,
    "rows": [
        {"id": 1, "name": "One", "tags": ["x", "y"], "owner": {"first": "Ann", "last": "Lee"}},
        {"id": 2, "name": "Two", "tags": [], "owner": {"first": "Bo", "last": "Ray"}},
    ],
    "page": {"next": None, "size": 10},
}
BODY = json.dumps(ANSWER).encode()
HEAD = {**JSON, "X-Total-Count": "2"}


@contextmanager
def system() -> Iterator[Site]:
    """It answers `/items`, the same packed at `/packed`, and with a text at `/text`; all else is not there."""
    routes = {
        "/items": (BODY, HEAD),
        "/packed": (gzip.compress(BODY), {**HEAD, "Content-Encoding": "gzip"}),
        "/text": (b"a text", {"Content-Type": "text/plain"}),
    }
    with served(routes) as site:
        yield site


@dataclass(frozen=True)
class Ran:
    """What a program did, and what was told of it."""

    code: int
    out: str
    err: str
    told: Told

    @property
    def reads(self) -> set[str]:
        """`$.total read` and so on, of whatever call; without the ends of the server's own headers."""
        return {f"{access.place} {access.op}" for access in self.told.accesses}

    @property
    def where(self) -> set[str]:
        return {Path(where).name for access in self.told.accesses for where in access.where}


def run(
    words: Sequence[str | Path], folder: Path, *, tracked: bool = True, more: Mapping[str, str] | None = None
) -> Ran:
    """Run a program in `folder`, the tracking of reads on."""
    reads = folder / "reads.ndjson"
    reads.unlink(missing_ok=True)
    plain = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "error", **(more or {})}
    environment = {**plain, **variables(reads, plain)} if tracked else plain
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return Ran(ended.returncode, ended.stdout, ended.stderr, read_told(reads))


def run_both(words: Sequence[str | Path], folder: Path) -> Ran:
    """Run a program with and without tracking: nothing of what it does may differ."""
    plain, found = run(words, folder, tracked=False), run(words, folder)
    assert (found.code, found.out, found.err) == (plain.code, plain.out, plain.err)
    return found


def run_python(text: str, site: Site, folder: Path) -> Ran:
    """Run a Python program that has the system's address in `url`; the same with and without tracking."""
    (folder / "plugin.py").write_text(f"url = {site.url!r}\n{text}")
    return run_both([sys.executable, "plugin.py"], folder)


def run_node(text: str, site: Site, folder: Path, name: str = "plugin.cjs") -> Ran:
    """Run a Node.js program that has the system's address in `url`; the same with and without tracking."""
    (folder / name).write_text(f"const url = {json.dumps(site.url)};\n{text}")
    return run_both(["node", name], folder)


_numbers = itertools.count()


def touched(action: Callable[[Any], object], file: Path, value: Any = ANSWER) -> set[str]:
    """Do `action` with `value`, tracked in this process: `$.total read` and so on, as the file tells it."""
    answer = places.answer("GET", f"http://system.test/{next(_numbers)}")
    assert answer is not None
    notebook.open_at(str(file))
    try:
        action(tracking.tracked(json.loads(json.dumps(value)), answer.root))
        endings.close()
    finally:
        notebook.open_at("")
    accesses = [access for access in read_told(file).accesses if access.url == answer.url]
    return {f"{access.place} {access.op}" for access in accesses}


def every(op: str, names: Iterable[str] = ("total", "rows", "page")) -> set[str]:
    """Each member of ANSWER was touched in that way."""
    return {f"$.{name} {op}" for name in names}
