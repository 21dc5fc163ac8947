"""`set-header`: a header that OLD sent, with a fixed value or one that still stands elsewhere in the answer."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.lines import is_sendable
from harness.lens.parameters import checked_header
from harness.lens.source import fetcher
from harness.lens.step import Apply, Loss, Step
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class SetHeader(Step):
    """Takes every header called `header`, in any letter case, out, and puts one at the end: with the text `value`, which is empty
    where nothing else is said, or with what the source `from` holds.

    With `from` only a text that can be sent (no control character but the tab, no half surrogate pair, at most 8,000
    characters), or a number as it is written, is taken, else nothing happens.
    """

    name = "set-header"
    loss = Loss.LOST
    header: str
    value: str = ""
    from_: str = ""

    def __post_init__(self) -> None:
        """No line may break out of its header."""
        checked_header(self.header, self.value)
        if self.value and self.from_:
            raise ValueError("give value or from, not both")
        if self.from_:
            fetcher(self.from_)

    def sources(self) -> tuple[str, ...]:
        """The one in `from`."""
        return (self.from_,) if self.from_ else ()

    def compile(self) -> Apply:
        """Edit in place; see the class."""
        name, lowered = self.header, self.header.lower()
        fetch = fetcher(self.from_) if self.from_ else None
        fixed = self.value

        def set_header(answer: Answer) -> None:
            value = fixed if fetch is None else _line(fetch(answer.body, answer))
            if value is None or [value] == [text for key, text in answer.headers if key.lower() == lowered]:
                return
            answer.headers = [pair for pair in answer.headers if pair[0].lower() != lowered] + [(name, value)]
            answer.edits += 1

        return self.when.guard(set_header)


def _line(value: Json) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = value if isinstance(value, str) else serialize(value).decode()
    return text if is_sendable(text) else None
