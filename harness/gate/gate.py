"""The decision: what stands of the changes, how bad each is for this plugin, and from which level on the gate closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from harness.changes.fold import folded
from harness.gate.ignore import Ignore
from harness.gate.judge import judged
from harness.gate.reads import Reads
from harness.model.change import Change, Level
from harness.model.rule import Rule
from harness.model.summary import Accepted, DiffSummary


def decide(
    changes: Sequence[Change],
    *,
    old: str,
    new: str,
    today: date,
    reads: Reads | None = None,
    ignore: Ignore | None = None,
    environment: str | None = None,
    fails: Level | None = Level.BREAK,
    pairs: int = 0,
    skipped: Mapping[str, int] | None = None,
    rules: Mapping[str, Rule] | None = None,
    notes: Sequence[str] = (),
) -> DiffSummary:
    """The comparison of `old` with `new` (their names), of changes with one place each: judged, accepted, and folded.

    `environment` is the one that they are of, `pairs` how many calls were compared, `fails` the level from which on the
    comparison fails. Raises BadFile where an entry of `ignore` is expired or accepts nothing.
    """
    standing, accepted = judged(changes, reads), list[Accepted]()
    if ignore is not None:
        standing, accepted = ignore.applied(standing, environment=environment, today=today)
    findings = folded(standing)
    kinds = dict.fromkeys(change.kind for change in (*findings, *(each.change for each in accepted)))
    return DiffSummary(
        old=old,
        new=new,
        findings=tuple(findings),
        pairs=pairs,
        accepted=tuple(accepted),
        skipped=skipped or {},
        rules={kind: rules[kind] for kind in kinds if rules and kind in rules},
        fails=fails,
        notes=tuple(notes),
    )
