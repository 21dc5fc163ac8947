"""A customer whose system starts at once: a shop of bikes in a few lines of Python, its plugin, and the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BACKFIT = str(Path(sys.executable).with_name("backfit"))

SERVER = '''\
"""Rows are lists with their columns beside them in OLD, and objects in NEW."""
import http.server, json, os, sys

HOST, PORT, SIDE = sys.argv[1:4]
NAMES, ROWS = ["id", "name", "price"], [[1, "Gazelle", 899], [2, "Brompton", 1450]]
OLD = {"columns": NAMES, "rows": ROWS}
NEW = {"ok": True, "rows": [dict(zip(NAMES, row)) for row in ROWS]}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(OLD if SIDE == "old" else NEW).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer((HOST, int(PORT)), Handler).serve_forever()
'''

ENVIRONMENT = """\
schema: backfit/environment/v1
customer: Bikes
system:
  name: bikes
  start: python3 server.py {host} {port} {options}
  ready: {http: /, timeout: 30}
  files: [server.py]
  old: {pip: [], options: old}
  new: {pip: [], options: new}
plugin: {name: price-list}
scenario: scenario.py
timeout: 30
"""

SCENARIO = """\
import json, time, urllib.request


def run(system):
    with urllib.request.urlopen(system.url + "/bikes.json") as answer:
        bikes = json.load(answer)
    prices = [dict(zip(bikes["columns"], row))["price"] for row in bikes["rows"]]
    return {"prices": prices, "headline": f"{len(prices)} prices"}
"""


SHARED = ("installs", "locks")
"""What the caches of all stories have in common."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def flat(self) -> str:
        """The output without its line breaks, which follow the terminal's width."""
        return " ".join(self.out.split())

    @property
    def said(self) -> str:
        """What was said on stderr, less the progress."""
        return "\n".join(line for line in self.err.splitlines() if not line.startswith("… "))


@dataclass
class Shop:
    """A folder with the environment `bikes`; commands run in it, with a cache and a PATH that tell its processes apart."""

    folder: Path
    cache: Path
    more: dict[str, str] = field(default_factory=dict)

    def write(self, **texts: str) -> None:
        """environment, server and scenario, each the usual text where nothing else is given."""
        usual = {"environment.yaml": ENVIRONMENT, "server.py": SERVER, "scenario.py": SCENARIO}
        (self.folder / "bikes").mkdir(exist_ok=True)
        for name, text in usual.items():
            (self.folder / "bikes" / name).write_text(texts.get(name.split(".")[0], text))

    @property
    def marker(self) -> str:
        return str(self.folder / "marker")

    @property
    def variables(self) -> Mapping[str, str]:
        path = f"{os.environ['PATH']}:{self.marker}"
        return {**os.environ, "PATH": path, "BACKFIT_CACHE": str(self.cache), "COLUMNS": "80", **self.more}

    def run(self, *arguments: str, folder: Path | None = None) -> Ran:
        """One command, to its end."""
        ended = subprocess.run(
            [BACKFIT, *arguments],
            cwd=folder or self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    def check(self, *arguments: str, folder: Path | None = None) -> Ran:
        return self.run("check", str(self.folder / "bikes"), "--driver", "process", *arguments, folder=folder)

    def forget_installations(self) -> None:
        """Nothing is installed yet: the first check has to do it."""
        for name in SHARED:
            (self.cache / name).unlink()

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """One command as the leader of a group, as a terminal starts it; killed at the end if it still runs."""
        with subprocess.Popen(
            [BACKFIT, *arguments],
            cwd=self.folder,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_obeying_ctrl_c,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    @property
    def runs(self) -> list[Path]:
        return sorted((self.folder / ".backfit/runs").glob("*"))

    def leftovers(self) -> list[str]:
        """Processes that still run, scratch folders and half-written files; waits a moment for what is about to end."""
        for _ in range(100):
            if not (found := self._processes()):
                break
            time.sleep(0.05)
        scratch = [str(path) for path in (self.cache / "runs").glob("*")]
        return [*found, *scratch, *(str(path) for path in self.folder.rglob("*.tmp"))]

    def _processes(self) -> list[str]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.marker.encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:  # it ended, or is another user's
                continue
        return found


def wait_for(process: subprocess.Popen[str], text: str) -> None:
    """Until the command's progress says `text`."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if text in line:
            return
    raise AssertionError(f"{text!r} was never said, but {''.join(said)!r}")


def ctrl_c(process: subprocess.Popen[str]) -> None:
    """What a terminal does: every process of the group is interrupted."""
    os.killpg(process.pid, signal.SIGINT)


def _obeying_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs, and so their children, ignore it
