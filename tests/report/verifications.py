"""One verification with everything in it, for what writes it."""

from __future__ import annotations

from harness.model.summary import Agreement
from harness.model.verification import (
    Breach,
    ContractCheck,
    Example,
    Field,
    Harm,
    MutationProof,
    Said,
    Score,
    Survivor,
    Unseen,
    Verification,
)

HOSTILE = "/a[/b][bold]\x1b]0;x\x07\u2028</script>"


def example(old: str = "1", new: str = "2", shimmed: str = "3") -> Example:
    return Example("c0", "/a/0", old, new, shimmed)


SCORE = Score(
    calls=12,
    unknown=2,
    agreement=(Agreement("GET /a", 10, 1200, 300, 1100, 40, 50, 10), Agreement("GET /b", 2, 8, 8, 8, 0, 0, 0)),
    fields=(
        Field("GET /a", "$.fine", 10, 0, 10),
        Field("GET /a", "$.t", 10, 0, 0, noisy=10),
        Field("GET /a", "$.kept", 10, 9, 8, wrong=2, spoilt=1, claimed=2, example=example(new="1")),
        Field("GET /a", "$.m", 10, 0, 9, wrong=1, claimed=1, example=example(new="3")),
        Field("GET /b", "$.z", 2, 0, 1, wrong=1, example=example()),
        Field("GET /a", "$.q", 10, 0, 5, wrong=5, said=Said.AMBIGUOUS, reason="x or y", example=example()),
        *(Field("GET /a", f"$.gone{at}", 10, lost=10, said=Said.LOST, reason="it is gone") for at in range(6)),
        Field("GET /a", "$.silent", 3, lost=3, example=example(shimmed="")),
        Field("GET /a", "header x-new", added=10),
        Field("GET /a", "request", 10, 0, 9, wrong=1, example=example('"GET /n"', '"GET /o"', '"GET /p"')),
    ),
)
SURVIVOR = Survivor(Harm.INVENTED, "GET /a", "c0", "null at /a", "a value", "4711", '{"a":null}', '{"a":4711}', times=3)
FULL = Verification(
    shim="x.shim.yaml",
    old="old.har",
    new="new.har",
    score=SCORE,
    unseen=Unseen(
        3, 0, Score(agreement=SCORE.agreement), Score(agreement=SCORE.agreement[:1], fields=SCORE.fields[:3])
    ),
    contract=ContractCheck(
        "old.har",
        True,
        12,
        (Breach("GET /a", "$.id", "is missing", 1, 9, 2), Breach("GET /a", "$.n", "is null", 0, 1, 0)),
    ),
    mutations=MutationProof(
        7,
        200,
        150,
        4321,
        (Survivor(Harm.INVENTED, "GET /a", "c0", "null at /a", "a value", "4711", '{"a":null}', '{"a":4711}', 3),),
    ),
    warnings=("GET /b: no call is of this operation",),
    notes=("no second run was given",),
)
FINE = Verification(
    "x", "o", "n", Score(1, 0, (Agreement("GET /a", 1, 1, 0, 1, 0, 0, 0),), (Field("GET /a", "$.a", 1, 0, 1),))
)
ODD = Verification(
    HOSTILE, HOSTILE, HOSTILE, Score(fields=(Field(HOSTILE, HOSTILE, 1, lost=1, reason=HOSTILE, said=Said.LOST),))
)
