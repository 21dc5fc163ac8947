"""`relative`: a link loses its host (`https://a.example/items/1` becomes `/items/1`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.links import check_origin, is_rooted, origin_loss, origin_of
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import absolute
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Relative(BodyStep):
    """A text that starts with the origin, and behind it with one `/` (not two), loses the origin. Letter case counts.

    The origin is `origin` (`https://a.example`, perhaps with a path, no `/` at its end), or the text of that form that the
    source `from` holds, or without either what the plugin called, `origin()`. Nothing happens where there is none.
    """

    name = "relative"
    origin: str = ""
    from_: str = ""

    def __post_init__(self) -> None:
        """An origin or a source of one."""
        check_origin(self.origin, self.from_)

    @property
    def loss(self) -> Loss:
        """Nothing, where the origin is the same when it is undone."""
        return origin_loss(self.from_)

    def sources(self) -> tuple[str, ...]:
        """The one in `from`."""
        return (self.from_,) if self.from_ else ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        origin_for = origin_of(self.origin, self.from_)

        def relative(value: Json, answer: Answer) -> Json:
            if not isinstance(value, str):
                return value
            origin = origin_for(value, answer)
            if origin is None or not value.startswith(origin) or not is_rooted(link := value[len(origin) :]):
                return value
            return link

        return relative

    def undo(self) -> absolute.Absolute:
        """The link with its host again."""
        return absolute.Absolute(at=self.at, origin=self.origin, from_=self.from_, when=self.when)
