"""`backfit infer`: what recorded traffic looks like, as an OpenAPI document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.atomic import write_atomically
from harness.model.exchange import Exchange
from harness.record.stream import read_exchanges
from harness.report.terminal import progress
from harness.report.text import line
from harness.schema.bodies import Bodies
from harness.schema.observed import Observed, Observer
from harness.schema.openapi import openapi
from harness.schema.operations import Learner
from harness.schema.pins import parse_pins

EPILOG = """Example: backfit infer monday.har tuesday.har.ndjson.zst -o contract.openapi.json"""

_STDOUT = Path("-")
_TOLD_EVERY = 10_000

Tell = Callable[[str], None]

Files = Annotated[
    list[Path], typer.Argument(metavar="FILES...", help="Recordings: HAR 1.2 (.har), or a stream (.har.ndjson.zst).")
]
Output = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="Where the document goes; - is standard output.")
]
Pinned = Annotated[
    list[str] | None,
    typer.Option(
        "--pin",
        metavar="PATH=map|enum|opaque",
        help="Overrule what was learned at a place: its keys are data; the values seen are all there are; anything goes. "
        "An operation may stand before the path: 'GET /x $.tags=map'.",
    ),
]
Template = Annotated[
    list[str] | None,
    typer.Option("--template", metavar="/articles/{slug}", help="A path template that wins over the learned ones."),
]
Title = Annotated[str | None, typer.Option("--title", help="The document's title; the files' names if not given.")]


def infer(
    files: Files, output: Output = _STDOUT, pin: Pinned = None, template: Template = None, title: Title = None
) -> None:
    """Write OpenAPI 3.1 for recorded traffic, each statement with its support (x-backfit-support).

    Traffic is read twice, first for the operations, then for their schemas, and is never held in memory: streams may be of
    any size. What is not understood is counted, in the document and on stderr.
    """
    pins = parse_pins(pin or [])
    learner = Learner(template or [], by_type=True)
    with progress(Console(stderr=True)) as tell:
        for exchange in _all(files, "learning the operations", tell):
            learner.add(exchange)
        observer = Observer(learner.operations())
        for exchange in _all(files, "learning their schemas", tell):
            observer.add(exchange)
        found = observer.observed()
        document = openapi(found, title or ", ".join(file.name for file in files), pins)
    text = json.dumps(document, indent=2, allow_nan=False).encode() + b"\n"
    if output == _STDOUT:
        sys.stdout.buffer.write(text)
    else:
        write_atomically(output, [text])
    for told in _summary(found):
        print(line(told), file=sys.stderr)


def _all(files: Iterable[Path], phase: str, tell: Tell) -> Iterator[Exchange]:
    for file in files:
        tell(f"{phase}: {file.name}")
        for number, exchange in enumerate(read_exchanges(file), 1):
            if number % _TOLD_EVERY == 0:
                tell(f"{phase}: {file.name}, {number:,} calls")
            yield exchange


def _summary(found: Sequence[Observed]) -> Iterator[str]:
    """What was learned, and everything that was not looked into."""
    calls = sum(seen.calls for seen in found)
    yield f"{len(found)} operations from {calls:,} calls"
    bodies = list(_bodies(found))
    not_json = [(each.unread, "json" in said) for said, each in bodies]
    counts = {
        "calls without an answer": sum(seen.unanswered for seen in found),
        "bodies that say they are JSON and are not": sum(count for count, claimed in not_json if claimed),
        "bodies of which only the media type is told": sum(count for count, claimed in not_json if not claimed),
        "bodies not in the charset that they name": sum(each.miscoded for _, each in bodies),
        "bodies with a name twice in one object, where the last one was taken": sum(
            each.repeating for _, each in bodies
        ),
    }
    yield from (f"{what}: {count:,}" for what, count in counts.items() if count)


def _bodies(found: Iterable[Observed]) -> Iterator[tuple[str, Bodies]]:
    for seen in found:
        for by_type in (seen.requests, *seen.responses.values()):
            yield from by_type.items()
