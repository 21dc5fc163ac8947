"""A HAR with other answers: all the rest of it stays as it was, down to the fields that Backfit does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.atomic import write_atomically
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import Json, serialize
from harness.record.har import read_document
from harness.record.har_writing import written_entry

_NO_REQUEST = Request("GET", "")
_OF_THE_BODY = frozenset({"size", "mimeType", "text", "encoding", "_encoding", "compression"})


def write_answers(source: Path, target: Path, answers: Sequence[Response | None]) -> None:
    """Copy the HAR `source`, which can be read, to `target`; entry n gives `answers[n]`, or what it gave where that is None.

    `target` is written whole or not at all. Raises UsageError or EnvironmentFailed where it cannot.
    """
    write_atomically(target, _lines(read_document(source), answers))


def _lines(document: dict[str, Json], answers: Sequence[Response | None]) -> Iterator[bytes]:
    """A line an entry, so that version control shows which calls changed."""
    log = document.pop("log")
    entries = log.pop("entries")
    yield serialize({**document, "log": {**log, "entries": []}}).removesuffix(b"]}}")
    for index, (entry, answer) in enumerate(zip(entries, answers, strict=True)):
        yield b",\n" if index else b"\n"
        yield serialize(entry if answer is None else {**entry, "response": _response(entry["response"], answer)})
    yield b"\n]}}\n"


def _response(old: dict[str, Json], answer: Response) -> dict[str, Json]:
    written = written_entry(Exchange(_NO_REQUEST, answer))["response"]
    content = {key: value for key, value in (old.get("content") or {}).items() if key not in _OF_THE_BODY}
    kept = {key: written[key] for key in ("status", "statusText", "headers")}
    return {**old, **kept, "content": {**content, **written["content"]}, "bodySize": -1}
