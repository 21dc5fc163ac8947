"""What the plugin does on OLD: run once as it is, and once more with its reads tracked. Where the two differ, either the plugin
varies by itself or tracking disturbed it; a third run tells which.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.corridor.going import Going
from harness.corridor.sides import Up
from harness.corridor.watching import Eyes, Watched, watch
from harness.model.exchange import Recording
from harness.model.outcome import PluginRun, Result, Side
from harness.reads.lines import Told
from harness.record.outcome import compare_outcome
from harness.replay.links import Link, find_links
from harness.replay.selection import is_safe

DISTURBED = "what the plugin reads is not known: it did something else while that was watched"
VARIES = "the plugin does not come to the same outcome each time, on the old version either"


@dataclass(frozen=True)
class Baseline:
    """`references` are its runs on OLD, the first one first; `told` is what it reads, None where that is not known; `links` are
    the values of answers that come back in later calls.
    """

    recording: Recording
    references: tuple[PluginRun, ...]
    told: Told | None
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


def observed(going: Going, up: Up) -> Baseline:
    """Run the plugin on OLD, which was just started, as often as it takes."""
    first = _watched(going, up, Eyes("old"))
    if first.run.result is not Result.WORKS:
        return Baseline(first.recording, (first.run,), None, find_links(first.recording))
    tracked = _watched(going, up, Eyes("old-tracked", tracked=True, kept=False), first.recording)
    links = find_links(first.recording, tracked.recording)
    told = tracked.told if tracked.told and tracked.told.started else None
    notes = tuple(told.notes) if told else ()
    if _alike(first, tracked):
        return Baseline(first.recording, (first.run, tracked.run), told, links, notes)
    third = _watched(going, up, Eyes("old-again", kept=False), first.recording)
    if _alike(first, third):
        return Baseline(first.recording, (first.run, third.run), None, links, (*notes, DISTURBED))
    return Baseline(first.recording, (first.run, tracked.run, third.run), told, links, (*notes, VARIES))


def _alike(one: Watched, other: Watched) -> bool:
    """Whether the plugin came to the same; what the system's own page shows besides may be other each time."""
    return compare_outcome([one.run], other.run).result is one.run.result


def _watched(going: Going, up: Up, eyes: Eyes, before: Recording | None = None) -> Watched:
    """A run on data as at the beginning, where what went `before` may have changed them."""
    unchanged = before is None or all(is_safe(exchange) for exchange in before.exchanges)
    system = up.system if unchanged else up.fresh()
    going.tell(
        "the plugin on old" + {"old-tracked": ", its reads watched", "old-again": ", once more"}.get(eyes.name, "")
    )
    with going.clock.phase(f"plugin on {eyes.name.replace('-', ' ')}"):
        return watch(going, system.url, Side.OLD, eyes)
