from __future__ import annotations

import pytest

from harness.model.errors import BackfitError, BadFile, EnvironmentFailed, UsageError


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (BackfitError("it broke"), "it broke"),
        (BadFile("unknown key", where="a.yaml:3"), "a.yaml:3: unknown key"),
        (UsageError("no such file", where="x", hint="did you mean y?"), "x: no such file\n  did you mean y?"),
        (EnvironmentFailed("no Docker", hint="start it"), "no Docker\n  start it"),
    ],
)
def test__error__as_text__says_where_what_and_what_to_do(error: BackfitError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize(("kind", "code"), [(BackfitError, 4), (UsageError, 2), (BadFile, 2), (EnvironmentFailed, 3)])
def test__error__by_its_kind__has_the_pipelines_exit_code(kind: type[BackfitError], code: int) -> None:
    assert kind("x").exit_code == code
