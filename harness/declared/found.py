"""A difference between two schemas, as the families of checks give it: what, where in the value, and both sides."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.json_text import Json
from harness.model.paths import Path


@dataclass(frozen=True)
class Found:
    """`id` has `{}` for where the schema stands (body, property, header). `at` leads there from the schema that was compared.

    `old` and `new` are what each side declares, None for nothing; `told` is what tells the finding from its like at one place.
    """

    id: str
    message: str
    old: Json = None
    new: Json = None
    at: Path = ()
    told: Json = None
