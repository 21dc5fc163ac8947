"""PyYAML and ruamel.yaml, which write by the exact type of a value and refuse one that they do not know."""

from __future__ import annotations

from typing import Any, Callable

from ..tracked_dict import TrackedDict
from ..tracked_list import TrackedList


def _representer(module: Any) -> None:
    for name in ("SafeRepresenter", "Representer", "RoundTripRepresenter"):
        representer = getattr(module, name, None)
        if representer is not None:
            representer.add_representer(TrackedDict, _as(dict))
            representer.add_representer(TrackedList, _as(list))


def _as(kind: type) -> Callable[[Any, Any], Any]:
    """As the representer writes a value of that type."""

    def represent(representer: Any, value: Any) -> Any:
        return representer.yaml_representers[kind](representer, value)

    return represent


PATCHES = {"yaml.representer": _representer, "ruamel.yaml.representer": _representer}
