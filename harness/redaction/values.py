"""JSON values: a member's name says what it holds; a text may hold JSON again, or be the base64 of some."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import is_not

from harness.model.json_text import Json, parse, repeated_names
from harness.redaction.hiding import Hiding, Kind
from harness.redaction.names import Says, says
from harness.redaction.percent import is_encoded, within
from harness.redaction.splice import spliced
from harness.redaction.texts import Inside, Texts
from harness.redaction.words import words

_NEUTRAL = words("value values raw data text plain content current default const enum example examples")
"""Members that mean what the object that they stand in is called; the last five are JSON Schema's."""

_NAMING = ("name", "key", "field", "header", "param")
"""Members that say what the `value` beside them is called."""

_MOST_NAMES = 65_536
_SPACE = re.compile(r"\s")


class Values:
    """Redacts JSON values, names of members included. `url` redacts a whole URL."""

    def __init__(self, hiding: Hiding, url: Inside) -> None:
        self._hiding = hiding
        self.texts = Texts(hiding, self._inside, url)
        self._plain_names: set[str] = set()

    def redact(self, value: Json, name: str = "") -> Json:
        """The value without secrets, the very same object where there was none. `name` is what it is called."""
        match value:
            case str():
                return self.string(name, value)
            case dict():
                return self._object(value, name)
            case list():
                items = [self.redact(item, name) for item in value]
                return items if _differ(items, value) else value
            case bool() | None | float():
                return value
        return self._number(value, name)

    def string(self, name: str, value: str) -> str:
        """A text under a name: a member, a parameter, a field of a form."""
        if not value:
            return value
        if value[0] in "{[" and (inside := self.json_text(value)) is not None:
            return inside
        hidden = self.texts.named.by_name(name, value) if name else None
        if hidden is not None:
            return hidden
        if is_encoded(value) and not _SPACE.search(value):
            return self._hiding.deeper(lambda: within(value, lambda plain: self.string(name, plain))) or value
        return self.texts.redact(value, guess=says(name) is not Says.RANDOM)

    def json_text(self, text: str) -> str | None:
        """A JSON text, redacted; None where it is none, or one that must be read as plain text."""
        return self._hiding.deeper(lambda: self._json_text(text))

    def _json_text(self, text: str) -> str | None:
        data = text.encode("utf-8", "surrogatepass")
        try:
            value = parse(data)
            if not isinstance(value, dict | list) or repeated_names(data, value):
                return None
            redacted = self.redact(value)
            return text if redacted is value else spliced(text, value, redacted)
        except (ValueError, RecursionError):  # no JSON, or deeper than anybody writes it: it is text then
            return None

    def _object(self, value: dict[str, Json], name: str) -> dict[str, Json]:
        called = (
            next((value[key] for key in _NAMING if isinstance(value.get(key), str)), name) if "value" in value else name
        )
        inherited = name if says(name) is Says.SECRET else ""
        made = {}
        for key, item in value.items():
            own = called if key == "value" else inherited if key in _NEUTRAL else key
            made[self._name(key)] = self.redact(item, own or key)
        return made if _differ(made, value) or _differ(made.values(), value.values()) else value

    def _name(self, key: str) -> str:
        if key in self._plain_names:
            return key
        redacted = self.texts.redact(key)
        if redacted == key and len(self._plain_names) < _MOST_NAMES:
            self._plain_names.add(key)
        return redacted

    def _number(self, value: int, name: str) -> int:
        """A number stays one, of as many digits: a PIN, a card's number, a phone number."""
        said, rule, digits = says(name), self._hiding.rules.named(name), str(abs(value))
        if rule is not None and rule.keep:
            self._hiding.keep(rule)
            return value
        fewest = {Says.SECRET: 3, Says.PHONE: 7, Says.CARD: 12}.get(said, 99)
        if rule is None and (len(digits) < fewest or _counts(name)):
            return value
        hidden = self._hiding.secret(digits, Kind.RULE if rule else Kind.NAMED, str(rule or f"named {name}"), rule)
        return int(hidden) if value >= 0 else -int(hidden)

    def _inside(self, text: str) -> str:
        """What was packed in something else, secrets included that were met elsewhere: there nobody would find them."""
        return self._hiding.again(self.string("", text))


def _counts(name: str) -> bool:
    """Whether a number under a name counts: a model's tokens, a session's seconds."""
    return name.lower().endswith(("token", "tokens", "secrets", "passwords", "credentials"))


def _differ(new: Iterable[object], old: Iterable[object]) -> bool:
    return any(map(is_not, new, old))
