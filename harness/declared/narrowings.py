"""Where NEW's declaration takes less than OLD's did: what could refuse a request, when there is no recording of the plugin's.

Only what is narrower for certain is told; two unions are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from harness.declared.api import Api, DeclaredOperation, Parameter
from harness.declared.calls import Spot
from harness.declared.moved import moved_to
from harness.declared.naming import MOVED, gone, scope_of
from harness.declared.narrower import Narrower, narrower_values
from harness.declared.request_ids import removed_property, required_property
from harness.declared.request_rules import request_title
from harness.declared.routes import Match, Routes, full_template, media_type, nameless, operation_name
from harness.declared.statements import UNIONS, Statements, below, members, required, stated_by, statements
from harness.model.change import Change, Level, Support, fingerprint
from harness.model.json_text import serialize
from harness.model.paths import ANY, EACH, Step
from harness.model.template import PathTemplate

_UNSEEN = "no recording says whether the plugin sends this"


def narrowings(old: Api, new: Api) -> list[Change]:
    """Each place where requests that OLD declares are not what NEW declares: a risk, since nobody is seen to send them."""
    return [_change(name, each) for name, each in _everywhere(old, new)]


def _everywhere(old: Api, new: Api) -> Iterator[tuple[str, Narrower]]:
    served = {_key(each): each for each in new.operations.values()}
    paths = {nameless(each.operation.template) for each in new.operations.values()}
    was, now = Routes(old), Routes(new)
    for here in old.operations.values():
        before, name = Match(here, full_template(here), {}), operation_name(here)
        there = served.get(_key(here))
        if there is not None:
            yield from ((name, each) for each in _Pair(old, new).requests(here, there))
        elif (moved := moved_to(before, was, now)) is not None:
            yield name, Narrower(MOVED, "$", f"NEW declares this call at {moved.name}", name, moved.name)
        else:
            lost = gone(before, path_served=nameless(here.operation.template) in paths)
            level = Level.INFO if here.deprecated else Level.RISK
            yield name, Narrower(lost.kind, lost.path, lost.message, lost.old, None, level)


def _key(declared: DeclaredOperation) -> tuple[str, str, str]:
    operation = declared.operation
    return operation.method, nameless(operation.template), operation.discriminator


class _Pair(NamedTuple):
    old: Api
    new: Api

    def requests(self, here: DeclaredOperation, there: DeclaredOperation) -> Iterator[Narrower]:
        yield from self._parameters(_by_place(here), _by_place(there))
        yield from self._bodies(here, there)

    def _parameters(
        self, old: Mapping[tuple[str, str], Parameter], new: Mapping[tuple[str, str], Parameter]
    ) -> Iterator[Narrower]:
        added = {each.name for key, each in new.items() if key not in old and each.required}
        for key, each in old.items():
            spot = Spot(each.place, each.name)
            if key in new:
                yield from self._schemas(spot, each.schema, new[key].schema)
            elif each.place != "path" and each.name not in added:
                yield Narrower("request-parameter-removed", str(spot), f"NEW does not declare {spot}")
        for key, each in new.items():
            if each.required and each.place != "path" and not (key in old and old[key].required):
                kind = "request-parameter-became-required" if key in old else "new-required-request-parameter"
                spot = Spot(each.place, each.name)
                yield Narrower(kind, str(spot), f"NEW requires {spot}", None, True)

    def _bodies(self, here: DeclaredOperation, there: DeclaredOperation) -> Iterator[Narrower]:
        old, new, spot = here.request_body, there.request_body, Spot("body")
        if new is None:
            if old is not None:
                yield Narrower("request-body-removed", str(spot), "NEW does not declare a body")
            return
        if new.required and not (old and old.required):
            kind = "request-body-became-required" if old else "request-body-added-required"
            yield Narrower(kind, str(spot), "NEW requires a body", None, True)
        for media, schema in (old.content if old else {}).items():
            key = media_type(new.content, media)
            if key is None and new.content:
                yield Narrower(
                    "request-body-media-type-removed", str(spot), f"NEW does not take {media}", media, [*new.content]
                )
            elif key is not None and schema is not None and new.content[key] is not None:
                yield from self._schemas(spot, schema, new.content[key])

    def _schemas(self, spot: Spot, old: Any, new: Any) -> Iterator[Narrower]:
        seen: set[tuple[int, ...]] = set()
        waiting = [(spot, statements(old, self.old.resolve), statements(new, self.new.resolve))]
        while waiting:
            at, here, there = waiting.pop()
            key = tuple(map(id, (*here, None, *there)))
            if key in seen or any(union in each for union in UNIONS for each in (*here, *there)):
                continue
            seen.add(key)
            yield from narrower_values(at, here, there)
            yield from self._members(at, here, there)
            shared = [name for name in members(here) if name in members(there)]
            steps: tuple[Step, ...] = (*reversed(shared), EACH, ANY)
            for step in steps:
                inner = below(here, step, self.old.resolve), below(there, step, self.new.resolve)
                if all(inner):
                    waiting.append((Spot(at.place, at.name, (*at.path, step)), *inner))

    def _members(self, at: Spot, here: Statements, there: Statements) -> Iterator[Narrower]:
        known, now = members(here), members(there)
        closed = False in stated_by("additionalProperties", there)
        for name in known:
            if name not in now and (now or closed):
                spot = Spot(at.place, at.name, (*at.path, name))
                yield Narrower(removed_property(scope_of(spot)), str(spot), f"NEW does not declare {spot}")
        for name in sorted(required(there) - required(here)):
            if True not in stated_by("readOnly", below(there, name, self.new.resolve)):
                spot = Spot(at.place, at.name, (*at.path, name))
                kind = required_property(scope_of(spot), at.place, new=name not in known)
                yield Narrower(kind, str(spot), f"NEW requires {spot}", None, True)


def _by_place(declared: DeclaredOperation) -> dict[tuple[str, str], Parameter]:
    """Parameters by place and name; those of the path by their number, since their names are nobody's business."""
    names = PathTemplate(declared.operation.template).variables

    def key(each: Parameter) -> tuple[str, str]:
        if each.place == "path" and each.name in names:
            return "path", str(names.index(each.name))
        return Spot(each.place, each.name).parameter

    return {key(each): each for each in declared.parameters}


def _change(operation: str, each: Narrower) -> Change:
    return Change(
        kind=each.kind,
        title=request_title(each.kind),
        level=each.level,
        operation=operation,
        path=each.path,
        message=each.message,
        reason=_reason(each),
        support=Support(0, 0, 0),
        old=each.old,
        new=each.new,
        question=f"{_UNSEEN}: does it?" if each.level is Level.RISK else "",
        fingerprint=fingerprint(each.kind, operation, each.path, each.new if each.kind == MOVED else None),
    )


def _reason(each: Narrower) -> str:
    old = serialize(each.old).decode("utf-8", "replace") if each.old is not None else "nothing"
    new = serialize(each.new).decode("utf-8", "replace") if each.new is not None else "nothing"
    return f"OLD declares {old:.100}, NEW declares {new:.100}; {_UNSEEN}"
