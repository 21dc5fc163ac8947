"""Groups whose commands are loaded when they are called: all of them together take more than a second, one a third of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


@dataclass(frozen=True)
class At:
    """Where a command is: a function of a module of this room with the name of its epilog, or a group (a typer.Typer).

    `kind` names the module's own class of commands, for one that reads its words in another way.
    """

    module: str
    name: str
    epilog: str = "EPILOG"
    kind: str | None = None

    def load(self, called: str) -> Any:
        """The command, under the name by which it is called."""
        module = import_module(f"harness.cli.{self.module}")
        found: typer.Typer | Callable[..., Any] = getattr(module, self.name)
        if isinstance(found, typer.Typer):
            group = typer.main.get_group(found)
            group.name = called
            return group
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        kind = {"cls": getattr(module, self.kind)} if self.kind else {}
        alone.command(called, epilog=getattr(module, self.epilog), **kind)(found)
        return typer.main.get_command(alone)


def group(places: Mapping[str, At]) -> type[TyperGroup]:
    """A class for typer.Typer(cls=…) that has the commands of `places`, listed in that order."""

    class Group(TyperGroup):
        """A group with its commands still on the shelf."""

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = _Shelf(places)

    return Group


class _Shelf(MutableMapping[str, Any]):
    """Commands by name, each loaded when somebody takes it."""

    def __init__(self, places: Mapping[str, At]) -> None:
        self._places = places
        self._taken: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._taken:
            self._taken[name] = self._places[name].load(name)
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._places, **self._taken})

    def __len__(self) -> int:
        return len({**self._places, **self._taken})

    def __setitem__(self, name: str, command: Any) -> None:
        self._taken[name] = command

    def __delitem__(self, name: str) -> None:
        del self._taken[name]
