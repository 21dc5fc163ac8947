"""The shim as a value: which calls it knows, how they are forwarded, which steps turn their answers back, what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import Step

SCHEMA = "backfit/shim/v1"


@dataclass(frozen=True)
class Learned:
    """A step and, for a person, the evidence that it stands on."""

    step: Step
    evidence: str = ""


@dataclass(frozen=True)
class Lost:
    """A place of OLD's answer that nothing restores. `path` is JSONPath, or `header NAME`, or `$` for the whole answer."""

    path: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """One operation. `forward` is `METHOD /path/{variable}` where NEW serves it, "" where nothing moved.

    `when` narrows the entry to some calls (query) or answers (status). `lost` and `ambiguous` are for people.
    `otherwise`: too few answers were seen, so the shim's `otherwise` steps are tried as well.
    """

    method: str
    template: str
    discriminator: str = ""
    when: Condition = ALWAYS
    forward: str = ""
    response: tuple[Learned, ...] = ()
    lost: tuple[Lost, ...] = ()
    ambiguous: tuple[str, ...] = ()
    otherwise: bool = False

    @property
    def match(self) -> str:
        """As it stands in the file: `GET /articles/{id}`."""
        return f"{self.method} {self.template}" + (f" {self.discriminator}" if self.discriminator else "")


@dataclass(frozen=True)
class Shim:
    """`everywhere` is done to every answer, last; `otherwise` to answers of calls that no entry knows."""

    system: str = ""
    old: str = ""
    new: str = ""
    entries: tuple[Entry, ...] = ()
    everywhere: tuple[Learned, ...] = ()
    otherwise: tuple[Learned, ...] = ()
    pairs: int = 0

    def steps(self) -> Iterator[Step]:
        """Every step in it."""
        for entry in self.entries:
            yield from (learned.step for learned in entry.response)
        yield from (learned.step for learned in (*self.everywhere, *self.otherwise))
