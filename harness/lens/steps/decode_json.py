"""`decode-json`: a text that holds a list or an object as JSON gives way to it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import encode_json
from harness.model.json_text import Json, parse, serialize


@dataclass(frozen=True, kw_only=True)
class DecodeJson(BodyStep):
    """Only texts that are JSON without white space, each character as itself where JSON lets it be (no `\\\\u00e9` for é) and
    no name twice: what `encode-json` writes. Else nobody knows how to write it again.
    """

    name = "decode-json"

    def edit(self) -> Edit:
        """Pure; see the class."""

        def decode_json(value: Json, answer: Answer) -> Json:
            if not isinstance(value, str) or value[:1] not in ("[", "{"):
                return value
            try:
                decoded = parse(text := value.encode())
            except (ValueError, RecursionError):  # no JSON, half a surrogate pair, or too deep
                return value
            return decoded if serialize(decoded) == text else value

        return decode_json

    def undo(self) -> encode_json.EncodeJson:
        """The text again."""
        return encode_json.EncodeJson(at=self.at, when=self.when)
