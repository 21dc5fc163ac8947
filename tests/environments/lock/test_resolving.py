from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.installation import install
from harness.environments.lock.resolving import resolved_here
from harness.environments.recipe import Recipe
from tests.environments.tiny import ignore


@pytest.mark.npm
@pytest.mark.slow
def test__resolved_here__an_npm_package__has_all_that_npm_ci_installs(cache: Path, run_id: str) -> None:
    recipe = Recipe(npm=("is-odd@3.0.1",))
    locked = resolved_here(recipe, run_id, ignore)
    assert sorted(locked.npm) == ["", "node_modules/is-number", "node_modules/is-odd"]
    assert locked.npm["node_modules/is-odd"]["integrity"].startswith("sha512-")
    assert "http" not in str(locked.npm)
    installed = install(Recipe(npm=recipe.npm, locks={"process": locked}), ignore)
    assert dict(installed.versions) == {"is-number": locked.npm["node_modules/is-number"]["version"], "is-odd": "3.0.1"}
    assert not list((cache / "runs").iterdir())
