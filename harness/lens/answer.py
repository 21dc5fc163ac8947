"""What a step edits: an answer with its body parsed, and the call that it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from harness.model.json_text import Json
from harness.model.paths import Path


class Absent(Enum):
    """The value of what is not there: a missing member, or a body that is not JSON. One and the same after copying."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = Absent.ABSENT


@dataclass(frozen=True)
class Call:
    """The request as OLD would have got it: `variables` are the path template's, `query` its parameters (first of each).

    `headers` have names in lower case, `body` is a JSON value or ABSENT, `origin` is what the plugin called: `http://a.example:80`.
    """

    method: str = "GET"
    path: str = "/"
    variables: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Json = ABSENT
    origin: str = ""


ROOM = 2**27
"""How much steps may add to one answer: characters, and for each value in a list or an object VALUE of them."""
VALUE = 16


@dataclass
class Answer:
    """`headers` are pairs as sent; `body` is a JSON value or ABSENT; `edits` counts the places that steps changed.

    `room`: what steps may still add. A shim file of a few lines could otherwise double an answer at each line.
    """

    status: int
    headers: list[tuple[str, str]]
    body: Json = ABSENT
    call: Call = field(default_factory=Call)
    edits: int = 0
    received: Json = ABSENT
    """The body as NEW sent it, for steps that fetch what an earlier step dropped."""
    kept: dict[Path, Json] = field(default_factory=dict)
    """The same, place by place, where only some are read: what is here is not looked for in `received`."""

    called: Mapping[str, Answer] = field(default_factory=dict)
    """NEW's answers to the shim's own second calls, by their names."""
    room: int = ROOM

    def takes(self, size: int) -> bool:
        """Whether there is room for so much more, which is then taken."""
        if size > self.room:
            return False
        self.room -= size
        return True

    def header(self, name: str) -> str | None:
        """The first value under `name`, in any letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
