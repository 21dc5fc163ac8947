"""The shim as a value: which calls it knows, how they are forwarded, which steps turn their answers back, what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import Step
from harness.model.json_text import Json

SCHEMA = "backfit/shim/v1"

HAND = "hand"
"""Who wrote a step that Backfit did not learn."""

NEVER = "never"
"""How a shim file says that no call of an entry is rewritten."""

ERROR = "error"
"""What a person may choose instead of a value that is lost: to be told, with a status, that it is."""


@dataclass(frozen=True)
class Learned:
    """A step and, for a person, the evidence that it stands on. `by` is HAND for what a person wrote or changed."""

    step: Step
    evidence: str = ""
    by: str = ""


@dataclass(frozen=True)
class Lost:
    """A place of OLD's answer that nothing restores. `path` is JSONPath, or `header NAME`, or `request $.query.x`, or `$`.

    `required`: OLD's schema demands it. `then` is a person's choice: a value that stands there instead (null, a default), the
    text ERROR for a clear error instead of an answer that lacks it, ABSENT for none.
    """

    path: str
    reason: str
    required: bool = False
    then: Json = ABSENT


@dataclass(frozen=True)
class Ambiguous:
    """A place that several steps explain as well, so that none of them is applied until somebody says which."""

    path: str
    reason: str
    choices: tuple[Learned, ...] = ()


@dataclass(frozen=True)
class SecondCall:
    """A safe call of NEW's that brings what an answer lost; steps read it as `called(name, $.place)`.

    `get` is a path template, with a query if need be, in the variables of the operation's path and `{query.name}`. It is made
    only where `chosen`, once for all answers to which it is the same, and kept for `keep` seconds.
    """

    name: str
    get: str
    chosen: bool = False
    keep: float = 10.0


@dataclass(frozen=True)
class Entry:
    """One operation. `request` edits the call (see harness.lens.request); `forward` is then `METHOD /path/{variable}` where
    NEW serves it, "" where nothing moved. `rewrite` says for which calls the two are known: others are sent as they are,
    since half a rewriting asks for something else. Where it is None, `forward` is only how an answer's call is known again.

    `when` narrows the entry to some calls (query) or answers (status). `lost` and `ambiguous` are for people.
    `otherwise`: too few answers were seen, so the shim's `otherwise` steps are tried as well.
    """

    method: str
    template: str
    discriminator: str = ""
    when: Condition = ALWAYS
    forward: str = ""
    rewrite: Condition | None = ALWAYS
    request: tuple[Learned, ...] = ()
    calls: tuple[SecondCall, ...] = ()
    response: tuple[Learned, ...] = ()
    lost: tuple[Lost, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    otherwise: bool = False

    @property
    def match(self) -> str:
        """As it stands in the file: `GET /articles/{id}`."""
        return f"{self.method} {self.template}" + (f" {self.discriminator}" if self.discriminator else "")


@dataclass(frozen=True)
class Moved:
    """Paths that begin with `from_` begin with `to` on NEW: `/api/3` and `/api/4`; `/` stands for every path."""

    from_: str
    to: str
    evidence: str = ""


@dataclass(frozen=True)
class Shim:
    """`everywhere` is done to every answer, last; `otherwise` to answers of calls that no entry knows.

    `requests` is done to every call, after its entry's own; `moved` leads calls that no entry knows.
    `learned` are the marks of what Backfit wrote into the file (see harness.shims.marks): all else is a person's.
    """

    system: str = ""
    old: str = ""
    new: str = ""
    entries: tuple[Entry, ...] = ()
    everywhere: tuple[Learned, ...] = ()
    otherwise: tuple[Learned, ...] = ()
    pairs: int = 0
    requests: tuple[Learned, ...] = ()
    moved: tuple[Moved, ...] = ()
    learned: tuple[str, ...] = ()

    def steps(self) -> Iterator[Step]:
        """Every step in it."""
        for entry in self.entries:
            yield from (learned.step for learned in (*entry.request, *entry.response))
        yield from (learned.step for learned in (*self.everywhere, *self.otherwise, *self.requests))
