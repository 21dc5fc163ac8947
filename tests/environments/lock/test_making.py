from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.environments.installation import install
from harness.environments.load import load_environment
from harness.environments.lock.file import lock_file, write_lock
from harness.environments.lock.making import locked
from harness.environments.process import ProcessDriver
from harness.environments.recipe import recipe_for
from harness.environments.spec import Environment
from harness.environments.spec.lock import PipPackage
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore


def relocked(environment: Environment, *, update: bool) -> Environment:
    """Locked, and read again."""
    made = locked(environment, ProcessDriver("lock"), update=update, tell=ignore)
    write_lock(lock_file(environment.path), made)
    return load_environment(environment.path)


def packages(environment: Environment) -> dict[str, PipPackage]:
    assert environment.lock is not None
    assert environment.lock.process is not None
    assert environment.lock.process.old is not None
    return dict(environment.lock.process.old.pip)


@pytest.mark.slow
def test__locked__then_installed__is_the_same_version_though_there_is_a_newer_one(
    write: Write, wheels: Callable[[str, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels("dep", "1.0")
    environment = relocked(write({"{pip: [], options: one}": "{pip: [dep], options: one}"}), update=False)
    first = packages(environment)
    text = lock_file(environment.path).read_bytes()
    assert {name: each.version for name, each in first.items()} == {"dep": "1.0"}

    wheels("dep", "1.1")
    again = relocked(environment, update=False)
    assert lock_file(environment.path).read_bytes() == text
    assert install(recipe_for(again, "old"), ignore).versions["dep"] == "1.0"

    newer = relocked(environment, update=True)
    assert packages(newer)["dep"].version == "1.1"
    assert install(recipe_for(newer, "old"), ignore).versions["dep"] == "1.1"
    assert str(tmp_path) not in lock_file(environment.path).read_text()

    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "empty-cache"))
    wheel = tmp_path / "wheels/dep-1.1-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    with pytest.raises(EnvironmentFailed, match=r"no longer resolves: dep==1\.1 is another file now, not sha256"):
        install(recipe_for(newer, "old"), ignore)
    wheel.unlink()
    with pytest.raises(EnvironmentFailed, match=r"no longer resolves: dep==1\.1 \(sha256 .{64}\) is not in any index"):
        install(recipe_for(newer, "old"), ignore)
