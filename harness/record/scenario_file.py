"""What a scenario is: a small Python file with `run(page, system)` (in a browser) or `run(system)`, or a command."""

from __future__ import annotations

import ast
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from harness.model.errors import BadFile, UsageError

_ALONE = Lock()
"""CPython 3.11 counts the depth of what it parses once for all threads, and gives up where they meet."""

_HINT = "write def run(page, system) for a browser, or def run(system)"


@dataclass(frozen=True)
class Command:
    """A program that is the plugin: `{url}` in `template` is where the system is; it runs in `folder`."""

    template: str
    folder: Path

    def words(self, url: str, path: str | None) -> list[str]:
        """The program and its arguments, no shell involved. Raises UsageError where it is not on `path`, if that is known."""
        try:
            words = shlex.split(self.template)
        except ValueError as error:
            raise UsageError(f"cannot split {self.template!r}: {error}", where="scenario") from error
        if not words or (path is not None and shutil.which(words[0], path=path) is None):
            raise UsageError(
                f"there is no program in {self.template!r}", where="scenario", hint="install it, or name it"
            )
        return [word.replace("{url}", url) for word in words]


def wants_page(scenario: Path) -> bool:
    """Whether the file's `run` takes a page. Raises BadFile where it has no `run` that can be called."""
    runs = [node for node in _parsed(scenario).body if isinstance(node, ast.FunctionDef) and node.name == "run"]
    if not runs:
        raise BadFile("it has no function run", where=str(scenario), hint=_HINT)
    taken = len(runs[-1].args.posonlyargs + runs[-1].args.args)
    if taken not in (1, 2):
        raise BadFile(f"run takes {taken} arguments", where=f"{scenario}:{runs[-1].lineno}", hint=_HINT)
    return taken == 2


def _parsed(scenario: Path) -> ast.Module:
    try:
        with _ALONE:
            return ast.parse(scenario.read_bytes(), str(scenario))
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(scenario), hint="check the path") from error
    except SyntaxError as error:
        raise BadFile(f"not Python: {error.msg}", where=f"{scenario}:{error.lineno}", hint=_HINT) from error
    except ValueError as error:
        raise BadFile(f"not Python: {error}", where=str(scenario), hint=_HINT) from error
