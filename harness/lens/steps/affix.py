"""`affix`: a text's beginning or end is exchanged (a prefix, a host in a link, a version in a path)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Affix(BodyStep):
    """Texts that start with `prefix` and end with `suffix` (NEW's) get `to_prefix` and `to_suffix` (OLD's) instead.

    The two do not overlap: a text shorter than both together stays as it is.
    """

    name = "affix"
    prefix: str = ""
    to_prefix: str = ""
    suffix: str = ""
    to_suffix: str = ""

    def edit(self) -> Edit:
        """Pure; see the class."""
        prefix, suffix = self.prefix, self.suffix
        to_prefix, to_suffix = self.to_prefix, self.to_suffix
        least = len(prefix) + len(suffix)

        def affix(value: Json, answer: Answer) -> Json:
            if not isinstance(value, str) or len(value) < least:
                return value
            if not (value.startswith(prefix) and value.endswith(suffix)):
                return value
            changed = to_prefix + value[len(prefix) : len(value) - len(suffix)] + to_suffix
            return value if changed == value or not answer.takes(len(changed)) else changed

        return affix

    def undo(self) -> Affix:
        """The other way round."""
        return Affix(
            at=self.at,
            prefix=self.to_prefix,
            to_prefix=self.prefix,
            suffix=self.to_suffix,
            to_suffix=self.suffix,
            when=self.when,
        )
