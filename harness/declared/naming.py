"""What is wrong with a recorded call as a person and a pipeline call it: an id, a place, a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from harness.declared.bodies import UNKNOWN
from harness.declared.calls import Call, Spot
from harness.declared.refusals import MEDIA_TYPE, MISSING, Refusal, refusals
from harness.declared.request_ids import narrowing, removed_property, required_property
from harness.declared.routes import Match
from harness.declared.statements import stated_by
from harness.declared.values import short, value_key
from harness.declared.violations import OPEN_ENDED
from harness.model.change import Level
from harness.model.json_text import Json

MOVED = "request-path-moved"


@dataclass(frozen=True)
class Invalid:
    """One thing that NEW does not take in one call, `old`, and what NEW says instead, `new`."""

    kind: str
    path: str
    message: str
    old: Json = None
    new: Json = None
    level: Level = Level.BREAK
    question: str = ""


def invalid(call: Call, before: Call | None) -> Iterator[Invalid]:
    """What NEW refuses or does not know in a call that OLD, where it is declared (`before`), took and knew."""
    rewritten = {spot.parameter: each for spot, each in _rewritten(call, before)}
    yield from rewritten.values()
    found = [_in_old_names(each, call, before) for each in refusals(call)]
    was = list(refusals(before)) if before else []
    missing = {each.spot.name for each in found if each.keyword == MISSING and each.spot.name}
    for each in found:
        if each.spot.parameter in rewritten or any(_covers(other, each) for other in was):
            continue
        if each.keyword != UNKNOWN:
            yield _refused(each, before)
        elif before and before.knows(each.spot) and each.spot.name not in missing:
            yield _unknown(each)


def unchecked() -> Invalid:
    """A call whose body is nested too deep to be checked against a schema."""
    return Invalid(
        "request-not-checked",
        "body $",
        "the body is nested too deep to be checked",
        level=Level.RISK,
        question="is the body what NEW declares?",
    )


def gone(before: Match | None, *, path_served: bool) -> Invalid:
    """A call that NEW does not declare. `path_served`: another method of the path is there."""
    if before is None:
        return Invalid(
            "request-not-declared",
            "$",
            "NEW's declaration does not name this call",
            level=Level.RISK,
            question="does NEW still serve this call?",
        )
    what, message = (
        ("api", "NEW does not declare this method") if path_served else ("api-path", "NEW does not declare this path")
    )
    how = "with" if before.declared.deprecated else "without"
    return Invalid(f"{what}-removed-{how}-deprecation", "$", message, before.name)


def _in_old_names(each: Refusal, call: Call, before: Call | None) -> Refusal:
    """A variable of the path is what stands in its place, whatever each version calls it."""
    if each.spot.place != "path" or before is None or len(call.match.values) != len(before.match.values):
        return each
    names = dict(zip(call.match.values, before.match.values, strict=True))
    return replace(each, spot=replace(each.spot, name=names[each.spot.name]))


def _rewritten(call: Call, before: Call | None) -> Iterator[tuple[Spot, Invalid]]:
    """Parameters whose style is another, where that makes another value of what was sent."""
    for new in call.match.declared.parameters:
        spot = Spot(new.place, new.name)
        old = before.parameter(spot) if before else None
        if before is None or old is None or (old.style, old.explode) == (new.style, new.explode):
            continue
        meant, read = before.values(old), call.values(new)
        if meant and not any(_same(one, other) for one in meant for other in read):
            how = "style" if old.style != new.style else "explode"
            written = f"{new.style}, explode: {str(new.explode).lower()}"
            message = f"what the plugin sends as {spot} is another value in the style that NEW declares ({written})"
            yield (
                spot,
                Invalid(f"request-parameter-{how}-changed", str(spot), message, meant[0], next(iter(read), None)),
            )


def _same(one: Json, other: Json) -> bool:
    return value_key(one) == value_key(other)


def _covers(was: Refusal, each: Refusal) -> bool:
    """Whether OLD refused the same spot, or what it is in."""
    same = was.spot.parameter == each.spot.parameter and was.keyword != UNKNOWN
    return same and each.spot.path[: len(was.spot.path)] == was.spot.path


def _refused(each: Refusal, before: Call | None) -> Invalid:
    spot, path = each.spot, str(each.spot)
    if each.keyword == MISSING and spot.place == "cookie":
        question = f"recordings often leave cookies out: does the plugin send {spot.name!r}?"
        return Invalid(_kind(each, before), path, _message(each), None, True, Level.RISK, question)
    return Invalid(_kind(each, before), path, _message(each), each.value, each.stated)


def _kind(each: Refusal, before: Call | None) -> str:
    spot, scope = each.spot, scope_of(each.spot)
    if each.keyword == MISSING:
        known = before is not None and before.knows(spot)
        if spot.place == "body":
            return "request-body-became-required" if known else "request-body-added-required"
        return "request-parameter-became-required" if known else "new-required-request-parameter"
    if each.keyword == MEDIA_TYPE:
        return "request-body-media-type-removed"
    if each.keyword == "required":
        return required_property(scope, spot.place, new=before is None or not before.knows(spot))
    if each.keyword in OPEN_ENDED:
        return removed_property(scope)
    said = stated_by(each.keyword, before.stated(spot)) if before else []
    return narrowing(scope, each.keyword, said, each.stated, each.value)


def _unknown(each: Refusal) -> Invalid:
    spot = each.spot
    kind = (
        removed_property(scope_of(spot))
        if spot.path
        else f"request-{'body' if spot.place == 'body' else 'parameter'}-removed"
    )
    message = f"the plugin sends {spot}, which NEW's declaration does not know"
    question = "does NEW refuse what it does not know, and what took its place?"
    return Invalid(kind, str(spot), message, each.value, None, Level.RISK, question)


def scope_of(spot: Spot) -> str:
    """What of a request this is, as ids call it: body, property, parameter or parameter-property."""
    if spot.place == "body":
        return "property" if spot.path else "body"
    return "parameter-property" if any(isinstance(step, str) for step in spot.path) else "parameter"


def _message(each: Refusal) -> str:
    spot = each.spot
    if each.keyword in (MISSING, "required"):
        return f"NEW requires {spot}, which the plugin does not send"
    if each.keyword == MEDIA_TYPE:
        return f"the plugin sends {each.value or 'an unnamed media type'}; NEW takes {', '.join(map(str, each.stated))}"
    if each.keyword in OPEN_ENDED:
        return f"the plugin sends {spot}, which NEW forbids"
    return f"the plugin sends {short(each.value)} as {spot}; NEW wants {each.keyword}: {short(each.stated)}"
