"""A member has another name: `{"rx": 5}` became `{"bytes_recv": 5}`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import agreement, leaf_count, near, same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import fit, information, members, together, translated
from harness.changes.node import Node, Proposal, Rival
from harness.lens.likeness import name_similarity
from harness.lens.steps.rename import Rename
from harness.model.change import Level
from harness.model.json_text import Json

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
    member="old",
)

_SURE = 1.5
_ALWAYS = 0.99
_NEAR = 0.02
_ALIKE = 0.5
_BIG = 100
_MOSTLY = 0.8
_HALF = 0.4
_MANY = 4


@dataclass(frozen=True)
class _Match:
    """How well a removed member and an added one go together. `near` is the share of values that are equal or nearly so.

    `sole`: both hold objects or lists of many values, and no other member that is gone or came does.
    """

    old: str
    new: str
    fit: float
    exact: float
    near: float
    information: float
    likeness: float
    sole: bool = False

    @property
    def score(self) -> float:
        named = self.likeness if self.likeness >= _ALIKE else 0.0  # letters in common by chance settle nothing
        return self.fit * (0.6 + 0.4 * min(1.0, self.information / 2)) + 0.5 * named

    @property
    def plausible(self) -> bool:
        """Values decide; where they say little or are live, the names must speak too."""
        if self.exact >= _ALWAYS and self.information >= _SURE:
            return True
        if self.near >= _ALWAYS and self.information >= 2 * _SURE:
            return True
        if self.sole and self.fit >= _HALF:
            return True
        if self.fit >= 0.9 and self.information >= 0.4:
            return self.likeness >= _ALIKE
        if self.fit >= 0.45:
            return self.likeness >= 0.7
        return (self.fit >= 0.3 and self.likeness >= 0.9) or (self.fit >= 0.15 and self.likeness == 1.0)


def propose(node: Node) -> Iterator[Proposal]:
    """Pairs of a removed and an added member, the best first, each member once.

    What is sure says how words were translated (`rx` is `recv` now), and so helps to name what the values leave open.
    """
    open_ = _with_sole(_matches(node), node)
    told: list[tuple[str, str]] = []
    while True:
        best = _best(open_, told)
        if best is None:
            return
        match, rivals = best
        told.append((match.old, match.new))
        open_ = [other for other in open_ if match.old != other.old and match.new != other.new]
        step = Rename(at=node.at, from_=match.new, to=match.old)
        facts: dict[str, Json] = {"old": match.old, "new": match.new}
        if rivals:
            facts["open"] = sorted({match.old, *(rival.old for rival in rivals)})
        named = tuple(
            Rival(f"{rival.old} from {rival.new}", Rename(at=node.at, from_=rival.new, to=rival.old))
            for rival in rivals
        )
        yield Proposal(step, f"{match.old!r} is now called {match.new!r}", facts, rivals=named)


def _matches(node: Node) -> list[_Match]:
    samples = node.of_types(dict, dict)
    found = members(node)
    matches = []
    for old in found.removed:
        for new in (*found.added, *found.other):
            pairs, alone = together(samples, old, new)
            if pairs and alone <= len(pairs) // 4:
                agreeing = [here for here, there in pairs if _nearly(here, there)]
                exact = sum(same(here, there) for here, there in pairs) / len(pairs)
                near = len(agreeing) / len(pairs)
                matches.append(
                    _Match(old, new, fit(pairs), exact, near, information(agreeing), name_similarity(old, new))
                )
    return matches


def _with_sole(matches: list[_Match], node: Node) -> list[_Match]:
    samples = node.of_types(dict, dict)
    old = _containers([sample.old for sample in samples], {match.old for match in matches})
    new = _containers([sample.new for sample in samples], {match.new for match in matches})
    if len(old) != 1 or len(new) != 1:
        return matches
    return [replace(each, sole=(each.old in old and each.new in new)) for each in matches]


def _containers(objects: Sequence[Json], names: Container[str]) -> set[str]:
    """The members of these names that hold objects or lists wherever they are, mostly of many values."""
    found: dict[str, list[Json]] = {}
    for each in objects:
        for name, value in each.items():
            if name in names:
                found.setdefault(name, []).append(value)
    return {name for name, values in found.items() if all(map(_is_container, values)) and _are_big(values)}


def _is_container(value: Json) -> bool:
    return isinstance(value, (dict, list))


def _are_big(values: Sequence[Json]) -> bool:
    return 2 * sum(leaf_count(value) >= _MANY for value in values) >= len(values)


def _best(matches: list[_Match], told: list[tuple[str, str]]) -> tuple[_Match, list[_Match]] | None:
    """The best plausible match, and those that share a member with it and are as good."""
    weighed = [replace(each, likeness=max(each.likeness, translated(each.old, each.new, told))) for each in matches]
    ranked = sorted((each for each in weighed if each.plausible), key=lambda each: (-each.score, each.old, each.new))
    if not ranked:
        return None
    best = ranked[0]
    rivals = [
        each for each in ranked[1:] if (each.old == best.old or each.new == best.new) and each.score > best.score - 0.05
    ]
    return best, rivals


def _nearly(old: Json, new: Json) -> bool:
    """Equal, or mostly so, or two large numbers within a fiftieth of each other: a counter that ran on."""
    if same(old, new):
        return True
    if isinstance(old, (dict, list)) and type(old) is type(new):
        return agreement(old, new) >= _MOSTLY
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (old, new))
    return numbers and abs(old) >= _BIG and near(old, new, _NEAR)
