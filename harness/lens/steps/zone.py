"""`zone`: a moment is written in OLD's zone."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.zones import minutes_ahead, shifted
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Zone(BodyStep):
    """An ISO 8601 moment (day, T or a space, time to the second, perhaps a fraction) in zone `from` is written in zone `to`.

    A zone is `Z` or an offset (`+01:00`, `-0530`), read and written just so. With `unsaid: from` the moment that is read says
    no zone, with `unsaid: to` the one that is written. Its fraction, and its T or space, stay as they are.
    """

    name = "zone"
    from_: str
    to: str
    unsaid: str = ""

    def __post_init__(self) -> None:
        """Zones, and something to do."""
        minutes_ahead(self.from_)
        minutes_ahead(self.to)
        if self.unsaid not in ("", "from", "to"):
            raise ValueError("unsaid is from or to")
        if self.from_ == self.to and not self.unsaid:
            raise ValueError("from and to are one zone")

    def edit(self) -> Edit:
        """Pure; see the class."""
        minutes = minutes_ahead(self.to) - minutes_ahead(self.from_)
        source = "" if self.unsaid == "from" else self.from_
        target = "" if self.unsaid == "to" else self.to

        def zone(value: Json, answer: Answer) -> Json:
            moved = shifted(value, source, minutes, target) if isinstance(value, str) else None
            return value if moved is None or moved == value else moved

        return zone

    def undo(self) -> Zone:
        """The other way round."""
        unsaid = {"from": "to", "to": "from"}.get(self.unsaid, "")
        return Zone(at=self.at, from_=self.to, to=self.from_, unsaid=unsaid, when=self.when)
