"""A call succeeds and does nothing: what it should have changed reads as before."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, shown
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.pairing import Paired
from harness.changes.study import Study
from harness.model.change import Level, Support
from harness.model.exchange import Request, Response
from harness.model.json_text import Json, parse

KIND = Kind(
    id="response-side-effect-missing",
    number=39,
    title="call succeeds without its effect",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 204, "then": 404},), new=({"status": 204, "then": 200},)),
    meaning="Both versions say that the call succeeded; on OLD the thing is changed or gone afterwards, on NEW it is not.",
    undo="None: the call must be made in the way that NEW wants.",
    advice="Look at the request: an id of another type, a body in another form.",
    rank=1,
)


_GOOD = range(200, 300)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """A DELETE after which the thing still stands on NEW only; a write that reads back as sent on OLD only."""
    found: dict[str, list[tuple[Paired, Paired]]] = {}
    for write, read in _read_back(study):
        assert read.old.response is not None
        assert read.new.response is not None
        if _without_effect(write.old.request, read.old.response, read.new.response):
            found.setdefault(str(study.operation_of(write.old.request)), []).append((write, read))
    for operation, rows in found.items():
        write, read = rows[0]
        assert write.new.response is not None
        yield Sighting(
            operation,
            "status",
            f"{write.new.response.status}, and what is read afterwards is as if it had not been called",
            Support(len(rows), len(rows), len(rows)),
            old=_said(read.old.response),
            new=_said(read.new.response),
            how="the new version did not do what the call asked for",
            claims=frozenset(study.number_of(read) for _, read in rows),
        )


def _read_back(study: Study) -> Iterator[tuple[Paired, Paired]]:
    """Each read, with the last write at its path, where both versions say that the write succeeded."""
    writes: dict[str, Paired] = {}
    for pair in study.pairing.pairs:
        request = pair.old.request
        if pair.old.response is None or pair.new.response is None:
            continue
        if request.method in ("PUT", "PATCH", "DELETE"):
            writes[request.path] = pair
        elif request.method == "GET" and not request.query and request.path in writes:
            write = writes[request.path]
            answers = write.old.response, write.new.response
            if all(answer is not None and answer.status in _GOOD for answer in answers):
                yield write, pair


def _without_effect(request: Request, old: Response, new: Response) -> bool:
    if request.method == "DELETE":
        return old.status in (404, 410) and new.status in _GOOD
    if old.status not in _GOOD or new.status not in _GOOD:
        return False
    sent, here, there = (_object(body) for body in (request.body, old.body, new.body))
    kept = [key for key, value in sent.items() if key in here and key in there and here[key] == value]
    return bool(kept) and all(there[key] != sent[key] and type(there[key]) is type(sent[key]) for key in kept)


def _object(body: bytes) -> dict[str, Json]:
    try:
        value = parse(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _said(response: Response | None) -> Json:
    assert response is not None
    return f"{response.status} {shown(response.body)}".strip()
