"""`backfit init`: a workspace to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.atomic import write_atomically
from harness.model.errors import UsageError

EPILOG = """Example: backfit init && backfit check environments/example"""

_ENVIRONMENT = """\
# What the customer runs. `backfit schema environment` says every key; `backfit check environments/example` runs it.
schema: backfit/environment/v1
customer: Example customer
system:
  name: datasette
  start: datasette serve --memory --host {host} --port {port}
  ready: {http: /-/versions.json}
  old: {pip: [datasette==0.64.8, "setuptools<81"]}
  new: {pip: [datasette==1.0a41]}
plugin: {name: example-client}
scenario: scenario.py
"""
_SCENARIO = '''\
"""What the customer's plugin does. Whatever it returns must be the same on the new version."""

import json
import urllib.request


def run(system):
    with urllib.request.urlopen(system.url + "/-/databases.json") as answer:
        databases = json.load(answer)
    return {"names": [database["name"] for database in databases]}
'''


def init(folder: Annotated[Path, typer.Argument(help="Where the workspace goes.")] = Path()) -> None:
    """Make a workspace: environments/ with an example, contracts/, shims/, and a .gitignore for runs.

    Files that are there already are left alone.
    """
    for name in ("environments/example", "contracts", "shims"):
        _make(folder / name)
    files = {
        "environments/example/environment.yaml": _ENVIRONMENT,
        "environments/example/scenario.py": _SCENARIO,
        ".gitignore": ".backfit/\n",
    }
    for name, text in files.items():
        path = folder / name
        if path.exists():
            print(f"{path}: left as it is")
        else:
            write_atomically(path, [text.encode()])
            print(f"{path}: written")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "name a folder that you may write to"
        raise UsageError(f"cannot be made: {error.strerror}", where=str(folder), hint=hint) from error
