"""What to sort by is written otherwise: `stock:desc,name:asc` or `-stock,name`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.places import Edit
from harness.lens.steps.sort_terms import SortTerms
from harness.model.change import Level

KIND = Kind(
    id="sort-notation-changed",
    number=36,
    title="notation of sorting changed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=("-stock", "name,-price", "price"), new=("stock:desc", "name:asc,price:desc", "price:asc")),
    meaning="Whether each name is sorted upwards or downwards is written in another way.",
    undo="It is written in the old way.",
    rank=-1,
)

_NOTATIONS = (
    *(("-*", "*"), ("-*", "+*"), ("!*", "*"), ("*-", "*"), ("*-", "*+")),
    *((f"*{mark}{down}", up) for mark in ": ._" for down, up_ in (("desc", "asc"), ("d", "a"), ("-1", "1"))
      for up in (f"*{mark}{up_}", "*")),
    *((f"*{mark}{down}", f"*{mark}{up}") for mark in ": ._"
      for down, up in (("DESC", "ASC"), ("D", "A"), ("descending", "ascending"))),
    *((f"{down}(*)", f"{up}(*)") for down, up in (("desc", "asc"), ("DESC", "ASC"))),
)  # fmt: skip
_TELLING = 2
_LONGEST = 200
_MARKS = frozenset("-!:._ +(")


@cache
def _exchanges() -> list[tuple[SortTerms, Edit]]:
    """Every notation in every other."""
    steps = [SortTerms(down=down, up=up, to_down=d, to_up=u) for (down, up), (d, u) in permutations(_NOTATIONS, 2)]
    return [(step, step.edit()) for step in steps]


def propose(node: Node) -> Iterator[Proposal]:
    """The two notations in which all texts say the same, upwards and downwards."""
    pairs = list(dict.fromkeys((sample.new, sample.old) for sample in node.of_types(str, str)))
    differing = [(new, old) for new, old in pairs if new != old]
    if len(pairs) < _TELLING or not differing or not all(_is_short(text) for pair in pairs for text in pair):
        return
    if not all(_MARKS.intersection(new + old) for new, old in differing):
        return
    answer = node.samples[0].answer
    for step, edit in _exchanges():
        if all(edit(new, answer) == old for new, old in (*differing, *pairs)):
            message = f"sorting downwards was written {step.to_down!r}, and is written {step.down!r} now"
            yield Proposal(step.moved(node.at), message, {"old": step.to_down, "new": step.down})
            return


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST
