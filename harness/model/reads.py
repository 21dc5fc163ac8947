"""What a plugin reads of the answers it gets, as it was seen while it ran: the place, how it was touched, and where from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """How a place was touched, the most telling first."""

    READ = "read"
    """Its value was taken, by name."""
    SERIALISED = "serialised"
    """It was written out with what holds it (`JSON.stringify`, `json.dumps`)."""
    COPIED = "copied"
    """It was taken along in a copy of what holds it (`{...x}`, `dict(x)`); what became of the copy is not seen."""
    ENUMERATED = "enumerated"
    """It was met in a loop over what holds it (`for … in`, `.items()`)."""
    EXPORTED = "exported"
    """It was handed on where nobody can look: to a worker, a database, another window."""
    TESTED = "tested"
    """Only whether it is there was asked (`in`, `hasOwn`)."""
    MISSING = "missing"
    """It was asked for and was not there: the plugin does without."""


class Need(StrEnum):
    """What ablation found: whether the plugin's outcome changes where the place is changed on OLD."""

    NEEDED = "needed"
    TOLERATED = "tolerated"
    UNOBSERVED = "unobserved"
    """It was not tried (no time, no such place in an answer), or the outcome varies by itself."""


@dataclass(frozen=True)
class Access:
    """One way in which one place of one answer was touched, `count` times, in calls of one method and URL.

    `place` is `$.rows[*].id` (JSONPath; every index is `[*]`), `header x-total-count` or `status`. `where` holds the first
    few places in the plugin's code, as `URL-or-file:line:column`, those of our own scripts left out.
    """

    method: str
    url: str
    place: str
    op: Op
    count: int = 1
    where: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceUse:
    """All that is known of one place of one operation's answers: how often each op was seen, from where, and the need.

    `need` is by what was done to the place on OLD (`removed`, `null`, `retyped`), empty where no ablation was run.
    """

    place: str
    ops: Mapping[Op, int]
    where: tuple[str, ...] = ()
    need: Mapping[str, Need] | None = None


@dataclass(frozen=True)
class OperationUse:
    """What a plugin does with one operation: how often it was called, and the places of its answers that it touches or needs.

    `watched` is whether its reads were seen at all: without, `places` tell needs alone, and every place counts as read.
    """

    operation: str
    calls: int
    places: tuple[PlaceUse, ...] = ()
    watched: bool = False


NOT_READ = "not read by the plugin"
"""How the reason of a change begins that stands where the plugin does not look."""
