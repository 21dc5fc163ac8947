"""The contract of one plugin, as it stands in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from harness.declared.api import Api
from harness.declared.documents import Node
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.model.reads import OperationUse, PlaceUse
from harness.model.template import PathTemplate
from harness.schema.discriminators import discriminator
from harness.schema.media import media_type

READS = "x-backfit-reads"
NEEDS = "x-backfit-needs"
METHOD = "x-backfit-method-"
"""How the members begin under which a path has methods that OpenAPI does not know."""


@dataclass(frozen=True)
class Called:
    """One operation that the plugin calls: `calls` of it were recorded (0 where nobody says), `node` is where it stands.

    `places` are what is known of its answers' places. `watched` is whether the reads were: without, every place counts as read.
    """

    calls: int
    places: tuple[PlaceUse, ...]
    watched: bool
    node: Node = field(repr=False, compare=False)


@dataclass(frozen=True)
class Contract:
    """`source` is the file, `title` the plugin's name, `api` what the document declares in
    the words of OpenAPI, `root` the document itself."""

    source: str
    title: str
    operations: Mapping[Operation, Called]
    api: Api = field(repr=False, compare=False)
    root: Node = field(repr=False, compare=False)

    @property
    def uses(self) -> dict[Operation, tuple[PlaceUse, ...]]:
        """The places of each operation of which anything is known."""
        return {name: each.places for name, each in self.operations.items() if each.watched or each.places}

    @property
    def is_telling(self) -> bool:
        """Whether anything is known of reads or needs: without, every place of every answer counts as read."""
        return bool(self.uses)

    def used(self) -> tuple[OperationUse, ...]:
        """The same in the words of reports."""
        return tuple(
            OperationUse(str(name), each.calls, each.places, each.watched)
            for name, each in sorted(self.operations.items())
        )

    def covers(self, request: Request) -> bool:
        """Whether the contract has the operation that a request calls."""
        told = ("", discriminator(request) or media_type(request))
        return any(
            operation.method == request.method
            and operation.discriminator in told
            and template.raw(request.path) is not None
            for operation, template in self._templates
        )

    @cached_property
    def _templates(self) -> list[tuple[Operation, PathTemplate]]:
        return [(each, PathTemplate(each.template)) for each in self.operations]
