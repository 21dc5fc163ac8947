"""Bodies of one media type on their way into a summary: gathered until a batch is worth it, counted where not understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.model.body import MISCODED, REPEATED, Form
from harness.model.collector import collector_paused
from harness.model.json_text import Json, repeated_names
from harness.schema.reading import are_plain, has_long_integer, is_looked_into, quickest_json, read
from harness.schema.summary import Summary, merge

BATCH = 256
"""So many values are gathered before they are summarized: enough for the columns to pay, few enough to fit in memory."""

BATCH_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Bodies:
    """All bodies of one media type: `count` of them, of which `unread` are not what they say, or of a type that is not
    looked into, and so not in `summary`.

    In `repeating` of them an object has a name twice (the last one counts); `miscoded` are not in the charset that they
    name. `forms` are LINES or EVENTS where bodies are such: their value is a list.
    """

    count: int
    unread: int
    summary: Summary
    repeating: int = 0
    miscoded: int = 0
    forms: frozenset[Form] = frozenset()


@dataclass
class Gathered:
    """Bodies of one media type: those that wait (`size` bytes), and what is known of the others.

    Python's cyclic garbage collector pauses while a batch is read and summarized: it would search the fresh values for
    cycles, which JSON cannot have, and takes a fifth of the time.
    """

    media_type: str
    count: int = 0
    unread: int = 0
    repeating: int = 0
    miscoded: int = 0
    forms: set[Form] = field(default_factory=set)
    size: int = 0
    _summary: Summary = field(default_factory=Summary)
    _waiting: list[tuple[bytes, str]] = field(default_factory=list)

    def add(self, text: bytes, content_type: str) -> int:
        """Take in a body with its Content-Type; how many bytes more are waiting now (fewer: a negative number)."""
        self.count += 1
        if not is_looked_into(self.media_type, text):
            self.unread += 1
            return 0
        before = self.size
        self._waiting.append((text, content_type))
        self.size += len(text)
        if len(self._waiting) >= BATCH or self.size >= BATCH_BYTES:
            self.flush()
        return self.size - before

    def flush(self) -> None:
        """Summarize what waits."""
        if self._waiting:
            with collector_paused():
                self._summarize()
            self._waiting, self.size = [], 0

    def bodies(self) -> Bodies:
        """All that is known of them; it stays as it is when more are added."""
        self.flush()
        forms = frozenset(self.forms)
        return Bodies(self.count, self.unread, merge(self._summary), self.repeating, self.miscoded, forms)

    def _summarize(self) -> None:
        """Most bodies are JSON in UTF-8 and quickly read; the rest is looked at one by one."""
        quick: list[tuple[bytes, str, Json]] = []
        others: list[Json] = []
        for text, content_type in self._waiting:
            try:
                quick.append((text, content_type, quickest_json(text, self.media_type)))
            except ValueError:
                others += self._slowly(text, content_type)
        values = [value for _, _, value in quick]
        if not are_plain([text for text, _, _ in quick], values):
            values = []
            for text, content_type, value in quick:
                if has_long_integer(text):
                    others += self._slowly(text, content_type)
                else:
                    self.repeating += repeated_names(text, value) > 0
                    values.append(value)
        self._summary.add_all(values)
        self._summary.add_all(others)

    def _slowly(self, text: bytes, content_type: str) -> list[Json]:
        """The value of a body, or none."""
        body = read(text, content_type)
        self.unread += not body.is_read
        self.repeating += REPEATED in body.remarks
        self.miscoded += MISCODED in body.remarks
        if body.form in (Form.LINES, Form.EVENTS):
            self.forms.add(body.form)
        return [body.value] if body.is_read else []
