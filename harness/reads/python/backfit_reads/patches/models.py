"""pydantic 2 validates in Rust, which looks into a dict unseen: what it took is seen from the model that it made."""

from __future__ import annotations

import functools
import sys
from typing import Any, Callable, Iterator

from ..frames import where
from ..notebook import COPIED, EXPORTED, MISSING, READ, quietly
from ..places import Place, all_touched
from ..texts import shadow
from ..tracked_dict import TrackedDict
from ..tracked_list import TrackedList

Touched = Iterator["tuple[str, Place]"]


def _main(module: Any) -> None:
    model = module.BaseModel
    if not hasattr(model, "model_validate"):
        return  # pydantic 1 asks by name, as everybody does
    model.model_validate = classmethod(_validating(model.model_validate.__func__))
    model.model_validate_json = classmethod(_validating(model.model_validate_json.__func__))
    model.__init__ = _constructing(model.__init__)


def _adapter(module: Any) -> None:
    adapter = module.TypeAdapter
    adapter.validate_python = _validating(adapter.validate_python)
    adapter.validate_json = _validating(adapter.validate_json)


def _validating(validate: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(validate)
    def validated(self: Any, value: Any, *more: Any, **named: Any) -> Any:
        made = validate(self, value, *more, **named)
        _claim(made, shadow(value))
        return made

    return validated


def _constructing(construct: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(construct)
    def __init__(self: Any, /, **members: Any) -> None:  # noqa: N807 (a traceback shows the name that everybody knows)
        construct(self, **members)
        _claim(self, members)

    return __init__


@quietly
def _claim(made: Any, data: Any) -> None:
    """Tell what of `data` went into what was `made` of it."""
    here = where(sys._getframe(2))
    touched = list(_touched(made, data))
    for op in (READ, MISSING, COPIED, EXPORTED):
        all_touched([place for each, place in touched if each == op], op, here)


def _touched(made: Any, data: Any) -> Touched:
    if made is data or not isinstance(data, (dict, list)):
        return
    fields = getattr(type(made), "model_fields", None) or getattr(type(made), "__pydantic_fields__", None)
    if isinstance(data, list):
        yield from _of_list(made, data)
    elif fields:
        yield from _of_model(made, fields, data)
    elif isinstance(made, dict):
        yield from _of_mapping(made, data)
    elif isinstance(data, TrackedDict):
        yield from ((EXPORTED, place) for place in data.received_places())


def _of_list(made: Any, data: Any) -> Touched:
    if isinstance(data, TrackedList):
        yield from ((READ, place) for place in data.received_places())
    if isinstance(made, (list, tuple)) and len(made) == len(data):
        for one, other in zip(made, list.__iter__(data)):
            yield from _touched(one, other)


def _of_model(made: Any, fields: Any, data: Any) -> Touched:
    for name, field in fields.items():
        keys = [key for key in (field.validation_alias, field.alias, name) if isinstance(key, str)]
        key = next((each for each in keys if dict.__contains__(data, each)), None)
        if isinstance(data, TrackedDict):
            yield (READ, data.place_of(key)) if key else (MISSING, data.place_of(keys[0]))
        if key:
            yield from _touched(getattr(made, name, None), dict.__getitem__(data, key))


def _of_mapping(made: Any, data: Any) -> Touched:
    if isinstance(data, TrackedDict):
        yield from ((COPIED, place) for place in data.received_places())
    for key, each in dict.items(data):
        if key in made:
            yield from _touched(made[key], each)


PATCHES = {"pydantic.main": _main, "pydantic.type_adapter": _adapter}
