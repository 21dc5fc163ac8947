"""Which declared operation a recorded call is: by method and full path, with the server's base path in front of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from harness.declared.api import BARE, Api, DeclaredOperation
from harness.model.exchange import Request
from harness.model.template import PathTemplate
from harness.schema.discriminators import discriminator

_VARIABLE = re.compile(r"\{[^{}/]*\}")
_KEPT = "{}!$&'()*+,;=:@~"


@dataclass(frozen=True)
class Match:
    """A declared operation, its full template, and the values of the template's variables as they stand in the path."""

    declared: DeclaredOperation
    template: str
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """As findings call it: the method and the full template."""
        return f"{self.declared.operation.method} {self.template}"


@dataclass(frozen=True, eq=False)
class Routes:
    """The calls that an Api declares."""

    api: Api

    def match(self, request: Request) -> Match | None:
        """The declared operation of a call, the most specific one; None where there is none.

        A slash at the end and the way in which a character is percent-encoded make no difference. A bare JSON Schema is there for
        every call.
        """
        return next(self.at(request, request.method), None)

    def at(self, request: Request, method: str = "") -> Iterator[Match]:
        """The operations at a call's path, of one method or (`""`) of any, the most specific first."""
        path = _plain(request.path)
        for declared, template in self._served:
            operation = declared.operation
            if operation == BARE:
                yield Match(declared, operation.template, {})
            elif (not method or operation.method == method) and _discriminates(declared, request):
                values = template.raw(path)
                if values is not None:
                    yield Match(declared, template.text, values)

    def templates(self) -> Iterator[tuple[DeclaredOperation, str]]:
        """Every operation with each of its full templates."""
        for declared, template in self._served:
            yield declared, template.text

    @cached_property
    def _served(self) -> list[tuple[DeclaredOperation, PathTemplate]]:
        full = [
            (declared, PathTemplate(full_template(declared, base)))
            for declared in self.api.operations.values()
            for base in declared.bases or ("",)
        ]
        return sorted(full, key=lambda row: (-row[1].literal, len(row[1].variables)))


def full_template(declared: DeclaredOperation, base: str | None = None) -> str:
    """Where a declared operation is served: the base path (of the first server, when none is given) and its template."""
    base = (declared.bases or ("",))[0] if base is None else base
    return _plain(base.rstrip("/") + "/" + declared.operation.template.partition("#")[0].lstrip("/"))


def operation_name(declared: DeclaredOperation) -> str:
    """What findings call a declared operation: as recordings call it, with the path of its first server in front."""
    if declared.operation == BARE:
        return str(BARE)
    return f"{declared.operation.method} {full_template(declared)}"


def nameless(template: str) -> str:
    """A template without the names of its variables: `/a/{id}` and `/a/{key}` are one."""
    return _VARIABLE.sub("{}", template)


def media_type(content: Mapping[str, Any], said: str) -> str | None:
    """The key of `content` that a media type falls under: itself, `application/*` or `*/*`; None where there is none.

    What does not say its media type is taken for the first.
    """
    essences = {key.split(";")[0].strip().lower(): key for key in reversed(list(content))}
    said = said.split(";")[0].strip().lower()
    wanted = (said, said.partition("/")[0] + "/*", "*/*", "*") if said else tuple(reversed(essences))
    return next((essences[each] for each in wanted if each in essences), None)


def _discriminates(declared: DeclaredOperation, request: Request) -> bool:
    wanted = declared.operation.discriminator or unquote(declared.operation.template.partition("#")[2])
    return not wanted or discriminator(request) == wanted


def _plain(path: str) -> str:
    """The path with each character percent-encoded in one way, and without a slash at the end."""
    segments = [quote(unquote(segment), safe=_KEPT) for segment in path.split("/")]
    return "/".join(segments).rstrip("/") or "/"
