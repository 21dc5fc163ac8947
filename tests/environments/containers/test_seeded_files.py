from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.environments.containers import DockerDriver
from harness.environments.engine import connect
from harness.environments.spec import Environment
from tests.environments.tiny import Write, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]

ENV = "files: [server.py]\n  seed: seed.py\n  env: {WORD: red}"
SEED = "import os, uuid; open('notes.txt', 'w').write(os.environ['WORD'] + str(uuid.uuid4()))"
"""No seed should be so: what it writes shows how often it was run."""


@pytest.fixture
def noted(run_id: str) -> Callable[[Environment], str]:
    """What the seed wrote, as a run of its own sees it."""

    def ask(environment: Environment) -> str:
        driver = DockerDriver(connect(), run_id)
        try:
            system = driver.start(environment, "old", ignore)
            found = get(f"{system.url}/notes.txt")
            system.stop()
        finally:
            driver.close()
        return found

    return ask


def test__with_seed__in_a_second_run__is_not_made_again(write: Write, noted: Callable[[Environment], str]) -> None:
    first = noted(write({"files: [server.py]": ENV}, seed__py=SEED))
    assert noted(write({"files: [server.py]": ENV}, seed__py=SEED)) == first
    other_script = noted(write({"files: [server.py]": ENV}, seed__py=SEED + "  # mended"))
    other_word = noted(write({"files: [server.py]": ENV.replace("red", "blue")}, seed__py=SEED))
    assert other_script != first
    assert other_word.startswith("blue")


@pytest.mark.parametrize("more", ["env", "egress"])
def test__with_seed__that_sees_more_than_its_files__is_made_each_time(
    write: Write, noted: Callable[[Environment], str], monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setenv("THE_WORD", "green")
    written = ENV.replace("red", "{env: THE_WORD}") if "env" in more else ENV
    replaced = {"files: [server.py]": written}
    if "egress" in more:
        replaced["plugin: {name: plug}"] = "network: {egress: [localhost]}\nplugin: {name: plug}"
    assert noted(write(replaced, seed__py=SEED)) != noted(write(replaced, seed__py=SEED))
