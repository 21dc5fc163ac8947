"""`sort-terms`: what to sort by is written in another notation (`stock:desc,name:asc` becomes `-stock,name`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class SortTerms(BodyStep):
    """A text of names with `,` between them, each in the form `down` or `up`, in which one `*` stands for the name: each comes
    out in the form `to_down` or `to_up`. A name that fits both is taken for `down`.

    Nothing happens where a name fits neither or is empty, where a form that is written would be read as something else, or
    where the value is no text.
    """

    name = "sort-terms"
    down: str = "*:desc"
    up: str = "*:asc"
    to_down: str = "-*"
    to_up: str = "*"

    def __post_init__(self) -> None:
        """Four forms that can be told apart in pairs."""
        for down, up in ((self.down, self.up), (self.to_down, self.to_up)):
            if down.count("*") != 1 or up.count("*") != 1 or down == up or "," in down + up:
                raise ValueError("down and up are two texts with one * each and without a comma")

    def edit(self) -> Edit:
        """Pure; see the class."""
        read, written = (self.down, self.up), (self.to_down, self.to_up)

        def sort_terms(value: Json, answer: Answer) -> Json:
            if not isinstance(value, str):
                return value
            terms = [_read(term, read) for term in value.split(",")]
            told = [term for term in terms if term is not None]
            made = [written[order].replace("*", name, 1) for order, name in told]
            if len(told) != len(terms) or [_read(term, written) for term in made] != terms:
                return value
            text = ",".join(made)
            return text if text != value and answer.takes(len(text)) else value

        return sort_terms

    def undo(self) -> SortTerms:
        """The other way round."""
        return SortTerms(at=self.at, down=self.to_down, up=self.to_up, to_down=self.down, to_up=self.up, when=self.when)


def _read(term: str, forms: tuple[str, str]) -> tuple[int, str] | None:
    """Which of the forms it has, and the name; None where it has neither."""
    for order, form in enumerate(forms):
        start, _, end = form.partition("*")
        name = term[len(start) : len(term) - len(end)]
        if name and term == f"{start}{name}{end}":
            return order, name
    return None
