"""Whether a plugin came to the same outcome as it did on OLD, and if not, the first difference in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.model.json_text import Json, serialize
from harness.model.outcome import PluginRun, Result
from harness.model.paths import Path, format_path

_LONGEST = 60


def compare_outcome(reference: PluginRun, run: PluginRun) -> PluginRun:
    """`run` judged by `reference`, the plugin's run on OLD: broken where it finished otherwise than that did.

    A run that is broken already, or whose reference is no working one, is given back as it is.
    """
    if reference.result is not Result.WORKS or run.result is not Result.WORKS:
        return run
    difference = next(_differences(reference, run), None)
    if difference is None:
        return replace(run, headline="the same outcome as on old")
    return replace(run, result=Result.BROKEN, headline=_counted(reference, run) + difference)


def _counted(reference: PluginRun, run: PluginRun) -> str:
    """How many observations differ, where there are several of which the first is told."""
    old, new = reference.observations, run.observations
    names = old.keys() | new.keys()
    alike = sum(name in old and name in new and not any(_unlike(old[name], new[name], ())) for name in names)
    return f"{len(names) - alike} of {len(names)} observations differ: " if alike < len(names) > 1 else ""


def _differences(reference: PluginRun, run: PluginRun) -> Iterator[str]:
    yield from _unlike(dict(reference.observations), dict(run.observations), ())
    if reference.page_errors != run.page_errors:
        yield f"page errors: {_short(list(run.page_errors))}, on old {_short(list(reference.page_errors))}"


def _unlike(old: Json, new: Json, path: Path) -> Iterator[str]:
    match old, new:
        case dict(), dict():
            yield from _unlike_objects(old, new, path)
        case list(), list():
            for index, (was, now) in enumerate(zip(old, new, strict=False)):
                yield from _unlike(was, now, (*path, index))
            if len(old) != len(new):
                yield f"{format_path(path)} has {len(new)} elements, on old {len(old)}"
        case _ if serialize(old) != serialize(new):
            yield f"{format_path(path)} is {_short(new)}, on old {_short(old)}"


def _unlike_objects(old: dict[str, Json], new: dict[str, Json], path: Path) -> Iterator[str]:
    for key, was in old.items():
        if key in new:
            yield from _unlike(was, new[key], (*path, key))
        else:
            yield f"{format_path((*path, key))} is missing, on old it is {_short(was)}"
    for key in new.keys() - old.keys():
        yield f"{format_path((*path, key))} is {_short(new[key])}, on old it is missing"


def _short(value: Json) -> str:
    text = serialize(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
