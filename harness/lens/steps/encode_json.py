"""`encode-json`: a list or an object gives way to its JSON text."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import decode_json
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class EncodeJson(BodyStep):
    """Without white space; each character is itself but `"`, `\\\\`, the controls below U+0020 and half a surrogate pair.

    Numbers are written as they are, members in their order. Scalars stay as they are.
    """

    name = "encode-json"

    def edit(self) -> Edit:
        """Pure; see the class."""

        def encode_json(value: Json, answer: Answer) -> Json:
            if not isinstance(value, (dict, list)):
                return value
            text = serialize(value).decode()
            return text if answer.takes(len(text)) else value

        return encode_json

    def undo(self) -> decode_json.DecodeJson:
        """The value again."""
        return decode_json.DecodeJson(at=self.at, when=self.when)
