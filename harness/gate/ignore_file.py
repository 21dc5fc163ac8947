"""`backfit.ignore.yaml`: read with the line of every mistake. An entry that would hide more than one place is a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.changes.difference import Differs
from harness.changes.kind import kinds
from harness.contract.places import HEADER, STATUS
from harness.gate.ignore import Entry, Ignore
from harness.model.paths import ANY, EACH, format_path, parse_path
from harness.written import Mistake, Written, document, refused, unknown_keys

FILE_NAME = "backfit.ignore.yaml"
SCHEMA = "backfit/ignore/v1"
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_SCOPES = {
    "fingerprint": "The 16 hex digits that every finding carries: exactly that change.",
    "rule": "The finding's rule, such as response-property-removed.",
    "operation": "The finding's operation, such as GET /articles/{article_id}.",
    "path": "The finding's path, such as $.items[*].price or header etag: that place alone, nothing under it.",
    "environment": "The environment that the entry is for; all of them where it is not said.",
}
_TOLD = {
    "reason": "Why the change is accepted.",
    "owner": "Who accepted it.",
    "expires": "The last day on which it is accepted, as 2026-12-31.",
}
_KEYS = (*_SCOPES, *_TOLD)
_EXACT = "give its fingerprint, as `backfit diff` prints it"


def read_ignore(file: Path) -> Ignore:
    """The entries of a file. Raises BadFile with all that is wrong in it, each with its line."""
    accepted = document(file, SCHEMA, ("schema", "accepted")).get("accepted", Written(1, []))
    listed = [] if accepted.value is None else accepted.value
    if not isinstance(listed, list):
        raise refused(file, [Mistake(accepted.line, "'accepted' is no list of entries", "write: accepted: []")])
    read = [_entry(each) for each in listed]
    mistakes = [mistake for each in read if isinstance(each, list) for mistake in each]
    if mistakes:
        raise refused(file, mistakes)
    return Ignore(file, tuple(each for each in read if isinstance(each, Entry)))


def ignore_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an ignore file."""
    described = {
        key: {"type": "string", "minLength": 1, "description": text} for key, text in (_SCOPES | _TOLD).items()
    }
    entry = {
        "type": "object",
        "required": ["reason"],
        "anyOf": [{"required": ["fingerprint"]}, {"required": ["path"]}],
        "additionalProperties": False,
        "properties": described
        | {
            "fingerprint": described["fingerprint"] | {"pattern": f"^{FINGERPRINT.pattern}$"},
            "expires": described["expires"] | {"format": "date"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit ignore file",
        "description": "Changes that somebody accepted. An entry that is expired or accepts nothing is an error.",
        "type": "object",
        "required": ["schema"],
        "additionalProperties": False,
        "properties": {"schema": {"const": SCHEMA}, "accepted": {"type": "array", "items": entry}},
    }


def _entry(written: Written) -> Entry | list[Mistake]:
    line, members = written.line, written.value
    if not isinstance(members, dict):
        return [Mistake(line, "an entry is a mapping", f"with {', '.join(_KEYS)}")]
    mistakes = list(unknown_keys(members, _KEYS))
    for key, each in members.items():
        if isinstance(each.value, (list, dict)):
            mistakes.append(Mistake(each.line, f"'{key}' is no text"))
        elif not (each.value or "").strip():
            mistakes.append(Mistake(each.line, f"'{key}' is an empty text"))
    texts = {key: each.value.strip() for key, each in members.items() if isinstance(each.value, str)}
    if "reason" not in members:
        mistakes.append(Mistake(line, "the entry has no reason", "say why the change is accepted: reason: …"))
    if not mistakes:
        mistakes += _unfit(texts, {key: each.line for key, each in members.items()}, line)
    if mistakes:
        return mistakes
    expires = date.fromisoformat(texts.pop("expires")) if "expires" in texts else None
    return Entry(**texts | {"path": _normal(texts.get("path", ""))}, expires=expires, line=line)


def _unfit(texts: Mapping[str, str], lines: Mapping[str, int], line: int) -> Iterator[Mistake]:
    """What is wrong with what an entry says, one by one and all together."""
    try:
        date.fromisoformat(texts.get("expires", "2000-01-01"))
    except ValueError:
        yield Mistake(lines["expires"], f"'{texts['expires']}' is no date", "write it as 2026-12-31")
    try:
        _normal(texts.get("path", ""))
    except ValueError as error:
        yield Mistake(lines["path"], str(error), "write it as the finding does, such as $.items[*].price")
        return
    if "fingerprint" in texts:
        if not FINGERPRINT.fullmatch(texts["fingerprint"]):
            yield Mistake(lines["fingerprint"], f"'{texts['fingerprint']}' is no fingerprint", "it has 16 hex digits")
    elif "path" in texts:
        yield from _wide(texts, lines)
    else:
        named = " and ".join(key for key in texts if key in _SCOPES) or "nothing"
        what = f"the entry names {named} alone, and would accept every change there"
        yield Mistake(line, what, f"name one place, as path: $.items[*].price, or {_EXACT}")


def _wide(texts: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Mistake]:
    """What would hide a whole body, a list's length or a subtree."""
    text, line = texts["path"], lines["path"]
    rule = kinds().get(texts.get("rule", ""))
    if rule is not None and Differs.ELEMENTS in rule.sees:
        yield Mistake(lines["rule"], f"{rule.id} would hide whatever a list gains or loses", f"for one list, {_EXACT}")
    if text == STATUS and "operation" not in texts:
        yield Mistake(line, "this would hide every status", f"name the operation, or {_EXACT}")
    if not text.startswith("$"):
        return
    path = parse_path(text)
    if not path:
        yield Mistake(line, "$ would hide whatever happens to a whole body", f"name a member, as $.name, or {_EXACT}")
    elif path[-1] in (EACH, ANY):
        what = f"{text} would hide whatever happens to {format_path(path[:-1])}, its length included"
        yield Mistake(line, what, f"name a member, as {format_path((*path, 'name'))}, or {_EXACT}")


def _normal(path: str) -> str:
    """As findings write it. Raises ValueError where it cannot be read."""
    if path.startswith("$"):
        return format_path(parse_path(path))
    return path.lower() if path.startswith(HEADER) else path
