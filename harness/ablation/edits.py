"""What is done to an answer of OLD: a place of it is removed, made null or retyped, and all else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from harness.contract.places import HEADER, STATUS
from harness.lens.answer import ABSENT
from harness.model.body import MISCODED, Form, read_body, written
from harness.model.exchange import Headers, Response, header
from harness.model.json_text import Json, parse, serialize
from harness.model.operation import Operation
from harness.model.paths import ANY, EACH, Path, Step, parse_path


class How(StrEnum):
    """What is done to a place. A status is only retyped (another one of its class), a header only removed."""

    REMOVED = "removed"
    """A member goes; a list or a map loses all its elements; of a whole answer the body goes."""
    NULL = "null"
    RETYPED = "retyped"
    """As upgrades do it: 7 → "7", "7" → 7, "a" → ["a"], true → "true", [1] → {"items": [1]}, {"a": 1} → [1]."""


@dataclass(frozen=True, order=True)
class Edit:
    """One place of one operation's answers (`$.rows[*].id`, `header x-total-count`, `status`), and what is done to it."""

    operation: Operation
    place: str
    how: How


Group = tuple[Edit, ...]


@dataclass(frozen=True)
class Trial:
    """What a run with edits came to: how its outcome differs in words (None: not at all), and the edits that met something."""

    difference: str | None
    met: frozenset[Edit] = frozenset()
    seconds: float = 0.0


@dataclass(frozen=True)
class Edited:
    """An answer, and those of the edits that it had the place for; where there is none, it is the very same answer."""

    response: Response
    met: frozenset[Edit]


class AnswerEdits:
    """The edits of one operation's answers, compiled once."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._beside: list[Edit] = []
        self._body = _Node()
        for edit in sorted(edits):
            if edit.place.startswith("$"):
                self._body.at(parse_path(edit.place)).edit = edit
            else:
                self._beside.append(edit)

    def apply(self, response: Response) -> Edited:
        """`response`, its content coding undone, with every edit that fits. Never raises for what an answer holds."""
        met: set[Edit] = set()
        edited = self._inside(response, met)
        for edit in self._beside:
            other = _other_status(edited) if edit.place == STATUS else _without(edited, edit.place)
            if other is not edited:
                met.add(edit)
                edited = other
        return Edited(edited, frozenset(met))

    def _inside(self, response: Response, met: set[Edit]) -> Response:
        if not self._body.is_needed or not response.body:
            return response
        body = read_body(response.body, header(response.headers, "content-type") or "")
        if body.form is not Form.JSON or MISCODED in body.remarks:
            return response
        value = self._body.edited(body.value, met)
        if not met:
            return response
        return replace(response, body=b"" if value is ABSENT else written(value, body.charset))


def by_operation(edits: Iterable[Edit]) -> Mapping[Operation, AnswerEdits]:
    """The edits of each operation's answers."""
    found: dict[Operation, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.operation, []).append(edit)
    return {operation: AnswerEdits(own) for operation, own in found.items()}


def retyped(value: Json) -> Json:
    """The value in the type that it most likely gets in an upgrade; null stays null."""
    match value:
        case bool() | int() | float():
            return serialize(value).decode()
        case str():
            number = _number(value)
            return [value] if number is None else number
        case list():
            return {"items": value}
        case dict():
            return list(value.values())
    return value


@dataclass
class _Node:
    """A place below which there are edits, or which is edited itself: then what is below does not matter."""

    edit: Edit | None = None
    steps: dict[Step, _Node] = field(default_factory=dict)

    @property
    def is_needed(self) -> bool:
        return self.edit is not None or bool(self.steps)

    def at(self, path: Path) -> _Node:
        """The node at a path below this one."""
        node = self
        for step in path:
            node = node.steps.setdefault(step, _Node())
        return node

    def edited(self, value: Json, met: set[Edit]) -> Json:
        """The value as the edits leave it, ABSENT where it is removed; the value given is not changed."""
        if self.edit is not None:
            changed = _CHANGES[self.edit.how](value)
            if changed is not value:
                met.add(self.edit)
            return changed
        match value:
            case dict():
                return {key: new for key, new in self._items(value.items(), ANY, met) if new is not ABSENT}
            case list():
                return [new for _, new in self._items(enumerate(value), EACH, met) if new is not ABSENT]
        return value

    def _items(self, items: Iterable[tuple[Step, Json]], every: Step, met: set[Edit]) -> Iterator[tuple[Step, Json]]:
        for step, item in items:
            for node in (self.steps.get(step), self.steps.get(every)):
                if node is not None and item is not ABSENT:
                    item = node.edited(item, met)
            yield step, item


_CHANGES: Mapping[How, Callable[[Json], Json]] = {
    How.REMOVED: lambda value: ABSENT,
    How.NULL: lambda value: None,
    How.RETYPED: retyped,
}

_OTHER = {200: 203, 400: 422, 401: 403, 403: 404, 404: 410, 500: 503}
"""203 says that a proxy changed the content (RFC 9110, 15.3.4), which is so."""


def _other_status(response: Response) -> Response:
    """With another status of the same class; redirects stay as they are."""
    kind = response.status // 100
    if kind not in (2, 4, 5):
        return response
    return replace(response, status=_OTHER.get(response.status, kind * 100), reason="")


def _without(response: Response, place: str) -> Response:
    name = place.removeprefix(HEADER).lower()
    left: Headers = tuple(pair for pair in response.headers if pair[0].lower() != name)
    return response if len(left) == len(response.headers) else replace(response, headers=left)


def _number(text: str) -> Json:
    """The number that a text is; None where it is none."""
    try:
        return parse(text.encode()) if text[:1] in set("-0123456789") else None
    except ValueError:
        return None
