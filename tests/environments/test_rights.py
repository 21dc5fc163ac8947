from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.environments.base_image import base_image
from harness.environments.engine import Engine, connect, labels
from harness.environments.rights import is_root, isolation, memory_of
from harness.environments.spec import Host
from tests.environments.tiny import ignore


@pytest.mark.parametrize(
    ("user", "root"), [("", True), ("0:0", True), ("root", True), ("10001", False), ("app:root", False)]
)
def test__isolation__root_or_not__decides_what_is_left(user: str, root: bool) -> None:
    found = isolation(Host(), user=user)
    assert is_root(user) is root
    assert (found["cap_drop"], found["security_opt"]) == (["ALL"], ["no-new-privileges"])
    assert ("SETUID" in found["cap_add"], bool(found.get("read_only"))) == (root, not root)


def test__isolation__limits__are_the_hosts_or_ours() -> None:
    host = Host(cpus=0.5, memory=64 * 2**20)
    found, default = isolation(host, user="1", writable=True, pids=7), isolation(Host(), user="1")
    assert (found["pids_limit"], found["cpu_quota"], found["mem_limit"]) == (7, 50_000, 64 * 2**20)
    assert (default["pids_limit"], default["cpu_quota"], default["mem_limit"]) == (1024, 200_000, 4 * 2**30)
    assert memory_of(host) == found["memswap_limit"]
    assert "read_only" not in found


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


def said(engine: Engine, run_id: str, user: str, script: str, host: Host | None = None) -> tuple[str, bool]:
    """What the script printed, and whether it was killed for memory."""
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    container = engine.client.containers.create(
        base,
        ["bash", "-c", script],
        labels=labels(run_id, "rights"),
        network_mode="none",
        **isolation(host or Host(), user=user),
    )
    try:
        container.start()
        container.wait()
        container.reload()
        return container.logs().decode(), bool(container.attrs["State"]["OOMKilled"])
    finally:
        container.remove(force=True, v=True)


@pytest.mark.docker
@pytest.mark.slow
def test__isolation__in_a_container__leaves_nothing_to_gain(engine: Engine, run_id: str) -> None:
    script = "grep -E 'CapBnd|NoNewPrivs' /proc/self/status; touch /x /tmp/x /run/x /var/tmp/x; mount -t tmpfs x /mnt; su -c id"
    output, _ = said(engine, run_id, "10001", script)
    assert output.split()[:4] == ["CapBnd:", "0000000000000000", "NoNewPrivs:", "1"]
    assert "touch: cannot touch '/x': Read-only file system" in output
    assert "/tmp/x'" not in output
    assert "/run/x'" not in output
    assert "uid=0" not in output


@pytest.mark.docker
@pytest.mark.slow
def test__isolation__image_that_starts_as_root__can_become_another_user_and_write(engine: Engine, run_id: str) -> None:
    script = "mkdir /data && chown 1234:1234 /data && setpriv --reuid 1234 --regid 1234 --clear-groups touch /data/x && ls /data"
    assert said(engine, run_id, "", script)[0] == "x\n"


@pytest.mark.docker
@pytest.mark.slow
def test__isolation__more_memory_than_there_is__is_told_by_the_engine(engine: Engine, run_id: str) -> None:
    script = "exec python3 -c 'x = bytearray(200 << 20); print(len(x))'"
    assert said(engine, run_id, "10001", script, Host(memory=64 * 2**20)) == ("", True)
    assert said(engine, run_id, "10001", script) == (f"{200 << 20}\n", False)
