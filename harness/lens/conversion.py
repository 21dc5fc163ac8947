"""The shape of a conversion: a small total function on scalars, and the name of the one that undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from harness.model.json_text import Json


class Unfit(Enum):
    """What a conversion answers for a value that is not in the form it reads."""

    UNFIT = "unfit"


UNFIT = Unfit.UNFIT

Convert = Callable[[Json], Json | Unfit]
T = TypeVar("T")


@dataclass(frozen=True)
class Conversion:
    """`forward` turns NEW's form into OLD's; `back` names the conversion that undoes it, as far as it can ("" when none does).

    `exact`: each undoes the other, wherever they fit. Numbers then come back equal, not always written alike: `times-…`
    writes a whole number without a fraction. `example`: a value, and what `forward` makes of it.
    """

    name: str
    forward: Convert
    example: tuple[Json, Json]
    back: str = ""
    exact: bool = False


def pair(name: str, forward: Convert, back: str, backward: Convert, example: tuple[Json, Json]) -> Iterator[Conversion]:
    """Two conversions that undo each other exactly; the second's example is the first's the other way round."""
    yield Conversion(name, forward, example, back, exact=True)
    yield Conversion(back, backward, example[::-1], name, exact=True)


def on(kind: type[T], change: Callable[[T], Json | None]) -> Convert:
    """`change` as a conversion of the values of just that type; it answers None for what does not fit."""

    def convert(value: Json) -> Json | Unfit:
        changed = change(value) if type(value) is kind else None
        return UNFIT if changed is None else changed

    return convert
