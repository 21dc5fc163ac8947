"""`names`: a list of values becomes an object, each value under its name (a tuple, a row)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.source import fetcher
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import values
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Names(BodyStep):
    """The names are `keys`, or the list of texts that the source `from` holds; none stands twice.

    Only a list of just as many values fits.
    """

    name = "names"
    keys: tuple[str, ...] = ()
    from_: str = ""

    def __post_init__(self) -> None:
        """One of the two must say the names."""
        if bool(self.keys) == bool(self.from_):
            raise ValueError("give either keys or from")
        if self.from_:
            fetcher(self.from_)

    @property
    def loss(self) -> Loss:
        """Only fixed names are known when it is undone."""
        return Loss.ISO if self._undoable() else Loss.RESTORABLE

    def sources(self) -> tuple[str, ...]:
        """The one in `from`."""
        return (self.from_,) if self.from_ else ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        fetch = fetcher(self.from_) if self.from_ else None
        fixed = list(self.keys)

        def names(value: Json, answer: Answer) -> Json:
            keys = fetch(value, answer) if fetch else fixed
            if not isinstance(value, list) or not isinstance(keys, list) or len(keys) != len(value):
                return value
            if not all(isinstance(key, str) for key in keys) or len(set(keys)) != len(keys):
                return value
            return dict(zip(keys, value, strict=True)) if answer.takes(sum(map(len, keys))) else value

        return names

    def undo(self) -> values.Values | None:
        """The values alone again, where the names are fixed."""
        return values.Values(at=self.at, keys=self.keys, alone=True, when=self.when) if self._undoable() else None

    def _undoable(self) -> bool:
        return 0 < len(self.keys) == len(set(self.keys))
