"""The one who redacts: everything of a run that is written goes through it, and it remembers each secret for the next file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from threading import RLock
from typing import Any, TypeVar

from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.redaction.har import entry
from harness.redaction.hiding import Kind
from harness.redaction.messages import Messages
from harness.redaction.rules import Rules

T = TypeVar("T")


class Redactor:
    """`key` makes the pseudonyms: who has it gets the same for the same values. Threads may share a redactor.

    Whatever is redacted already stays as it is.
    """

    def __init__(self, key: bytes, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._messages = Messages(key, self._rules)
        self._lock = RLock()

    def exchange(self, exchange: Exchange) -> Exchange:
        """The exchange, in which secrets that were met in others are no more either."""
        return exchange if self._rules.off else self._one_at_a_time(self._messages.exchange, exchange)

    def recording(self, recording: Recording) -> Recording:
        """All exchanges; what only a later one shows to be a secret is replaced in the earlier ones as well."""
        self.learn(recording.exchanges)
        return replace(recording, exchanges=tuple(map(self.exchange, recording.exchanges)))

    def learn(self, exchanges: Iterable[Exchange]) -> None:
        """Remember the secrets of exchanges that are redacted later."""
        with self.learning():
            for exchange in exchanges:
                self.exchange(exchange)

    def text(self, text: str) -> str:
        """Any text: a log, a page, a line for the terminal, a file that people read."""
        return text if self._rules.off else self._one_at_a_time(self._messages.text, text)

    def json(self, value: Json) -> Json:
        """A JSON value; the very same object where it holds no secret."""
        return value if self._rules.off else self._one_at_a_time(self._messages.json, value)

    def bytes(self, body: bytes, content_type: str = "") -> bytes:
        """A body or a file, in the form that its type, or its beginning, names. What is no text keeps all but known secrets."""
        if self._rules.off:
            return body
        with self._lock:
            return self._messages.body(body, content_type)

    def entry(self, value: Json) -> Json:
        """An entry of a HAR, with all fields that others wrote into it."""
        return value if self._rules.off else self._one_at_a_time(lambda each: entry(each, self._messages), value)

    def value(self, value: T) -> T:
        """Anything frozen: every text in a dataclass, list, tuple or mapping, whatever its depth."""
        return value if self._rules.off else self._one_at_a_time(self._any, value)

    @contextmanager
    def learning(self) -> Iterator[None]:
        """What is redacted in the block is remembered, and not counted."""
        with self._lock:
            tally = Counter(self._messages.hiding.tally)
            try:
                yield
            finally:
                self._messages.hiding.tally = tally

    @property
    def tally(self) -> Mapping[Kind, int]:
        """How many secrets of each kind were replaced."""
        found: Counter[Kind] = Counter()
        for (kind, _), count in self._messages.hiding.tally.items():
            found[kind] += count
        return found

    @property
    def reasons(self) -> Mapping[tuple[Kind, str], int]:
        """The same, with how each was known: `named api_key`, `header cookie`."""
        return Counter(self._messages.hiding.tally)

    def unused(self) -> tuple[str, ...]:
        """The rules that met nothing so far, with their lines."""
        used = self._messages.hiding.used
        return tuple(f"{self._rules.source}:{rule.line}: {rule}" for rule in self._rules.rules if rule not in used)

    def _one_at_a_time(self, redact: Any, value: T) -> T:
        with self._lock:
            made: T = redact(value)
            return made

    def _any(self, value: Any, name: str = "") -> Any:
        match value:
            case str() if not isinstance(value, Enum):
                return self._messages.named(name, value)
            case Mapping():
                return {
                    self._any(key): self._any(item, key if isinstance(key, str) else "") for key, item in value.items()
                }
            case tuple() | list() | frozenset() | set():
                return type(value)(self._any(item, name) for item in value)
            case bytes():
                return self._messages.body(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{each.name: self._any(getattr(value, each.name)) for each in fields(value) if each.init}
            )
        return self._messages.json(value, name) if type(value) is int else value
