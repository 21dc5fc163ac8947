"""What it does as the first process of a container stands in test_plugin_container.py."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from harness.environments import plugin_init

FILE = Path(plugin_init.__file__)


def test__plugin_init__anywhere_but_first__refuses_before_it_does_anything() -> None:
    ended = subprocess.run([sys.executable, "-I", "-S", FILE], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (
        1,
        "this is the first process of a container, and is run nowhere else\n",
    )


def test__plugin_init__in_the_oldest_image__can_be_run() -> None:
    tree = ast.parse(FILE.read_text(), feature_version=(3, 9))
    imported = [each for each in ast.walk(tree) if isinstance(each, ast.Import | ast.ImportFrom)]
    modules = {name.name for each in imported if isinstance(each, ast.Import) for name in each.names}
    modules |= {each.module or "" for each in imported if isinstance(each, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names
