"""What a format of report is, and which there are: one file each in `formats/`, found by looking there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import ModuleType

from harness.intake.fact import Fact
from harness.intake.report import Report
from harness.model.errors import BadFile

MOST_FACTS = 20_000
"""Facts of one report that are kept: no machine has more packages."""


@dataclass(frozen=True)
class Format:
    """A format that `sniff(report) -> bool` recognises and `read(report) -> facts` reads; `how` says how to get such a report."""

    title: str
    how: str


@dataclass(frozen=True)
class Understood:
    """A report, what it is, and what it says."""

    report: Report
    format: Format
    facts: tuple[Fact, ...]


def understood(report: Report) -> Understood:
    """The report, read. Raises BadFile where no format is recognised, or nothing was found in it."""
    for module in _modules().values():
        if module.sniff(report):
            facts = (fact for fact in module.read(report) if fact.name and fact.value)
            return Understood(report, module.FORMAT, tuple(islice(facts, MOST_FACTS)))
    hint = f"what is read: {', '.join(each.title for each in formats().values())}"
    raise BadFile("no report that is known looks like this", where=report.name, hint=hint)


def recognised(report: Report) -> Iterator[str]:
    """The ids of all formats that recognise the report: one, unless two of them are too generous."""
    yield from (name for name, module in _modules().items() if module.sniff(report))


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its id, in alphabetical order."""
    return {name: module.FORMAT for name, module in _modules().items()}


@cache
def _modules() -> Mapping[str, ModuleType]:
    package = importlib.import_module("harness.intake.formats")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{package.__name__}.{name}") for name in names}
