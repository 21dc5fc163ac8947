"""What a proof of a shim says: field by field how NEW's answers come out behind it, and what else was held against it.

Writers read this and nothing else; `backfit schema verification` is derived from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.model.summary import Agreement


class Said(StrEnum):
    """What the shim's file itself says of a place that it does not restore."""

    NOTHING = ""
    LOST = "lost"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Example:
    """One difference. The values are JSON text, cut where they are long; "" where there is none. `place` is a JSON pointer."""

    call: str
    place: str
    old: str
    new: str
    shimmed: str


@dataclass(frozen=True)
class Field:
    """A place in an operation's answers: JSONPath, or `status`, `header NAME`, `body` (one that is no JSON), `request`.

    `seen` counts the values that OLD has there: `equal` (behind the shim) + `noisy` + `lost` (missing) + `wrong`.
    `before` equal OLD's without the shim; `spoilt` are those of them that do not any more. `added` are values that OLD never
    had there. `said` and `reason` are what the shim's file says of the place; `claimed` counts the wrong values of which it
    says nothing although it knows the call: it claims to restore them.
    """

    operation: str
    place: str
    seen: int = 0
    before: int = 0
    equal: int = 0
    noisy: int = 0
    lost: int = 0
    wrong: int = 0
    spoilt: int = 0
    added: int = 0
    claimed: int = 0
    said: Said = Said.NOTHING
    reason: str = ""
    example: Example | None = None


@dataclass(frozen=True)
class Score:
    """NEW's answers against OLD's: `agreement` counts leaves of bodies by operation, `fields` are all places.

    `unknown` are calls that no entry of the shim knows, of `calls` that both sides answered.
    """

    calls: int = 0
    unknown: int = 0
    agreement: tuple[Agreement, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def spoilt(self) -> int:
        """Values that were right and are not any more."""
        return sum(field.spoilt for field in self.fields)

    @property
    def claimed(self) -> int:
        """Values that the shim claims to restore, and does not."""
        return sum(field.claimed for field in self.fields)


@dataclass(frozen=True)
class Unseen:
    """Cross-validation: learned `folds` times on all folds but one, scored on that one. `learned` is the same shims' score on
    what they were learned from.
    """

    folds: int
    seed: int
    learned: Score
    unseen: Score


@dataclass(frozen=True)
class Breach:
    """A place where answers break OLD's contract: in how many of OLD's own, of NEW's (`before`), of NEW's behind the shim."""

    operation: str
    place: str
    message: str
    old: int
    before: int
    after: int


@dataclass(frozen=True)
class ContractCheck:
    """`source` is the file that declares the contract, or that it was inferred from; `checked` answers were held against it."""

    source: str
    inferred: bool
    checked: int
    breaches: tuple[Breach, ...] = ()


class Harm(StrEnum):
    """What a mutated answer must never bring about."""

    THROWN = "the shim threw"
    INVENTED = "a value was invented"
    CORRUPTED = "a place that no step touches was changed"


@dataclass(frozen=True)
class Survivor:
    """A mutated answer that shows a defect, as small as it could be made. `answer` and `result` are texts of JSON, cut."""

    harm: Harm
    operation: str
    call: str
    mutation: str
    place: str
    detail: str
    answer: str
    result: str
    times: int = 1


@dataclass(frozen=True)
class MutationProof:
    """`mutants` answers were tried; the shim changed the body in `edited`; `watched` places that no step touches compared."""

    seed: int
    mutants: int
    edited: int
    watched: int
    survivors: tuple[Survivor, ...] = ()


@dataclass(frozen=True)
class Verification:
    """Everything that `backfit shim verify` says. `warnings` are what is odd about the shim, whatever the score."""

    shim: str
    old: str
    new: str
    score: Score
    unseen: Unseen | None = None
    contract: ContractCheck | None = None
    mutations: MutationProof | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing is spoilt, what the shim claims to restore is restored, and no mutant survived."""
        return not (self.score.spoilt or self.score.claimed or (self.mutations and self.mutations.survivors))
