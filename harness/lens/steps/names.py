"""`names`: a list of values becomes an object, each value under its name (a tuple, a row)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.source import fetcher
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Names(BodyStep):
    """The names are `keys`, or the list of texts that the source `from` holds. Only a list of just as many values fits."""

    name = "names"
    keys: tuple[str, ...] = ()
    from_: str = ""

    def __post_init__(self) -> None:
        """One of the two must say the names."""
        if bool(self.keys) == bool(self.from_):
            raise ValueError("give either keys or from")
        if self.from_:
            fetcher(self.from_)

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
            return dict(zip(keys, value, strict=True))

        return names
