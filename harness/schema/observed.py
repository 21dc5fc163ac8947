"""What was seen of each operation: its query parameters and its bodies, summarized by status and media type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.model.exchange import Exchange, header
from harness.model.json_text import Json, parse
from harness.model.operation import Operation
from harness.schema.operations import Operations
from harness.schema.summary import Summary

BATCH = 256
"""So many bodies are parsed before they are summarized: enough for the columns to pay, few enough to fit in memory."""

BATCH_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Bodies:
    """All bodies of one media type: `count` of them, of which `unread` are not JSON and are not in `summary`."""

    count: int
    unread: int
    summary: Summary


@dataclass(frozen=True)
class Observed:
    """One operation's traffic. `query` summarizes objects, one a call: parameter to value (a list where repeated).

    Bodies are by media type ("" when not said); calls without a body have none.
    """

    operation: Operation
    calls: int
    query: Summary
    requests: Mapping[str, Bodies] = field(default_factory=dict)
    responses: Mapping[int, Mapping[str, Bodies]] = field(default_factory=dict)


def observe(exchanges: Iterable[Exchange], operations: Operations) -> list[Observed]:
    """The traffic of each operation that was called, in the operations' order."""
    calls: dict[Operation, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        calls[operations.of(exchange.request)].append(exchange)
    return [_observed(operation, calls[operation]) for operation in sorted(calls)]


def is_json(media_type: str) -> bool:
    """Whether bodies of this media type are tried as JSON: those that say so, and those that say nothing."""
    return "json" in media_type or not media_type


def _observed(operation: Operation, calls: Sequence[Exchange]) -> Observed:
    query = Summary()
    query.add_all(_query(call) for call in calls)
    requests: dict[str, list[bytes]] = defaultdict(list)
    responses: dict[int, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for call in calls:
        if call.request.body:
            requests[_media_type(call)].append(call.request.body)
        if call.response is not None:
            of_status = responses[call.response.status]
            if call.response.body:
                of_status[call.response.content_type].append(call.response.body)
    answered = {status: _by_type(texts) for status, texts in sorted(responses.items())}
    return Observed(operation, len(calls), query, _by_type(requests), answered)


def _query(call: Exchange) -> dict[str, Json]:
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in call.request.query:
        values[name].append(value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def _media_type(call: Exchange) -> str:
    return (header(call.request.headers, "content-type") or "").split(";")[0].strip().lower()


def _by_type(texts: Mapping[str, Sequence[bytes]]) -> dict[str, Bodies]:
    return {media_type: _bodies(media_type, alike) for media_type, alike in sorted(texts.items())}


def _bodies(media_type: str, texts: Sequence[bytes]) -> Bodies:
    summary = Summary()
    if not is_json(media_type):
        return Bodies(len(texts), len(texts), summary)
    unread = 0
    for batch in _batches(texts):
        values: list[Json] = []
        for text in batch:
            try:
                values.append(parse(text))
            except (ValueError, RecursionError):
                unread += 1
        summary.add_all(values)
    return Bodies(len(texts), unread, summary)


def _batches(texts: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    batch: list[bytes] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch
