"""A small real system for these tests, and what they ask of it."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from typing import Protocol

from harness.environments import Environment

SERVER = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path[1:]
        body = os.environ.get(name[1:], "").encode() if name[:1] == "$" else open(name or "server.py", "rb").read()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
print("options", *sys.argv[3:])
http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
"""

TINY = """
schema: backfit/environment/v1
customer: Tiny
host: {timezone: Europe/London}
system:
  name: tiny
  start: python3 server.py {host} {port} {options}
  ready: {http: /, timeout: 30}
  files: [server.py]
  old: {pip: [], options: one}
  new: {pip: [], options: two}
plugin: {name: plug}
scenario: {run: "true"}
"""


class Write(Protocol):
    """Writes an environment and loads it; `replace` maps text of TINY to other text, `files` are written beside it."""

    def __call__(self, replace: dict[str, str] | None = None, **files: str) -> Environment: ...


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether the condition comes true; the limit is there so that a failure ends, not to measure."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def ignore(_: str) -> None:
    """A `tell` that nobody reads."""
