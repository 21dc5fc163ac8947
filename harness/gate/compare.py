"""From two versions' evidence to what has changed between them, whatever the evidence is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from harness.changes.findings import findings, remarks, skipped
from harness.changes.streaming import study_streams
from harness.changes.study import study
from harness.declared.api import Api
from harness.declared.beside import declared_findings, merged
from harness.declared.load import load_declared
from harness.declared.members import Deprecations
from harness.gate.evidence import Evidence
from harness.model.change import Change
from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Recording
from harness.record.har import read_har
from harness.record.stream import read_exchanges
from harness.record.stream_shelf import DiskShelf

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Compared:
    """`changes` have one place each; `pairs` counts the calls that were compared, `skipped` (by reason) those that were not.

    `calls` are OLD's, where it was recorded: of streams, those that were studied.
    """

    changes: Sequence[Change] = ()
    pairs: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    calls: Sequence[Exchange] = ()


@dataclass(frozen=True)
class _Calls:
    """The recorded calls of each side that are held against what is declared."""

    old: Sequence[Exchange]
    new: Sequence[Exchange]


def compare(
    old: Evidence,
    new: Evidence,
    *,
    templates: Sequence[str] = (),
    deprecations: Deprecations | None = None,
    tell: Tell = lambda text: None,
) -> Compared:
    """What recordings show and what schemas declare.

    `templates` are path templates that win over learned ones; `deprecations` says how long before its end a declared field has
    to be marked.

    Of recordings that are streams, the calls that were studied are held against the schemas.
    Raises BadFile for a file that is not what it should be, UsageError where nothing pairs or a template has no use.
    """
    tell("reading")
    before, after = _api(old), _api(new)
    if old.recorded and new.recorded:
        found, calls = (_streamed if old.streamed or new.streamed else _studied)(old, new, templates, tell)
    elif templates or old.again or new.again:
        option = "--template" if templates else "--old-again" if old.again else "--new-again"
        raise UsageError(f"{option} is for comparing two recordings", hint="leave it out, or give two recordings")
    else:
        found, calls = _held(old, new)
    found = replace(found, calls=calls.old)
    if before is None and after is None:
        return found
    tell("comparing what is declared")
    declared = declared_findings(before, after, calls.old, calls.new, deprecations)
    return replace(found, changes=merged(found.changes, declared))


def _studied(old: Evidence, new: Evidence, templates: Sequence[str], tell: Tell) -> tuple[Compared, _Calls]:
    before, after, *again = (_whole(file) for file in (old.recorded, new.recorded, old.again, new.again))
    assert before is not None
    assert after is not None
    found = study(before, after, *again, templates=templates, tell=tell)
    calls = _Calls(before.exchanges, after.exchanges)
    return Compared(findings(found), len(found.pairing.pairs), skipped(found), tuple(remarks(found))), calls


def _streamed(old: Evidence, new: Evidence, templates: Sequence[str], tell: Tell) -> tuple[Compared, _Calls]:
    before, after, *again = (_stream(file) for file in (old.recorded, new.recorded, old.again, new.again))
    assert before is not None
    assert after is not None
    found = study_streams(before, after, *again, shelf=DiskShelf, templates=templates, tell=tell)
    pairs = found.study.pairing.pairs
    calls = _Calls([pair.old for pair in pairs], [pair.new for pair in pairs])
    part = "" if found.check is None else f", among {len(pairs)} that were studied"
    notes = tuple(said + part for said in remarks(found.study))
    return Compared(found.findings(), found.calls, found.skipped, notes), calls


def _held(old: Evidence, new: Evidence) -> tuple[Compared, _Calls]:
    """The calls of the side that was recorded, if one was: nothing pairs."""
    calls = _Calls(*(() if side.recorded is None else tuple(read_exchanges(side.recorded)) for side in (old, new)))
    count, schema = len(calls.old) + len(calls.new), new.declared if old.recorded else old.declared
    notes = (
        (f"{count} recorded calls were held against what {schema} declares",) if old.recorded or new.recorded else ()
    )
    return Compared(notes=notes), calls


def _api(side: Evidence) -> Api | None:
    return None if side.declared is None else load_declared(side.declared)


def _stream(file: Path | None) -> Callable[[], Iterator[Exchange]] | None:
    return None if file is None else partial(read_exchanges, file)


def _whole(file: Path | None) -> Recording | None:
    return None if file is None else read_har(file)
