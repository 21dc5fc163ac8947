"""`copy`: a member that OLD had is filled from where its value still stands (see harness.lens.source)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import UNFIT, conversion_of
from harness.lens.places import Edit
from harness.lens.room import own_copy
from harness.lens.source import fetcher
from harness.lens.step import BodyStep, Loss
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Copy(BodyStep):
    """Adds a last member `to` to the object at `at`, where it is missing and the source `from` has a value; `using` converts it.

    A source is `@.a` (in the object), `$.a` (in the body as it is at that moment), `received($.a)` (as NEW sent it),
    `sent($.a)` (in the body that the plugin sent), `keys(…)` or `count(…)` of one of these (an object's names, a list's
    length), `header(Name)`, `request(Name)` (of the call), `path(name)`, `query(name)`: texts, `origin()`: what the plugin
    called (`http://a.example:8080`), or `called(name, source)`: one of these in the answer to a second call. Paths name one
    place: no `[*]`, no `.*`.

    The copy is one of its own: what is done to it later does not show at the source.
    """

    name = "copy"
    loss = Loss.RESTORABLE
    from_: str
    to: str
    using: str = ""

    def __post_init__(self) -> None:
        """The source and the conversion must exist."""
        fetcher(self.from_)
        conversion_of(self.using)

    def sources(self) -> tuple[str, ...]:
        """The one in `from`."""
        return (self.from_,)

    def edit(self) -> Edit:
        """Pure; see the class."""
        fetch, target = fetcher(self.from_), self.to
        convert = conversion_of(self.using).forward

        def copy(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or target in value:
                return value
            found = fetch(value, answer)
            converted = ABSENT if found is ABSENT else convert(found)
            copied = ABSENT if converted is UNFIT else own_copy(converted, answer)
            return value if copied is ABSENT else {**value, target: copied}

        return copy

    def undo(self) -> Drop:
        """NEW does not have the member."""
        return Drop(at=self.at, keys=(self.to,), when=self.when)
