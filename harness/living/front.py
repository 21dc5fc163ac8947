"""What stands before a system that is up: its shim, or a plain door at a port that was asked for."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from harness.shims.program import Program


class Front(Protocol):
    """A server before the system."""

    url: str
    """Where people go."""
    upstream: str
    """Where it leads: may be set anew when the system has moved."""


def program(shim: Path | None, port: int | None) -> Program | None:
    """What the front does: the shim, or at a port alone nothing, which passes everything on; None where none is wanted.

    Raises BadFile for a shim that cannot be read.
    """
    if shim is None and port is None:
        return None
    from harness.schema.discriminators import discriminator  # a keeper is up sooner without these
    from harness.shims.document import Shim
    from harness.shims.program import Program
    from harness.shims.yaml_file import read_shim

    return Program(read_shim(shim) if shim else Shim(), discriminator)


def front(program: Program | None, url: str, port: int | None) -> AbstractContextManager[Front | None]:
    """A server that leads to the system at `url`, for as long as its context is open. It raises UsageError where the port
    is taken."""
    if program is None:
        return nullcontext()
    from harness.shims.serve import ShimServer

    return ShimServer(program, url, port=port or 0)
