"""`set-header`: a header that OLD sent, with a fixed value or one that still stands elsewhere in the answer."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.source import fetcher
from harness.lens.step import Apply, Loss, Step
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class SetHeader(Step):
    """Replaces every header called `header`. With `from` (a source) only a text or a number is written, else nothing happens."""

    name = "set-header"
    loss = Loss.LOST
    header: str
    value: str = ""
    from_: str = ""

    def __post_init__(self) -> None:
        """No line may break out of its header."""
        if bool(self.value) == bool(self.from_):
            raise ValueError("give either value or from")
        if not self.header or any(character in self.header + self.value for character in "\r\n\0"):
            raise ValueError("a header's name and value are one line")
        if self.from_:
            fetcher(self.from_)

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        name, lowered = self.header, self.header.lower()
        fetch = fetcher(self.from_) if self.from_ else None
        fixed = self.value

        def set_header(answer: Answer) -> None:
            value = fixed if fetch is None else _line(fetch(answer.body, answer))
            if value is None or answer.header(name) == value:
                return
            answer.headers = [pair for pair in answer.headers if pair[0].lower() != lowered] + [(name, value)]
            answer.edits += 1

        return self.when.guard(set_header)


def _line(value: Json) -> str | None:
    if value is ABSENT or isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    return None if any(character in text for character in "\r\n\0") else text
