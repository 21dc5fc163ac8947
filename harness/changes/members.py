"""Which members of an object OLD had and NEW lacks, and the reverse: what renames, moves and removals start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.changes.agreement import agreement, leaves, same
from harness.changes.node import Node, Sample
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.steps.recase import words
from harness.model.json_text import Json, serialize


@dataclass(frozen=True)
class Members:
    """`removed` stand in some OLD object and in no NEW one, `added` the other way round; in the order of first sight.

    Of the `shared` ones, `other` hold an object on one side and a scalar on the other: the name may have a new owner.
    """

    removed: tuple[str, ...]
    added: tuple[str, ...]
    shared: tuple[str, ...]
    other: tuple[str, ...]


def members(node: Node) -> Members:
    """Of all samples that are objects on both sides."""
    samples = node.of_types(dict, dict)
    old: dict[str, None] = {}
    new: dict[str, None] = {}
    for sample in samples:
        old |= dict.fromkeys(sample.old)
        new |= dict.fromkeys(sample.new)
    return Members(
        tuple(key for key in old if key not in new),
        tuple(key for key in new if key not in old),
        tuple(key for key in old if key in new),
        tuple(key for key in old if key in new and _another_thing(samples, key)),
    )


def _another_thing(samples: Sequence[Sample], key: str) -> bool:
    """Whether a member holds objects on one side and scalars on the other, wherever both have it."""
    pairs = [(sample.old[key], sample.new[key]) for sample in samples if key in sample.old and key in sample.new]
    return bool(pairs) and all(
        isinstance(old, dict) != isinstance(new, dict) and not isinstance(old, list) and not isinstance(new, list)
        for old, new in pairs
    )


def translated(old: str, new: str, told: Sequence[tuple[str, str]]) -> float:
    """0 to 1: how well `new` is `old` in the words in which the members `told` were renamed.

    After `cumulative_rx` became `bytes_recv_gauge` and `cumulative_tx` became `bytes_sent_gauge`, `rx` is `recv`.
    """
    wanted, given = words(old), words(new)
    if not wanted or not told:
        return 0.0
    said = [_translation(word, told) for word in wanted]
    if any(word is None or word not in given for word in said):
        return 0.0
    usual = {word for _, name in told for word in words(name)}
    return 1.0 / (1.0 + 0.1 * sum(word not in usual for word in given) + 0.02 * len(given))


def _translation(word: str, told: Sequence[tuple[str, str]]) -> str | None:
    """The word that stands in every new name of an old one with `word`, and in the fewest other new names."""
    mine = [set(words(new)) for old, new in told if word in words(old)]
    others = [set(words(new)) for old, new in told if word not in words(old)]
    common = set.intersection(*mine) if mine else set()
    own = sorted(candidate for candidate in common if not any(candidate in other for other in others))
    return own[0] if len(own) == 1 else None


def information(values: Iterable[Json]) -> float:
    """How much it says that these values agree: null, booleans, 0, 1 and what is empty say little, and repeats nothing."""
    return sum(_worth(value) for value in {serialize(value): value for value in values}.values())


def _worth(value: Json) -> float:
    if isinstance(value, (dict, list)):
        return min(3.0, sum(_worth(item) for _, item in set(leaves(value)))) if value else 0.1
    if value is None or isinstance(value, bool) or value == "":
        return 0.1
    if isinstance(value, (int, float)):
        return 0.2 if value in (0, 1) else 0.5 if abs(value) < 10 else 1.0
    return 0.5 if len(value) < 3 else 1.0


def fit(samples: Sequence[tuple[Json, Json]]) -> float:
    """0 to 1: how well NEW's values can be OLD's; values that one conversion turns into OLD's count nearly as equal."""
    if not samples:
        return 0.0
    plain = sum(max(0.0, agreement(old, new)) for old, new in samples) / len(samples)
    if plain > 0.95 or any(isinstance(value, (dict, list)) for pair in samples for value in pair):
        return plain
    different = [(old, new) for old, new in samples if not same(old, new)]
    for conversion in CONVERSIONS.values():
        if all((out := conversion.forward(new)) is not UNFIT and same(out, old) for old, new in different):
            return 0.95
    return plain


def together(samples: Sequence[Sample], old: str, new: str) -> tuple[list[tuple[Json, Json]], int]:
    """The values of both members where both are there, and how often just one of them is."""
    pairs: list[tuple[Json, Json]] = []
    alone = 0
    for sample in samples:
        here, there = old in sample.old, new in sample.new
        if here and there:
            pairs.append((sample.old[old], sample.new[new]))
        elif here or there:
            alone += 1
    return pairs, alone
