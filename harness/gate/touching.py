"""What of a system's changes is felt by one plugin: what a vendor asks of each plugin that customers run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from harness.changes.fold import folded
from harness.contract.contract import Contract
from harness.gate.contract_reads import contract_reads
from harness.gate.judge import ASSUMED, judged
from harness.gate.rules import all_rules
from harness.model.change import Change, Level
from harness.model.errors import BadFile
from harness.model.json_text import Json, parse
from harness.model.reads import NOT_READ

_HINT = "write it with: backfit diff OLD NEW --no-contract --format json=FILE"


def read_changes(file: Path) -> list[Change]:
    """The changes in the JSON of a diff or of a check, one a place, as far as that was not judged for one plugin.

    Raises BadFile.
    """
    try:
        said = parse(file.read_bytes())
        listed = said["findings"] if "findings" in said else said["changes"]
        return [change for each in listed for change in _placed(each)]
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as error:
        raise BadFile("this is not the JSON of a diff", where=str(file), hint=_HINT) from error


def touching(changes: Sequence[Change], contract: Contract) -> list[Change]:
    """Those that a plugin feels, or may feel, with the level that they have for it, each once, the worst first."""
    reads = contract_reads(contract)
    called = [change for change in changes if reads.of(change.operation) is not None]
    felt = (each for each in judged(called, reads) if each.level is not Level.INFO)
    return folded(each for each in felt if not each.reason.startswith(NOT_READ))


def _placed(written: Json) -> Iterator[Change]:
    """A row for each place that shares the change."""
    values = {key: value for key, value in written.items() if key != "rule"} | {"kind": written.get("rule")}
    change = _unjudged(TypeAdapter(Change).validate_python(written if "kind" in written else values))
    for place in change.places or [None]:
        yield replace(change, operation=place.operation, path=place.path, places=()) if place else change


def _unjudged(change: Change) -> Change:
    """As it is for who reads everything: what another plugin does not read has the level of its kind again."""
    known = all_rules().get(change.kind)
    if change.reason.startswith(NOT_READ) and known is not None:
        return replace(change, level=known.level, reason=ASSUMED, question="")
    return replace(change, reason=ASSUMED, question="") if change.level is Level.BREAK else change
