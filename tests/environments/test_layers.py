from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from harness.environments import Environment
from harness.environments.base_image import base_image
from harness.environments.engine import Engine, archive, connect
from harness.environments.host_layer import user_of
from harness.environments.launch import host_variables, masked
from harness.environments.layers import adapted, host_image, layered
from harness.environments.recipe import Step
from harness.environments.rights import isolation
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUck4mkhVN5/K0RnZlDNwKlV8VTkwwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIQ3VzdG9tZXIwIBcNMjYxMTIyMTMxMTEyWhgPMjEyNjEwMjkx
MzExMTJaMBMxETAPBgNVBAMMCEN1c3RvbWVyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEEjHuLtxGWIjYMAD1cMAI2MCx1CD2+/vmMF6j9lcPJ1oyFhy88dMb/54f
VurJRVEPL742ZiR5uo1vHJ1rtQ7zUKNTMFEwHQYDVR0OBBYEFHCbSildzrkJQeH7
s3TaVyJe6g+SMB8GA1UdIwQYMBaAFHCbSildzrkJQeH7s3TaVyJe6g+SMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKUjIfBCkIt935miTx2oSVqH
7SHbxscUxlUoEwV2DYYPAiBsj1pHNTx1i08utpIyKY1rREx2ego3RyrsQF/a/2OB
sQ==
-----END CERTIFICATE-----
"""
"""Of "Customer", who kept no key; the same in each session, since images are kept by it."""


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


def says(
    engine: Engine, image: str, environment: Environment, script: str, more: Mapping[str, str] | None = None
) -> str:
    host, user = environment.host, str(user_of(environment.host))
    words = masked(["sh", "-c", script], host.umask)
    variables = {**host_variables(environment, "run-1"), **(more or {})}
    rights = isolation(host, user=user)
    output: bytes = engine.client.containers.run(
        image,
        words[1:],
        entrypoint=words[:1],
        environment=variables,
        network_mode="none",
        remove=True,
        stderr=True,
        **rights,
    )
    return output.decode()


def test__host_image__chinese_host_of_bullseye__is_the_customers_machine(engine: Engine, write: Write) -> None:
    host = "os: debian:bullseye, locale: zh_CN.UTF-8, packages: jq, ca: ca.pem, user: 1234, umask: 0027, clock: 2026-03-02T09:00"
    environment = write({"timezone: Europe/London": f"{host}, timezone: Asia/Shanghai"}, ca__pem=CERTIFICATE)
    image = host_image(engine, environment, False, "run-1", ignore)
    told: list[str] = []
    assert host_image(engine, environment, False, "run-1", told.append) == image
    assert told == []
    trusted = "import ssl; print('Customer' in str(ssl.create_default_context().get_ca_certs()))"
    pause = "import time; began = time.monotonic(); time.sleep(0.1); print(time.monotonic() - began < 60)"
    script = f"""
        . /etc/os-release; echo $VERSION_CODENAME; id -u; date '+%A %F %H %Z'; umask; jq --version
        python3 -c "{trusted}"; python3 -c "{pause}"; locale charmap; ls /var/lib/apt/lists | wc -l
    """
    expected = ["bullseye", "1234", "星期一 2026-03-02 09 CST", "0027", "jq-1.6", "True", "True", "UTF-8", "0"]
    assert says(engine, image, environment, script).splitlines() == expected


def test__host_image__frozen_clock__stands_still_for_every_program(engine: Engine, write: Write) -> None:
    environment = write({"timezone:": "clock: {at: 2026-03-02T09:00, frozen: true}, timezone:"})
    image = host_image(engine, environment, False, "run-1", ignore)
    script = "date +%s; sleep 1.1; date +%s; TZ=Asia/Tokyo python3 -c 'import time; print(int(time.time()))'"
    assert set(says(engine, image, environment, script).split()) == {"1772442000"}


def test__adapted__customers_own_image__keeps_its_command_and_gets_what_is_asked_for(
    engine: Engine, write: Write, run_id: str
) -> None:
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    own = {"Entrypoint": [], "Cmd": ["date", "+%Y"], "User": "1000", "WorkingDir": "/srv"}
    made = layered(engine, base, [Step("a file", ("touch", "/srv/x"))], "backfit/test-own", run_id, ignore, config=own)
    assert adapted(engine, made, write(), run_id, ignore) == made
    environment = write({"timezone:": "clock: 2031-03-02T09:00, timezone:"})
    image = adapted(engine, made, environment, run_id, ignore)
    config = engine.client.images.get(image).attrs["Config"]
    output = engine.client.containers.run(image, environment=host_variables(environment, run_id), remove=True)
    engine.client.images.remove(image)
    engine.client.images.remove(made)
    assert {key: config[key] or [] for key in own} == own
    assert output == b"2031\n"


def test__adapted__image_without_apt__is_refused_for_the_system_and_told_for_a_service(
    engine: Engine, write: Write, run_id: str
) -> None:
    name = f"backfit/test-empty:{run_id}"
    repository, _, tag = name.partition(":")
    tar = archive({}, {"program": "none"}, lambda entry: entry)
    engine.client.api.import_image_from_data(tar, repository=repository, tag=tag)
    environment = write({"timezone:": "clock: +45d, packages: jq, timezone:"})
    told: list[str] = []
    try:
        assert adapted(engine, name, environment, run_id, told.append) == name
        with pytest.raises(EnvironmentFailed, match="cannot be put on it: packages, clock"):
            adapted(engine, name, environment, run_id, ignore, system=True)
    finally:
        engine.client.images.remove(name)
    assert told == [f"{name} has no apt-get, so what the host asks for cannot be put on it: clock"]
    assert engine.client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"}) == []


def test__layered__step_that_fails__shows_its_output_and_keeps_nothing(engine: Engine, run_id: str) -> None:
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    steps = [Step("trying hard", ("sh", "-c", f"echo tried {run_id}; exit 3"))]
    with pytest.raises(EnvironmentFailed, match=re.escape("trying hard: failed with exit code 3 (docker)")) as caught:
        layered(engine, base, steps, "backfit/test-layer", run_id, ignore)
    assert f"| tried {run_id}" in str(caught.value.hint)
    assert engine.client.images.list("backfit/test-layer") == []
