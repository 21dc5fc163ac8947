"""Which media type of OLD's answer became which of NEW's: `application/hal+json` is a sort of `application/json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

CHANGED, GENERALIZED, SPECIALIZED = "name-changed", "name-generalized", "name-specialized"


@dataclass(frozen=True)
class MediaType:
    """`text` is as written, `bare` without the parameters, which are sorted."""

    text: str
    bare: str
    parameters: tuple[str, ...]

    @property
    def is_json(self) -> bool:
        """Whether its values have types: where all is text, a number is as good as the text of it. `*/*` may be JSON."""
        return self.bare.endswith(("/json", "+json", "/*"))

    def contains(self, other: MediaType) -> bool:
        """Whether whoever reads this one can read the other."""
        kind, _, name = self.bare.partition("/")
        other_kind, _, other_name = other.bare.partition("/")
        if self.bare == "*/*" or self.bare == other.bare:
            return True
        return kind == other_kind and (name == "*" or other_name.endswith(f"+{name}"))


def media_type(text: str) -> MediaType:
    """What a media type's text says; letter case and the blanks between parameters do not matter."""
    bare, *parameters = (part.strip() for part in text.split(";"))
    return MediaType(text, bare.lower(), tuple(sorted(part.lower() for part in parameters if part)))


_FITS: tuple[tuple[Callable[[MediaType, MediaType], bool], str], ...] = (
    (lambda one, other: one.bare == other.bare and one.parameters == other.parameters, ""),
    (lambda one, other: one.bare == other.bare, CHANGED),
    (lambda one, other: one.contains(other), SPECIALIZED),
    (lambda one, other: other.contains(one), GENERALIZED),
)


def matched(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str | None, str | None, str]]:
    """Every media type once: (OLD's, NEW's, how its name changed), None on the side that lacks it, "" for no change."""
    left, right = [media_type(text) for text in old], [media_type(text) for text in new]
    for fits, how in _FITS:
        for one in list(left):
            other = next((each for each in right if fits(one, each)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                same_parameters = one.parameters == other.parameters
                yield one.text, other.text, how if same_parameters or not how else CHANGED
    yield from ((one.text, None, "") for one in left)
    yield from ((None, other.text, "") for other in right)
