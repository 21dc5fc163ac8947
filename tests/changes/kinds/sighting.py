"""Recordings and sightings in one line each, for the rows of what a kind sees in whole answers and calls."""

from __future__ import annotations

from dataclasses import replace

from harness.changes.answers import Detect, Sighting
from harness.model.change import Support, Undone
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json, serialize
from tests.changes.bodies import exchange, recording

Seen = tuple[Detect, str, Recording, Recording, list[Sighting]]
"""A kind, what the case is, the two recordings, and all that it sees in them."""

TEXT = {"Content-Type": "text/plain"}


def one(line: str, body: Json, status: int = 200) -> Exchange:
    """A text is a body that is no JSON, or none."""
    if isinstance(body, str):
        return exchange(line, text=body, status=status, headers=TEXT)
    return exchange(line, body, status=status)


def answers(*bodies: Json, status: int = 200) -> Recording:
    """GET /a/1, /a/2 and so on."""
    return recording(*(one(f"/a/{number}", body, status) for number, body in enumerate(bodies, 1)))


def coded(*statuses: int) -> Recording:
    """GET /a/1, /a/2 and so on, each with its status."""
    return recording(*(exchange(f"/a/{number}", {"a": number}, status=each) for number, each in enumerate(statuses, 1)))


def asked(*lines: str) -> Recording:
    """Calls that succeed and are paired by their ids."""
    return recording(*(exchange(line, {"a": 1}, call=str(number)) for number, line in enumerate(lines)))


def cookies(*values: str) -> Recording:
    """What GET /a/1, /a/2 and so on set."""
    return recording(
        *(exchange(f"/a/{at}", {}, headers={"Set-Cookie": value} if value else {}) for at, value in enumerate(values))
    )


def timed(*seconds: float, status: int = 200) -> Recording:
    """How long GET /a/0, /a/1 and so on took."""
    return recording(
        *(replace(exchange(f"/a/{at}", {}, status=status), elapsed=each) for at, each in enumerate(seconds))
    )


def sent(line: str, body: Json) -> Exchange:
    """A call with a body, which succeeds."""
    made = exchange(line, {})
    return replace(made, request=replace(made.request, body=serialize(body)))


def errors(*statuses: int) -> Recording:
    """GET /a/1, /a/2, /b/1, /b/2 that fail."""
    lines = (f"/{name}/{number}" for name in "ab" for number in (1, 2))
    return recording(*(exchange(line, {"e": 1}, status=each) for line, each in zip(lines, statuses, strict=True)))


def without_effect(operation: str, status: int, old: str, new: str, claims: set[int]) -> Sighting:
    """A call that changed nothing on NEW, and what was read after it."""
    return Sighting(
        operation,
        "status",
        f"{status}, and what is read afterwards is as if it had not been called",
        Support(len(claims), len(claims), len(claims)),
        old,
        new,
        how="the new version did not do what the call asked for",
        claims=frozenset(claims),
    )


def turned_back(operation: str, old: int, new: int, support: Support) -> Sighting:
    """A status that the shim sets."""
    how, told = f"status from {new}, to {old}", f"{old} {new}"
    message = f"status {old} became {new}"
    return Sighting(operation, "status", message, support, old, new, undone=Undone.UNDONE, how=how, told=told)


LOST = "the new answer does not hold what the old one said"
FOUND = "the new answer is not an error, and holds nothing of the old one"
