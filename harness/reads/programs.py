"""Read tracking for plugins that are programs: the environment variables that switch it on, in every process they start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_PYTHON = Path(__file__).parent / "python"
_NODE = Path(__file__).parent / "node" / "preload.cjs"


def variables(reads: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """What the environment needs so that Python and Node.js programs tell what they read, a line each, in the file `reads`.

    `inherited` is the environment that this is added to: what stands there in PYTHONPATH comes behind ours, and what stands in
    NODE_OPTIONS before it, so that what other preloads ask for is not taken for the plugin's. Python that is started with
    -E, -I or -S, and programs that are given another environment, learn nothing of this and tell nothing.
    """
    python = [str(_PYTHON), *filter(None, [inherited.get("PYTHONPATH")])]
    node = [*filter(None, [inherited.get("NODE_OPTIONS")]), f"--require {_quoted(_NODE)}"]
    return {
        "BACKFIT_READS": str(reads.absolute()),
        "PYTHONPATH": os.pathsep.join(python),
        "NODE_OPTIONS": " ".join(node),
    }


def _quoted(path: Path) -> str:
    """As NODE_OPTIONS wants a path that may hold spaces: double quotes, `\\` before `"` and `\\`."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
