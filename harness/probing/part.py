"""Some parameters that belong together, and the forms in which NEW may want them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.lens.steps.rename import Rename
from harness.model.json_text import Json
from harness.probing.candidate import QUERY, Steps

Query = Mapping[str, Json]
Rows = list[Json]


@dataclass(frozen=True)
class Part:
    """`forms` turn OLD's notation into ones of NEW's; the first is none: as before. Where `tries` are given, these queries in
    OLD's notation, asked in a form that NEW understands, give lists of rows that `shows` says yes to.
    """

    names: tuple[str, ...]
    forms: Callable[[], Iterator[Steps]]
    tries: tuple[Query, ...] = ()
    shows: Callable[[Sequence[Rows]], bool] = bool


def renamed(names: Mapping[str, str]) -> Steps:
    """Parameters under other names."""
    return tuple(Rename(at=QUERY, from_=old, to=new) for old, new in names.items() if old != new)
