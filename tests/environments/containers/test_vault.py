from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docker.types import Mount

from harness.environments.box import Box
from harness.environments.containers.vault import Vault
from harness.environments.engine import Engine

pytestmark = [pytest.mark.docker, pytest.mark.slow]


def used(engine: Engine, image: str, run_id: str, vault: Vault, place: str, script: str) -> str:
    """What `script` prints in a container that has `place` as /data."""
    volume = vault.volume(place, "db-0")
    mounts = [Mount("/data", volume, type="volume")]
    box = Box.create(engine, image, run_id, "user", entrypoint=["sh", "-c", script], network_mode="none", mounts=mounts)
    try:
        box.start()
        assert box.wait(30) == 0
        return box.output(10)
    finally:
        box.remove()
        vault.remove_volume(volume)


def test__vault__what_is_kept__comes_back_however_its_copies_are_changed(
    engine: Engine, image: str, run_id: str, left: Callable[[], list[Any]]
) -> None:
    vault = Vault(engine, run_id)
    vault.open(image)
    try:
        first = vault.fresh(["db-0"])
        used(engine, image, run_id, vault, first, "echo kept > /data/a; chown 10001:10001 /data/a; chmod 640 /data/a")
        kept = vault.keep(first)
        for ahead in (False, True, True):
            if ahead:
                vault.copy_ahead(kept)
            place = vault.copy(kept)
            look = "cat /data/a; stat -c '%u %a' /data/a; ls /data"
            assert used(engine, image, run_id, vault, place, look).split() == ["kept", "10001", "640", "a"]
            used(engine, image, run_id, vault, place, "echo spoiled > /data/a; touch /data/b")
            vault.forget(place)
        assert vault.box().run(["ls", "live", "kept", "spare"]).split() == ["kept:", kept, "live:", "spare:"]
    finally:
        vault.close()
    vault.close()
    assert left() == []


def test__volume__of_an_empty_place__has_what_the_image_has_there(engine: Engine, image: str, run_id: str) -> None:
    vault = Vault(engine, run_id)
    vault.open(image)
    try:
        volume = vault.volume(vault.fresh(["db-0"]), "db-0")
        mounts = [Mount("/usr/share/zoneinfo/Europe", volume, type="volume")]
        box = Box.create(engine, image, run_id, "it", command=["true"], network_mode="none", mounts=mounts)
        assert "London" in vault.box().run(["find", "live"])
        box.remove()
        vault.remove_volume(volume)
    finally:
        vault.close()
