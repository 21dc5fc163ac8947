"""An operation: what one kind of call asks for, whatever the ids in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Operation:
    """`template` is a path with `{name}` for what varies; `discriminator` tells calls on one path apart (else "")."""

    method: str
    template: str
    discriminator: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.template}" + (f" {self.discriminator}" if self.discriminator else "")
