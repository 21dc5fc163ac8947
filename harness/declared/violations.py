"""What in a real value breaks a declared schema, by place and keyword; a union is followed to the branch that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jsonschema.exceptions import ValidationError

from harness.declared.statements import UNIONS, Resolve, Statements, below, named, speaks_of, stated_by, statements
from harness.declared.validators import Validators
from harness.model.json_text import Json
from harness.model.paths import EACH, Path, Step

OPEN_ENDED = frozenset({"additionalProperties", "unevaluatedProperties"})
_TOLD = 200
"""So many errors of one value are looked at: the ten-thousandth element says nothing that the first did not."""

Direction = Literal["request", "response"]
_NOT_SENT = {"request": "readOnly", "response": "writeOnly"}


@dataclass(frozen=True)
class Violation:
    """`value` stands at `path` and breaks `keyword`, which says `stated`.

    For `required`, and for members that are not allowed, `path` ends in the member; `value` is what it holds, None when
    it is missing.
    """

    keyword: str
    path: Path
    stated: Json
    value: Json


def violations(validators: Validators, schema: Any, value: Json, direction: Direction) -> list[Violation]:
    """How `value` breaks `schema`, each place and keyword once. Raises RecursionError where it is nested too deep to be checked.

    A member that is `readOnly` need not be in a request, one that is `writeOnly` not in a response (OpenAPI 3.1, 4.8.24.3).
    """
    resolve = validators.api.resolve
    stated = statements(schema, resolve)
    found: dict[tuple[str, Path], Violation] = {}
    for number, error in enumerate(validators.of(schema).iter_errors(value)):
        if number >= _TOLD:
            break
        for leaf in _meant(error):
            for each in _told(leaf, stated, resolve, _NOT_SENT[direction]):
                found.setdefault((each.keyword, each.path), each)
    return list(found.values())


def _meant(error: ValidationError) -> Iterator[ValidationError]:
    """The errors of the only branch that the value's type and constants fit, else the union's own."""
    if error.validator not in UNIONS or not error.context:
        yield error
        return
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [errors for errors in branches.values() if not any(map(_another_thing, errors))]
    if len(fitting) == 1:
        for inner in fitting[0]:
            yield from _meant(inner)
    elif branches and not fitting and all(_only_type(errors) for errors in branches.values()):
        yield next(iter(branches.values()))[0]
    else:
        yield error


def _another_thing(error: ValidationError) -> bool:
    """Whether the branch is about another kind of value: of another type, or with another constant in one of its members."""
    said: Json = error.validator_value
    constant = error.validator == "const" or (error.validator == "enum" and len(said) == 1)
    return (error.validator == "type" and not error.path) or (constant and len(error.path) == 1)


def _only_type(errors: list[ValidationError]) -> bool:
    return all(error.validator == "type" and not error.path for error in errors)


def _told(error: ValidationError, stated: Statements, resolve: Resolve, not_sent: str) -> Iterator[Violation]:
    path, here = _place(error.absolute_path, stated, resolve)
    never = error.validator == "not" and error.validator_value == {}
    keyword = "false" if never else str(error.validator)
    if keyword == "required":
        for name in _missing(error):
            member = below(here, name, resolve)
            if True not in stated_by(not_sent, member):
                yield Violation(keyword, (*path, name), True, None)
    elif keyword in OPEN_ENDED and isinstance(error.instance, Mapping):
        for name in _unexpected(error, here):
            yield Violation(keyword, (*path, name), False, error.instance[name])
    else:
        yield Violation(keyword, path, _all_types(error), error.instance)


def _all_types(error: ValidationError) -> Json:
    """What the keyword says; for a union of types, all of them."""
    union = error.parent
    if error.validator != "type" or union is None or union.validator not in UNIONS:
        return error.validator_value
    said: list[Json] = [inner.validator_value for inner in union.context or () if inner.validator == "type"]
    return list(dict.fromkeys(name for each in said for name in ([each] if isinstance(each, str) else each)))


def _missing(error: ValidationError) -> list[str]:
    """jsonschema gives one error a name, and does not say in which field."""
    names: Json = error.validator_value
    return [name for name in names if isinstance(error.instance, Mapping) and name not in error.instance]


def _unexpected(error: ValidationError, here: Statements) -> list[str]:
    """`additionalProperties` knows its own schema's members only, `unevaluatedProperties` those of all that speak here."""
    own: Any = error.schema
    speaking: Statements = (own,) if error.validator == "additionalProperties" else here
    sent: Json = error.instance
    return [name for name in sent if not speaks_of(speaking, name)]


def _place(steps: Iterable[Any], stated: Statements, resolve: Resolve) -> tuple[Path, Statements]:
    """The place as a template: an element is EACH, a member of a map is ANY; and what is stated there."""
    path: list[Step] = []
    for step in steps:
        path.append(EACH if isinstance(step, int) else named(step, stated))
        stated = below(stated, step, resolve)
    return tuple(path), stated
