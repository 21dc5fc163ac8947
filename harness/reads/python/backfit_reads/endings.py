"""The ways in which a process ends or becomes another: before each, what was counted is told."""

from __future__ import annotations

import atexit
import functools
import os
from typing import Any, Callable

from . import notebook, texts, walks

_SUDDEN = ("_exit", "abort", "execv", "execve")
"""Functions of `os` after which nothing of this process runs, `atexit` not either."""


def watch() -> None:
    """Tell what was counted when the process ends; a forked child tells only what it counts itself."""
    atexit.register(close)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget)
    for name in _SUDDEN:
        if hasattr(os, name):
            setattr(os, name, _told_before(getattr(os, name)))


@notebook.quietly
def close() -> None:
    """Tell all that is still to be told."""
    walks.settle()
    texts.close()
    notebook.close()


def _forget() -> None:
    texts.forget()
    notebook.forget()


def _told_before(end: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(end)
    def ended(*given: Any, **named: Any) -> Any:
        close()
        return end(*given, **named)

    return ended
