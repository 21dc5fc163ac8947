"""Where NEW's declaration serves a call that it no longer has in its old place."""

from __future__ import annotations

from dataclasses import replace

from harness.declared.api import DeclaredOperation
from harness.declared.routes import Match, Routes, nameless
from harness.model.template import PathTemplate


def moved_to(before: Match, old: Routes, new: Routes) -> Match | None:
    """The one place in NEW that OLD did not have, with the operation's id or with its template behind another prefix, or None.

    The values of the path's variables go with it, in their order; there are none where the new place has another number of them.
    """
    known = {(each.operation.method, nameless(template)) for each, template in old.templates()}
    places = {
        (each.operation.method, template): Match(each, template, {})
        for each, template in new.templates()
        if (each.operation.method, nameless(template)) not in known and _is_it(before, each, template)
    }
    same_id = [match for match in places.values() if _same_id(before.declared, match.declared)]
    found = same_id or list(places.values())
    if len(found) != 1:
        return None
    names = PathTemplate(found[0].template).variables
    values = dict(zip(names, before.values.values(), strict=False)) if len(names) == len(before.values) else {}
    return replace(found[0], values=values)


def _is_it(before: Match, there: DeclaredOperation, template: str) -> bool:
    if _same_id(before.declared, there):
        return True
    here, new = nameless(before.template), nameless(template)
    tails = here.endswith(new) or new.endswith(here) or _own(before.declared) == _own(there)
    return tails and there.operation.method == before.declared.operation.method


def _own(declared: DeclaredOperation) -> str:
    return nameless(declared.operation.template)


def _same_id(old: DeclaredOperation, new: DeclaredOperation) -> bool:
    return bool(old.operation_id) and old.operation_id == new.operation_id
