"""A text got another beginning or end: `/api/v1/x` became `/api/v2/x`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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


_PLAIN = 3
_MANY = 5
_CERTAIN = 0.75
_FIXED = 4


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
    if len(heads) == 1 and min(tails) > 0 and _is_telling(heads, pairs):
        to_head, head = heads.pop()
        yield Proposal(
            Affix(at=node.at, prefix=head, to_prefix=to_head),
            f"the text's beginning {to_head!r} became {head!r}",
            {"old": to_head, "new": head},
        )
    fronts = [len(_common_head([old, new])) for old, new in pairs]
    ends = Counter((old[front:], new[front:]) for (old, new), front in zip(pairs, fronts, strict=True) if front)
    if ends and (found := _usual_end(ends, pairs)):
        to_end, end = found
        yield Proposal(
            Affix(at=node.at, suffix=end, to_suffix=to_end),
            f"the text's end {to_end!r} became {end!r}",
            {"old": to_end, "new": end},
        )


def _usual_end(ends: Counter[tuple[str, str]], pairs: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The end that all texts have changed; or most of those that have NEW's, where it is a phrase and others have none."""
    found, count = ends.most_common(1)[0]
    if count == len(pairs):
        return found if _is_telling([found], pairs) else None
    with_end = sum(new.endswith(found[1]) for _, new in pairs)
    is_phrase = len(found[1]) >= _FIXED and count >= _PLAIN
    return found if is_phrase and count >= _CERTAIN * with_end else None


def _is_telling(affixes: Iterable[tuple[str, str]], pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether an affix is no accident: a letter or two (`b1` for `1`) may begin any word, unless many texts say so."""
    return len(pairs) >= _MANY or all(len(new) >= _PLAIN or not new.isalnum() for _, new in affixes)


def _common_head(texts: Sequence[str]) -> str:
    """The longest beginning that all of them have: it lies between the least and the greatest of them."""
    least, greatest = min(texts), max(texts)
    end = next((at for at, (here, there) in enumerate(zip(least, greatest, strict=False)) if here != there), len(least))
    return least[:end]


def _common_tail(old: str, new: str) -> int:
    return len(_common_head([old[::-1], new[::-1]]))
