"""Run as a script: `scenario_runner.py JOB` runs a scenario without a browser, and writes what happens to a journal.

It runs in the plugin's own Python, so it stands alone (standard library only) and speaks through the journal's lines.
"""

from __future__ import annotations

import json
import runpy
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

_MOST = 1000
"""Events of one kind that are kept: a plugin that complains in a loop must not fill the disk."""
_MORE = {"call": 20_000}


class Journal:
    """Lines of JSON, each `{event: value}`, on disk as soon as they are told: a kill loses nothing that was said."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._told: Counter[str] = Counter()
        self._alone = threading.Lock()

    def tell(self, event: str, value: Any) -> None:
        """Write one event, from any thread. Raises TypeError or ValueError where `value` is not JSON."""
        line = json.dumps({event: value}, allow_nan=False) + "\n"
        with self._alone:
            self._told[event] += 1
            if self._told[event] <= _MORE.get(event, _MOST):
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(line)


class System:
    """What a scenario is given: where the system is."""

    def __init__(self, url: str) -> None:
        self.url = url


def run_scenario_file(path: str, journal: Journal, *arguments: Any) -> bool:
    """Call `run(*arguments)` of the scenario at `path`, tell what it returned or raised, and give whether it returned."""
    sys.path.insert(0, str(Path(path).parent))
    try:
        run = runpy.run_path(path, run_name="scenario")["run"]
        returned = run(*arguments)
    except BaseException as error:  # noqa: BLE001 (whatever it is, it is the plugin's or the scenario's, and is told)
        traceback.print_exc()
        journal.tell("raised", first_line(error))
        return False
    try:
        journal.tell("returned", {} if returned is None else dict(returned))
    except (TypeError, ValueError) as error:
        journal.tell("bad_return", f"run() must return a dict of JSON values or nothing: {error}")
    return True


def first_line(error: BaseException) -> str:
    """`ValueError: what it says`, in one line."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def main(job_file: str) -> None:
    """Run the job that the file describes: `journal`, `scenario` and `url`."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    run_scenario_file(job["scenario"], Journal(job["journal"]), System(job["url"]))


if __name__ == "__main__":
    sys.path.pop(0)  # this script's folder is not the plugin's
    main(sys.argv[1])
