"""What each finding about a request, and about a declaration beside a recording, means to a person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from harness.declared.request_ids import BOUNDS, OTHERS, SCOPES, UPPER, kebab
from harness.model.change import Level
from harness.model.rule import Rule

_MOVED = "call moved to another path"


def request_title(kind: str) -> str:
    """The title of a finding about a request."""
    return _MOVED if kind == "request-path-moved" else request_rules()[kind].title


@cache
def request_rules() -> Mapping[str, Rule]:
    """A rule for every id about requests and about declarations beside recordings; those of observed kinds are not among them."""
    return {rule.id: rule for rule in (*map(_single, _SINGLES), *_BESIDE, *_narrowings())}


class _Row(NamedTuple):
    id: str
    title: str
    meaning: str
    old: str
    new: str
    level: Level = Level.BREAK
    advice: str = "Change what the plugin sends, or put a layer between that rewrites the request."


_UNDO = "A layer between the plugin and NEW would have to rewrite the request; a shim learned from answers does not."

_SINGLES = (
    _Row("api-path-removed-without-deprecation", "path removed", "The plugin calls a path that NEW does not serve.",
         "GET /users", "(no /users)"),
    _Row("api-path-removed-with-deprecation", "deprecated path removed",
         "The plugin calls a path that OLD had marked as deprecated, and NEW does not serve it.",
         "GET /users, deprecated: true", "(no /users)"),
    _Row("api-removed-without-deprecation", "method removed", "NEW serves the path, but not with this method.",
         "PUT /users/{id}", "PATCH /users/{id}"),
    _Row("api-removed-with-deprecation", "deprecated method removed",
         "OLD had marked this method of the path as deprecated, and NEW does not serve it.",
         "PUT /users/{id}, deprecated: true", "PATCH /users/{id}"),
    _Row("request-not-declared", "call that NEW does not declare",
         "NEW's declaration does not name this call. OLD's declaration is not there to say whether that means anything.",
         "GET /users", "(no /users)", Level.RISK,
         "Give OLD's declaration or a recording of NEW; or ask whether NEW still serves the call."),
    _Row("request-not-checked", "request not checked", "A body that is nested very deep was not checked against the schema.",
         "(1,000 levels)", "(not checked)", Level.RISK, "Look at the call yourself."),
    _Row("new-required-request-parameter", "new parameter that is required",
         "NEW refuses requests without this parameter, and the plugin does not send it.",
         "GET /users", "GET /users?tenant=…, required: true"),
    _Row("request-parameter-became-required", "parameter became required",
         "The parameter could be left out on OLD. NEW refuses requests without it, and the plugin leaves it out.",
         "limit: {required: false}", "limit: {required: true}"),
    _Row("request-parameter-removed", "parameter removed",
         "The plugin sends a parameter that NEW does not know: it is ignored, or refused.",
         "GET /users?sort=name", "GET /users", Level.RISK, "Ask what took the parameter's place."),
    _Row("request-parameter-style-changed", "parameter written in another style",
         "NEW reads another value from what the plugin sends.", "ids=1,2 (form)", "ids=1|2 (pipeDelimited)"),
    _Row("request-parameter-explode-changed", "list in a parameter written in another way",
         "NEW reads another value from what the plugin sends.", "ids=1,2", "ids=1&ids=2"),
    _Row("request-body-added-required", "body became necessary",
         "OLD took no body here. NEW refuses requests without one.", "POST /jobs", "POST /jobs with a body"),
    _Row("request-body-became-required", "body became required",
         "The body could be left out on OLD. NEW refuses requests without it, and the plugin leaves it out.",
         "requestBody: {required: false}", "requestBody: {required: true}"),
    _Row("request-body-removed", "body removed", "The plugin sends a body that NEW does not know: it is ignored, or refused.",
         "DELETE /users with a body", "DELETE /users", Level.RISK, "Ask what took the body's place."),
    _Row("request-body-media-type-removed", "media type of the body removed",
         "NEW does not take bodies of the media type that the plugin sends.",
         "application/xml", "application/json"),
    _Row("request-body-media-type-schema-added", "media type of the body got a schema",
         "OLD took any body of this media type, NEW does not.", "application/json: {}", "application/json: {schema: …}"),
    _Row("new-required-request-property", "new property that is required",
         "NEW refuses bodies without this property, and the plugin does not send it.",
         '{"name": "a"}', '{"name": "a", "tenant": "t"}'),
    _Row("request-property-became-required", "property became required",
         "The property could be left out on OLD. NEW refuses bodies without it, and the plugin leaves it out.",
         "required: []", "required: [name]"),
    _Row("request-property-removed", "property removed",
         "The plugin sends a property that NEW does not know: it is ignored, or refused.",
         '{"name": "a", "nick": "b"}', '{"name": "a"}', Level.RISK, "Ask what took the property's place."),
    _Row("new-required-request-header-property", "new required property in a header",
         "NEW refuses the header without this property.", "X-Filter: a=1", "X-Filter: a=1,b=2"),
    _Row("request-header-property-became-required", "property in a header became required",
         "NEW refuses the header without this property, which could be left out on OLD.", "required: []", "required: [b]"),
    _Row("new-required-request-parameter-property", "new required property in a parameter",
         "NEW refuses the parameter without this property.", "filter[a]=1", "filter[a]=1&filter[b]=2"),
    _Row("request-parameter-property-became-required", "property in a parameter became required",
         "NEW refuses the parameter without this property, which could be left out on OLD.", "required: []", "required: [b]"),
    _Row("request-parameter-property-removed", "property in a parameter removed",
         "The plugin sends a property in a parameter that NEW does not know: it is ignored, or refused.",
         "filter[a]=1", "filter[b]=1", Level.RISK, "Ask what took the property's place."),
)  # fmt: skip


_BESIDE = (
    Rule("declared-schema-violated", "answer that its own declaration does not allow", Level.INFO,
         "A version answered something that its own declaration does not allow: the declaration is wrong, or out of date.",
         "price: {type: number}", '{"price": "12.50"}', "None is needed.",
         "Do not trust the declaration here, and tell whoever keeps it.", undoable=False, source="declared"),
    Rule("response-value-not-declared", "value that the other side does not declare", Level.RISK,
         "A recorded answer holds a value that the other version's declaration does not allow.",
         '{"size": 12}', "size: {multipleOf: 10}", "None: there is no pair of answers to learn from.",
         "Record the other side too, and compare the answers themselves.", undoable=False, source="declared"),
)  # fmt: skip


def _single(row: _Row) -> Rule:
    return Rule(
        row.id,
        row.title,
        row.level,
        row.meaning,
        row.old,
        row.new,
        _UNDO,
        row.advice,
        undoable=False,
        source="declared",
    )


def _narrowings() -> list[Rule]:
    return [_narrowing_rule(scope, *row) for scope in SCOPES for row in _suffixes()]


def _narrowing_rule(scope: str, suffix: str, what: str, old: str, new: str) -> Rule:
    meaning = f"NEW refuses values of {SCOPES[scope]} that OLD took: {what}."
    title = f"{SCOPES[scope].removeprefix('a ').removeprefix('the ')}: {what}"
    return _single(_Row(f"request-{scope}-{suffix}", title, meaning, old, new))


def _suffixes() -> list[tuple[str, str, str, str]]:
    rows = [
        ("type-changed", "it is of another type", "type: string", "type: integer"),
        ("list-of-types-narrowed", "fewer types are allowed", "type: [string, integer]", "type: integer"),
        ("became-not-nullable", "it can no longer be null", "type: [string, 'null']", "type: string"),
        ("became-enum", "only some values are allowed", "type: string", "enum: [asc, desc]"),
        ("enum-value-removed", "a value is no longer allowed", "enum: [asc, desc]", "enum: [asc]"),
        ("any-of-removed", "a variant is no longer allowed", "anyOf: [A, B]", "anyOf: [A]"),
        ("one-of-removed", "a variant is no longer allowed", "oneOf: [A, B]", "oneOf: [A]"),
        ("refused", "no value is allowed", "{}", "false"),
    ]
    for keyword, name in BOUNDS.items():
        how, before, after = ("decreased", 100, 10) if keyword in UPPER else ("increased", 1, 10)
        rows.append((f"{name}-set", f"{keyword} was set", "(none)", f"{keyword}: 10"))
        rows.append((f"{name}-{how}", f"{keyword} was {how}", f"{keyword}: {before}", f"{keyword}: {after}"))
    for keyword in ("pattern", "const", *OTHERS):
        rows.append((f"{kebab(keyword)}-added", f"{keyword} was added", "(none)", f"{keyword}: …"))
        rows.append((f"{kebab(keyword)}-changed", f"{keyword} was changed", f"{keyword}: …", f"{keyword}: …"))
    return rows
