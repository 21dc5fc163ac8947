"""Tracks what a Python plugin reads of the answers that it gets, from inside its process and without a change to it.

It stands alone (standard library only, Python 3.8 and newer): nothing of Backfit is there where a plugin runs.
"""

from __future__ import annotations

from . import endings, importing, notebook
from .patches import PATCHES


def begin(file: str) -> None:
    """Track from now on, and append what is told to `file`. Whatever goes wrong in here is noted and never the plugin's."""
    notebook.open_at(file)
    endings.watch()
    importing.follow(PATCHES)
