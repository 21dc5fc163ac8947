from __future__ import annotations

import pytest

from harness.environments.lock.errors import lock_errors
from harness.environments.recipe import Recipe
from harness.environments.spec.lock import LockedPackages
from harness.model.errors import EnvironmentFailed

HASH = "a" * 64
LOCKED = LockedPackages.model_validate(
    {
        "asked": ["datasette"],
        "pip": {"datasette": {"version": "0.64.8", "sha256": HASH}},
        "npm": {"node_modules/@s/dep": {"version": "1.0.0", "integrity": "sha512-x=="}},
    }
)
RECIPE = Recipe(("datasette",), locks={"docker": LOCKED})
GONE = "ERROR: No matching distribution found for datasette==0.64.8 (from -r requirements.txt (line 1))"
OTHER = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated …
  |     datasette==0.64.8 from some-index/datasette.whl:
  |         Expected sha256 aaa
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (GONE, f"the lock no longer resolves: datasette==0.64.8 (sha256 {HASH}) is not in any index"),
        (OTHER, f"the lock no longer resolves: datasette==0.64.8 is another file now, not sha256 {HASH}"),
        ("npm error notarget No matching version found for @s/dep@1.0.0.", "@s/dep@1.0.0 is not in the registry"),
        ("npm error 404  '@s/dep@1.0.0' is not in this registry.", "@s/dep@1.0.0 is not in the registry"),
        (
            "npm error sha512-x== integrity checksum failed when using sha512: wanted sha512-x== but got sha512-y==.",
            "@s/dep is another file now, not sha512-x==",
        ),
        ("No space left on device", "pip install: failed"),
    ],
)
def test__lock_errors__a_failed_installation__is_told_as_the_locks_where_it_is(said: str, expected: str) -> None:
    with pytest.raises(EnvironmentFailed) as caught, lock_errors(RECIPE):
        raise EnvironmentFailed("pip install: failed", where="pip install", hint=said)
    assert expected in caught.value.what
    assert said in (caught.value.hint or "")


def test__lock_errors__nothing_locked__leaves_the_error_as_it_is() -> None:
    with pytest.raises(EnvironmentFailed) as caught, lock_errors(Recipe(("datasette",))):
        raise EnvironmentFailed("pip install: failed", hint=GONE)
    assert caught.value.what == "pip install: failed"
