"""The bodies of requests: which schema is declared for one, what value it holds, and what in it no schema names."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from harness.declared.coercion import read
from harness.declared.routes import Match, media_type
from harness.declared.serialization import pairs_of
from harness.declared.statements import Statements, below, members, speaks_of, stated_by, statements
from harness.declared.validators import Validators
from harness.declared.violations import OPEN_ENDED, Violation
from harness.model.exchange import Request, header
from harness.model.json_text import Json, parse
from harness.model.paths import EACH, Path

UNKNOWN = "unknown"
"""Instead of a keyword: it was sent, nobody forbids it, and it is not declared."""

_FORM = "application/x-www-form-urlencoded"


def body_schema(request: Request, match: Match) -> Any:
    """The declared schema of the body that was sent; None where there is none."""
    body = match.declared.request_body
    key = media_type(body.content, header(request.headers, "content-type") or "") if body else None
    return body.content[key] if body and key is not None else None


def read_body(request: Request, schema: Any, validators: Validators) -> tuple[bool, Json]:
    """Whether the body can be read as a JSON value, and the value. A form's texts are read as the schema wants them."""
    said = (header(request.headers, "content-type") or "").split(";")[0].strip().lower()
    if said == _FORM:
        fields: dict[str, Json] = {}
        for name, value in pairs_of(request.body.decode("utf-8", "replace")):
            fields.setdefault(name, []).append(unquote_plus(value))
        parts = {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
        return True, read(parts, statements(schema, validators.api.resolve), validators)
    if said and "json" not in said:
        return False, None
    try:
        return True, parse(request.body)
    except ValueError:
        return False, None


def unknown_members(value: Json, schema: Any, validators: Validators) -> list[Violation]:
    """Members of objects that the schema allows but does not name, where it names others."""
    resolve = validators.api.resolve
    found: dict[Path, Violation] = {}
    waiting: list[tuple[Path, Json, Statements]] = [((), value, statements(schema, resolve))]
    while waiting:
        path, each, stated = waiting.pop()
        if isinstance(each, list):
            inner = below(stated, EACH, resolve)
            waiting += [((*path, EACH), item, inner) for item in each]
        elif isinstance(each, dict) and (known := members(stated)):
            forbidden = False in [said for keyword in OPEN_ENDED for said in stated_by(keyword, stated)]
            for name, item in each.items():
                if name in known:
                    waiting.append(((*path, name), item, below(stated, name, resolve)))
                elif not forbidden and not speaks_of(stated, name):
                    found.setdefault((*path, name), Violation(UNKNOWN, (*path, name), None, item))
    return list(found.values())
