"""A member has another name: `{"rx": 5}` became `{"bytes_recv": 5}`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import fit, information, members, name_similarity, together
from harness.changes.node import Node, Proposal
from harness.lens.steps.rename import Rename
from harness.model.change import Level

KIND = Kind(
    id="response-property-renamed",
    number=3,
    title="field renamed",
    level=Level.BREAK,
    stage=Stage.MEMBERS,
    witness=Witness(
        old=({"strategyName": "default"}, {"strategyName": "gradual"}), new=({"name": "default"}, {"name": "gradual"})
    ),
    meaning="A field that OLD had is there, under another name.",
    undo="It gets its old name back.",
)

_SURE = 1.5


@dataclass(frozen=True)
class _Match:
    """How well a removed member and an added one go together."""

    old: str
    new: str
    fit: float
    exact: float
    information: float
    likeness: float

    @property
    def score(self) -> float:
        return self.fit * (0.6 + 0.4 * min(1.0, self.information / 2)) + 0.5 * self.likeness

    @property
    def plausible(self) -> bool:
        """Values decide; where they say little or are live, the names must speak too."""
        if self.exact >= 0.99 and self.information >= _SURE:
            return True
        if self.fit >= 0.9 and self.information >= 0.4:
            return self.likeness >= 0.5
        if self.fit >= 0.45:
            return self.likeness >= 0.7
        return self.fit >= 0.15 and self.likeness >= 0.9


def propose(node: Node) -> Iterator[Proposal]:
    """Pairs of a removed and an added member, the best first, each member once."""
    samples = node.of_types(dict, dict)
    found = members(node)
    matches = []
    for old in found.removed:
        for new in found.added:
            pairs, alone = together(samples, old, new)
            if pairs and alone <= len(pairs) // 4:
                agreeing = [here for here, there in pairs if same(here, there)]
                matches.append(
                    _Match(
                        old,
                        new,
                        fit(pairs),
                        len(agreeing) / len(pairs),
                        information(agreeing),
                        name_similarity(old, new),
                    )
                )
    matches.sort(key=lambda match: (-match.score, match.old, match.new))
    taken: set[tuple[str, str]] = set()
    for match in matches:
        if not match.plausible or ("old", match.old) in taken or ("new", match.new) in taken:
            continue
        rivals = tuple(
            f"{rival.old} from {rival.new}"
            for rival in matches
            if rival is not match
            and (rival.old == match.old) != (rival.new == match.new)
            and rival.plausible
            and ("old", rival.old) not in taken
            and ("new", rival.new) not in taken
            and rival.score > match.score - 0.05
        )
        taken |= {("old", match.old), ("new", match.new)}
        step = Rename(at=node.at, from_=match.new, to=match.old)
        yield Proposal(
            step, f"{match.old!r} is now called {match.new!r}", {"old": match.old, "new": match.new}, rivals=rivals
        )
