"""The members of an object: there or not, required or not, written only, read only, deprecated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from harness.declared.api import Schema
from harness.declared.found import Found
from harness.declared.keywords import enum_values
from harness.declared.view import View
from harness.declared.views import Views
from harness.model.json_text import Json


@dataclass(frozen=True)
class Deprecations:
    """How long before its end a field has to be marked: `days` from `today` to `x-sunset`, by the operation's stability.

    Without a number of days nothing is asked: a sunset may be missing or near, it only has to be a date.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None


def members(old: View, new: View, before: Views, after: Views) -> Iterator[Found]:
    """One finding at most for a member's presence, its requiredness, and each of its marks; none about what stands inside."""
    for name, schema in old.properties.items():
        if name not in new.properties:
            kind = _kind(name in old.required, before.of(schema))
            yield Found(f"response-{kind}-removed", f"{name!r} is gone", _shown(schema, before), None, (name,))
        else:
            views = before.of(schema), after.of(new.properties[name])
            yield from _required(name, name in old.required, name in new.required, views[1])
            yield from _marks(name, name in new.required, *views)
    for name, schema in new.properties.items():
        if name not in old.properties:
            kind = _kind(name in new.required, after.of(schema))
            yield Found(f"response-{kind}-added", f"{name!r} is new", None, _shown(schema, after), (name,))


def is_write_only(schema: Schema, views: Views) -> bool:
    """Whether a member is never part of an answer."""
    return "writeOnly" in views.of(schema).words


def write_only_values(name: str, old: View, new: View) -> Iterator[Found]:
    """All that is said about the inside of a member that is never part of an answer."""
    for each in enum_values(old, new, "response-write-only-property-enum-value-added"):
        if "write-only" in each.id:
            yield Found(each.id, each.message, each.old, each.new, (name,), each.told)


def deprecation(old: View, new: View, days: int, today: date | None) -> Iterator[Found]:
    """A field is marked as deprecated, or not any more. `days` is how long the mark has to precede the field's end, 0 for any."""
    was, is_ = "deprecated" in old.words, "deprecated" in new.words
    sunset = new.words.get("x-sunset")
    if is_ and not was:
        action, message = _deprecated(sunset, days, today)
        yield Found(
            f"response-{{}}-{action}", message, None, {"deprecated": True, "x-sunset": sunset} if sunset else True
        )
    elif was and not is_:
        yield Found("response-{}-reactivated", "is not deprecated any more", True, None)


def _deprecated(sunset: Json, days: int, today: date | None) -> tuple[str, str]:
    if sunset is None:
        if days:
            return "deprecated-sunset-missing", "is deprecated, and nothing says when it ends"
        return "deprecated", "is deprecated"
    try:
        end = date.fromisoformat(str(sunset)[:10])
    except ValueError:
        return "deprecated-sunset-invalid", f"is deprecated, and its x-sunset {sunset!r:.40} is no date"
    if today is not None and (end - today).days < days:
        return "sunset-date-too-small", f"is deprecated and ends on {end}, less than {days} days from {today}"
    return "deprecated-with-sunset", f"is deprecated and ends on {end}"


def _kind(required: bool, view: View) -> str:
    return f"{'required' if required else 'optional'}-{'write-only-' if 'writeOnly' in view.words else ''}property"


def _required(name: str, was: bool, is_: bool, view: View) -> Iterator[Found]:
    if was != is_:
        kind = "write-only-property" if "writeOnly" in view.words else "property"
        action, message = ("required", "is always there now") if is_ else ("optional", "may be missing now")
        yield Found(
            f"response-{kind}-became-{action}", f"{name!r} {message}", {"required": was}, {"required": is_}, (name,)
        )


def _marks(name: str, required: bool, old: View, new: View) -> Iterator[Found]:
    kind = f"{'required' if required else 'optional'}-property"
    for keyword, part in (("readOnly", "read-only"), ("writeOnly", "write-only")):
        was, is_ = keyword in old.words, keyword in new.words
        if was != is_:
            action = part if is_ else f"not-{part}"
            message = f"{name!r} is {'' if is_ else 'not '}{keyword} {'now' if is_ else 'any more'}"
            yield Found(f"response-{kind}-became-{action}", message, {keyword: was}, {keyword: is_}, (name,))


def _shown(schema: Schema, views: Views) -> Any:
    """What is declared, without what stands inside its members."""
    view = views.of(schema)
    said: dict[str, Any] = (
        {} if view.types is None else {"type": min(view.types) if len(view.types) == 1 else sorted(view.types)}
    )
    if view.properties:
        said["properties"] = sorted(view.properties)
    return said | {key: view.words[key] for key in ("format", "enum", "const") if key in view.words}
