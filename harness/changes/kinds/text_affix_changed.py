"""A text got another beginning or end: `/api/v1/x` became `/api/v2/x`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.affix import Affix
from harness.model.change import Level

KIND = Kind(
    id="response-property-affix-changed",
    number=36,
    title="beginning or end of a text changed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=("/api/v1/posts", "/api/v1/users/3"), new=("/api/v2/posts", "/api/v2/users/3")),
    meaning="Links and composed texts point elsewhere.",
    undo="The old beginning or end is put back.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """The one exchange of a prefix and a suffix that turns each NEW text into OLD's."""
    pairs = list(
        dict.fromkeys(
            (sample.old, sample.new) for sample in node.of_types(str, str) if not same(sample.old, sample.new)
        )
    )
    if len(pairs) < 2:
        return
    tails = [_common_tail(old, new) for old, new in pairs]
    heads = {(old[: len(old) - tail], new[: len(new) - tail]) for (old, new), tail in zip(pairs, tails, strict=True)}
    if len(heads) == 1 and min(tails) > 0:
        to_head, head = heads.pop()
        yield Proposal(
            Affix(at=node.at, prefix=head, to_prefix=to_head),
            f"the text's beginning {to_head!r} became {head!r}",
            {"old": to_head, "new": head},
        )
    fronts = [len(_common_head([old, new])) for old, new in pairs]
    ends = {(old[front:], new[front:]) for (old, new), front in zip(pairs, fronts, strict=True)}
    if len(ends) == 1 and min(fronts) > 0:
        to_end, end = ends.pop()
        yield Proposal(
            Affix(at=node.at, suffix=end, to_suffix=to_end),
            f"the text's end {to_end!r} became {end!r}",
            {"old": to_end, "new": end},
        )


def _common_head(texts: Sequence[str]) -> str:
    """The longest beginning that all of them have: it lies between the least and the greatest of them."""
    least, greatest = min(texts), max(texts)
    end = next((at for at, (here, there) in enumerate(zip(least, greatest, strict=False)) if here != there), len(least))
    return least[:end]


def _common_tail(old: str, new: str) -> int:
    return len(_common_head([old[::-1], new[::-1]]))
