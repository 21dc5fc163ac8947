from __future__ import annotations

from typing import Any

import pytest

from harness.declared.merge import merged
from harness.model.change import Change, Level, Support


def change(kind: str, path: str, operation: str = "GET /a/{id}", answers: int = 0, **facts: Any) -> Change:
    support = Support(answers, 0, 0)
    return Change(kind, kind, Level.BREAK, operation, path, "", "because", support, facts=facts)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (change("response-property-removed", "$.a"), change("response-required-property-removed", "$.a")),
        (change("response-property-type-changed", "$.a"), change("response-property-type-generalized", "$.a")),
        (change("response-property-renamed", "$.a", new="b"), change("response-required-property-removed", "$.a")),
        (change("response-property-renamed", "$.x.a", new="b"), change("response-optional-property-added", "$.x.b")),
        (change("response-property-moved", "$.a.b", new="$.b"), change("response-optional-property-added", "$.b")),
        (change("response-object-wrapped", "$"), change("response-required-property-removed", "$.a")),
        (change("response-value-became-list", "$.a"), change("response-property-type-changed", "$.a")),
        (change("response-property-removed", "$.a", "GET /a/{a_id}"), change("response-optional-property-removed", "$.a")),
        (change("response-property-removed", "$.a", "GET /v2/a/{a_id}"),
         change("response-optional-property-removed", "$.a", served="GET /v2/a/{id}")),
        (change("response-status-changed", "status"), change("response-status-changed", "status")),
    ],
)  # fmt: skip
def test__merged__of_what_was_seen_and_declared__says_it_once(seen: Change, told: Change) -> None:
    [both] = merged([seen], [told])
    assert both.kind == seen.kind
    assert both.reason == "because; it is declared too"
    assert both.facts["declared"] == [told.kind]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (change("response-property-removed", "$.a"), change("response-required-property-removed", "$.ab")),
        (change("response-property-removed", "$.a"), change("response-property-type-changed", "$.a")),
        (change("response-value-changed", "$.a"), change("response-property-became-nullable", "$.a")),
        (change("response-list-reordered", "$"), change("response-required-property-removed", "$.a")),
        (change("response-property-became-optional", "$.a"), change("response-required-property-removed", "$.a.b")),
        (
            change("response-property-removed", "$.a", "GET /b/{id}"),
            change("response-required-property-removed", "$.a"),
        ),
        (
            change("response-property-removed", "$.a", "PUT /a/{id}"),
            change("response-required-property-removed", "$.a"),
        ),
    ],
)
def test__merged__of_two_different_things__says_both(seen: Change, told: Change) -> None:
    assert merged([seen], [told]) == [seen, told]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (change("response-property-type-changed", "$.a"), Level.BREAK),  # nothing was recorded
        (change("response-property-type-changed", "$.a", answers=7), Level.RISK),
        (change("api-removed-without-deprecation", "$", answers=7), Level.BREAK),  # the plugin's own call
    ],
)
def test__merged__of_what_was_declared_only__is_a_risk_where_answers_could_show_it(told: Change, level: Level) -> None:
    [change] = merged([], [told])
    assert change.level is level
    assert ("not seen in 7 answers" in change.reason) == (level is Level.RISK)
