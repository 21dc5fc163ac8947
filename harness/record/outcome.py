"""Whether a plugin came to the same outcome as it did on OLD, and if not, the first difference in words.

It was run on OLD several times: what differs between these runs is noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from harness.model.json_text import Json
from harness.model.outcome import PluginRun, Result
from harness.record.sameness import differences, short

SAME = "the same outcome as on old"
_NETWORK_NOTICE = "Failed to load resource"


def compare_outcome(references: Sequence[PluginRun], run: PluginRun) -> PluginRun:
    """`run` judged by `references`, the plugin's runs on OLD: broken where it finished otherwise than they did.

    Exit code, observations, the scenario's snapshots and uncaught errors decide; that other calls were made is told and
    decides nothing, for a new version may be asked otherwise. A run that is broken already, or whose references are no
    working ones, is given back as it is.
    """
    works = all(each.result is Result.WORKS for each in references)
    if not references or not works or run.result is not Result.WORKS:
        return run
    difference = next(_decisive(references, run), None)
    if difference is None:
        return replace(run, headline=", but ".join([SAME, *_calls(references, run)]))
    return replace(run, result=Result.BROKEN, headline=_counted(references, run) + difference)


def same_outcome(references: Sequence[PluginRun], run: PluginRun) -> str | None:
    """The first difference of `run` from `references`, all on one version, or None: for one that was disturbed on purpose.

    Here everything counts: also which calls were made, what the console said, and how each page stood at the end.
    """
    if run.result not in {each.result for each in references}:
        return run.headline
    return next(_every(references, run), None)


def agreed(*runs: PluginRun) -> PluginRun:
    """One run for several on one version: the first where all came to the same result, else a `flaky` one that says both."""
    works = [run for run in runs if run.result is Result.WORKS]
    others = [run for run in runs if run.result is not Result.WORKS]
    if not works or not others:
        return runs[0]
    headline = f"works in {len(works)} of {len(runs)} runs ({works[0].headline}), else: {others[0].headline}"
    return replace(others[0], result=Result.FLAKY, headline=headline)


def _counted(references: Sequence[PluginRun], run: PluginRun) -> str:
    """How many observations differ, where there are several of which the first is told."""
    names = dict.fromkeys(name for each in (*references, run) for name in each.observations)
    observed = [each.observations for each in references]
    unlike = sum(any(differences(_only(observed, name), _only([run.observations], name)[0])) for name in names)
    return f"{unlike} of {len(names)} observations differ: " if unlike > 0 and len(names) > 1 else ""


def _only(observations: Sequence[Mapping[str, Json]], name: str) -> list[Json]:
    return [{name: each[name]} if name in each else {} for each in observations]


def _decisive(references: Sequence[PluginRun], run: PluginRun) -> Iterator[str]:
    if run.exit_code not in {each.exit_code for each in references}:
        yield f"exit code {run.exit_code}, on old {references[0].exit_code}"
    yield from differences([dict(each.observations) for each in references], dict(run.observations))
    yield from _of_texts("snapshot", [each.snapshots for each in references], run.snapshots)
    yield from _new("page error", [each.page_errors for each in references], run.page_errors)
    yield from _new("worker error", [each.worker_errors for each in references], run.worker_errors)


def _every(references: Sequence[PluginRun], run: PluginRun) -> Iterator[str]:
    yield from _decisive(references, run)
    yield from _new("console error", [each.console_errors for each in references], run.console_errors)
    yield from _new("dialog", [each.dialogs for each in references], run.dialogs)
    yield from _new("download", [each.downloads for each in references], run.downloads)
    yield from _calls(references, run)
    yield from _of_texts("page", [each.pages for each in references], run.pages)


def _of_texts(noun: str, references: Sequence[Mapping[str, str]], texts: Mapping[str, str]) -> Iterator[str]:
    """Line by line. A text that only some runs have is noise."""
    for name in dict.fromkeys(name for each in references for name in each):
        lines = [each[name].splitlines() for each in references if name in each]
        if name in texts:
            unlike = differences(lines, texts[name].splitlines())
            yield from (f"{noun} {short(name)}: {each.removeprefix('$')}" for each in unlike)
        elif len(lines) == len(references):
            yield f"{noun} {short(name)} is missing"
    yield from (f"{noun} {short(name)} is new" for name in texts if not any(name in each for each in references))


def _new(noun: str, references: Sequence[Sequence[str]], told: Sequence[str]) -> Iterator[str]:
    """What is told for the first time, or no longer, where all runs told the same; the network's own notices say nothing new."""
    usual, *others = ({text for text in each if not text.startswith(_NETWORK_NOTICE)} for each in references)
    if all(each == usual for each in others):
        yield from (f"{noun}: {each}" for each in told if each not in usual and not each.startswith(_NETWORK_NOTICE))
        yield from (f"no {noun}: {each}" for each in sorted(usual - set(told)))


def _calls(references: Sequence[PluginRun], run: PluginRun) -> Iterator[str]:
    """Operations that were called more or less often than in any run on OLD."""
    for operation in dict.fromkeys(name for each in (*references, run) for name in each.made):
        counts = [each.made.get(operation, 0) for each in references]
        made = run.made.get(operation, 0)
        if not min(counts) <= made <= max(counts):
            usual = _times(min(counts)) if min(counts) == max(counts) else f"{min(counts)} to {_times(max(counts))}"
            yield f"{operation} was called {_times(made)}, on old {usual}"


def _times(number: int) -> str:
    return "never" if number == 0 else "once" if number == 1 else f"{number} times"
