from __future__ import annotations

import pytest

from harness.environments.host_layer import certificates, debian_packages, host_steps, user_of
from harness.environments.spec import Host
from harness.model.errors import BadFile
from tests.environments.tiny import Write

ONE, TWO = (f"-----BEGIN CERTIFICATE-----\n{each}\n-----END CERTIFICATE-----" for each in ("one", "two"))


@pytest.mark.parametrize(
    ("host", "fonts", "packages"),
    [
        (Host(), True, []),
        (
            Host(fonts=("cjk", "emoji", "fonts-dejavu")),
            True,
            ["fonts-dejavu", "fonts-noto-cjk", "fonts-noto-color-emoji"],
        ),
        (Host(fonts=("arabic",), packages=("jq=1.6",)), False, ["jq=1.6"]),
        (Host.model_validate({"clock": "+45d"}), False, ["libfaketime"]),
    ],
)
def test__debian_packages__host__names_what_it_asks_for(host: Host, fonts: bool, packages: list[str]) -> None:
    assert debian_packages(host, fonts=fonts) == packages


@pytest.mark.parametrize(
    ("host", "titles"),
    [
        ("locale: C.UTF-8", ["adding a user"]),
        ("locale: zh_CN.UTF-8", ["adding a user", "making the locale zh_CN.UTF-8"]),
        ("fonts: cjk", ["adding a user", "apt-get update", "apt-get install fonts-noto-cjk", "clearing apt's cache"]),
        ("ca: ca.pem", ["adding a user", *["adding a certificate"] * 2, "trusting the certificates"]),
    ],
)
def test__host_steps__host__are_what_it_needs_and_no_more(write: Write, host: str, titles: list[str]) -> None:
    environment = write({"timezone:": f"{host}, timezone:"}, ca__pem=f"{ONE}\n# and\n{TWO}\n")
    assert [step.title for step in host_steps(environment)] == titles


def test__host_steps__modifier_of_a_locale__stays_with_its_source(write: Write) -> None:
    environment = write({"timezone:": "locale: de_DE.ISO-8859-15@euro, timezone:"})
    argv = ("localedef", "-i", "de_DE@euro", "-f", "ISO-8859-15", "de_DE.ISO-8859-15@euro")
    assert host_steps(environment)[1].argv == argv


def test__certificates__bundle__comes_apart(write: Write) -> None:
    environment = write({"timezone:": "ca: [ca.pem], timezone:"}, ca__pem=f"{ONE}\n# and\n{TWO}\n")
    assert certificates(environment) == [ONE, TWO]


def test__certificates__file_without_one__says_how_to_write_it(write: Write) -> None:
    environment = write({"timezone:": "ca: ca.pem, timezone:"}, ca__pem="\x30\x82 DER")
    with pytest.raises(BadFile, match=r"ca\.pem") as caught:
        certificates(environment)
    assert "openssl x509" in str(caught.value.hint)


def test__user_of__host__is_never_root() -> None:
    assert (user_of(Host()), user_of(Host(user=1000))) == (10001, 1000)
