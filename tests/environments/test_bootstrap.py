from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.environments.base_image import packages_of
from harness.environments.bootstrap import bootstrap, packages_in
from harness.environments.engine import Engine, connect
from harness.model.errors import EnvironmentFailed

STATUS = """Package: jq
Status: install ok installed
Version: 1.6-2.1
Description: a tool: for JSON
 Status: of a line that goes on

Package: gone
Status: deinstall ok config-files
Version: 1

Package: bash
Version: 5.2
Status: install ok installed
"""


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


def test__packages_in__dpkgs_status__is_what_is_installed() -> None:
    assert packages_in(STATUS) == {"bash": "5.2", "jq": "1.6-2.1"}


@pytest.mark.docker
@pytest.mark.slow
def test__bootstrap__twice__is_one_image_of_these_packages(engine: Engine, run_id: str) -> None:
    names = [f"backfit/test-bootstrap:{run_id}-{number}" for number in (1, 2)]
    for name in names:
        bootstrap(engine, "bullseye", ["python3"], name, run_id)
    first, second = (engine.client.images.get(name) for name in names)
    packages = packages_of(engine, names[0])
    said = engine.client.containers.run(
        names[0], ["sh", "-c", "python3 -V; ls /var/log/apt /var/lib/apt/lists"], remove=True
    )
    for name in names:
        engine.client.images.remove(name)
    assert first.id == second.id
    assert packages["python3"].startswith("3.9.")
    assert said.decode().splitlines()[0].startswith("Python 3.9.")
    assert b"Packages" not in said


@pytest.mark.docker
@pytest.mark.slow
def test__bootstrap__suite_that_debian_has_not__shows_what_failed(engine: Engine, run_id: str) -> None:
    with pytest.raises(EnvironmentFailed, match="mmdebstrap bokworm: failed") as caught:
        bootstrap(engine, "bokworm", ["python3"], "backfit/test-bootstrap:none", run_id)
    assert "bokworm Release' does not have a Release file" in str(caught.value.hint)
