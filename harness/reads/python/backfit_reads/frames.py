"""Who asks: the place in the plugin's code, with the frames of Python's own library and of HTTP and JSON libraries left out."""

from __future__ import annotations

import os
import sys
from types import FrameType

LIBRARIES = {
    *(
        "requests",
        "requests_cache",
        "requests_toolbelt",
        "urllib3",
        "httpx",
        "httpcore",
        "h11",
        "h2",
        "anyio",
        "aiohttp",
    ),
    *("multidict", "yarl", "httplib2", "simplejson", "orjson", "ujson", "rapidjson", "pydantic", "pydantic_core"),
    *("tenacity", "backoff", "wrapt"),
}
"""Packages whose frames say nothing about where a plugin reads: they do it on somebody's behalf."""

_STANDARD = os.path.dirname(os.__file__) + os.sep  # noqa: PTH120
_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep  # noqa: PTH100, PTH120
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
_known: dict[str, bool] = {}


def is_library(file: str) -> bool:
    """Whether code of that file name reads on behalf of somebody else."""
    known = _known.get(file)
    if known is None:
        known = _known[file] = _is_library(file)
    return known


def plugin_frame(frame: FrameType | None) -> FrameType | None:
    """The nearest frame, this one or one below it, that is the plugin's; None where there is none."""
    while frame is not None and is_library(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def where(frame: FrameType | None) -> str:
    """`file:line` of the plugin's frame nearest to `frame`, empty where there is none."""
    found = plugin_frame(frame)
    return f"{found.f_code.co_filename}:{found.f_lineno}" if found else ""


def speaker(frame: FrameType | None) -> FrameType | None:
    """The nearest frame that is neither ours nor one of the classes in which mappings are made."""
    frame = outside(frame)
    while frame is not None and frame.f_globals.get("__name__") in ("collections.abc", "email.message"):
        frame = outside(frame.f_back)
    return frame


def outside(frame: FrameType | None) -> FrameType | None:
    """The nearest frame that is not ours."""
    while frame is not None and frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    return frame


def instruction() -> tuple[int, int]:
    """Which call of which frame of the plugin is being executed: equal for all that one call into C does."""
    frame = speaker(sys._getframe(1))
    return (id(frame), frame.f_lasti) if frame else (0, 0)


def _is_library(file: str) -> bool:
    if file.startswith((_OURS, "<frozen ")):
        return True
    for folder in _INSTALLED:
        _, found, inside = file.rpartition(folder)
        if found:
            return inside.partition(os.sep)[0].partition(".")[0] in LIBRARIES
    return file.startswith(_STANDARD)
