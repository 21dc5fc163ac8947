"""What a schema says of a value, whichever of its parts says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harness.declared.api import Schema
from harness.model.json_text import Json

NOTES = {"$comment", "default", "deprecated", "description", "discriminator", "example", "examples", "externalDocs"} | {
    "readOnly", "title", "writeOnly", "xml",
}  # fmt: skip
"""Keywords that accept and refuse nothing."""

Union = tuple[str, tuple[Schema, ...]]
"""The keyword, and the branches other than null."""


@dataclass(frozen=True)
class View:
    """`types` are those a value may have, without null; None for any. `nullable` is None where nothing is said of it.

    `listed`: whether the types are told by a union of plain types. `words` are the keywords about the value itself.
    """

    types: frozenset[str] | None
    nullable: bool | None
    listed: bool
    words: Mapping[str, Any]
    properties: Mapping[str, Schema]
    required: frozenset[str]
    parts: Mapping[str, Schema]
    named: Mapping[str, Mapping[str, Schema]]
    prefix: tuple[Schema, ...]
    unions: tuple[Union, ...]
    all_of: tuple[Schema, ...]

    @cached_property
    def open(self) -> bool:
        """Whether anything at all will do."""
        said = self.words.keys() - NOTES
        inside = self.properties or self.parts or self.prefix or self.unions or any(self.named.values())
        return self.types is None and not said and not inside

    def may_be(self, name: str) -> bool:
        """Whether a value may have that type."""
        return self.types is None or name in self.types

    @cached_property
    def values(self) -> tuple[Json, ...] | None:
        """The values that are possible, without null; None for any."""
        said = [self.words["const"]] if "const" in self.words else self.words.get("enum")
        return None if said is None else tuple(value for value in said if value is not None)
