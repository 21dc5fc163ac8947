from __future__ import annotations

import pytest

from harness.environments.spec import Browser, Host
from harness.intake import answers
from harness.intake.fact import Fact
from harness.intake.gathered import Gathered


def facts(*said: str) -> Gathered:
    """`os id: debian`."""
    made = []
    for each in said:
        about, _, value = each.partition(": ")
        subject, _, name = about.partition(" ")
        made.append(Fact(subject, name, value, "x:1"))
    return Gathered.of(made)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["os id: debian", "os version: 12"], "debian:bookworm"),
        (["os id: debian", "os version: 12.4"], "debian:bookworm"),
        (["os id: ubuntu", "os version: 22.04"], "ubuntu:22.04"),
        (["os id: alpine", "os version: 3.19.1"], "alpine:3.19"),
        (["os id: rocky", "os version: 9.3"], "rockylinux:9"),
        (["os id: debian"], None),
        (["os id: rhel", "os version: 9"], None),
        (["os id: ubuntu", "os version: 22 04; rm"], None),
        (["host image: registry.example/base:1"], "registry.example/base:1"),
        (["host image: Not An Image"], None),
        (["os id: debian", "os id: ubuntu", "os version: 12"], None),
    ],
)
def test__image__of_an_os__is_one_that_the_file_may_name(said: list[str], expected: str | None) -> None:
    found = answers.image(facts(*said))
    assert (found.value if found else None) == expected
    if found:
        assert Host(os=found.value).os == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["host locale: de_CH.UTF-8", "browser language: fr-FR"], "de_CH.UTF-8"),
        (["host locale: C.UTF-8", "browser language: fr-FR"], "fr_FR.UTF-8"),
        (["browser language: de-CH"], "de_CH.UTF-8"),
        (["browser language: zh-Hans-CN"], "zh_CN.UTF-8"),
        (["browser language: de"], None),
        (["system language: de_DE_formal"], "de_DE.UTF-8"),
        (["browser language: $(reboot)"], None),
    ],
)
def test__locale__needs_a_country__else_is_none(said: list[str], expected: str | None) -> None:
    found = answers.locale(facts(*said))
    assert (found.value if found else None) == expected
    if found:
        assert Host(locale=found.value).locale == expected


@pytest.mark.parametrize(("zone", "known"), [("Europe/Berlin", True), ("+02:00", False), ("Mars/Olympus", False)])
def test__timezone__of_a_name_that_is_known__is_it(zone: str, known: bool) -> None:
    assert (answers.timezone(facts(f"host timezone: {zone}")) is not None) is known


@pytest.mark.parametrize(
    ("said", "engine", "version"),
    [
        (["browser name: Chrome", "browser version: 112.0.1.2", "browser chromium: 112"], "chromium", "112"),
        (["browser name: Edge", "browser version: 114.0.1823.51", "browser chromium: 114"], "chromium", "114"),
        (["browser name: Opera", "browser version: 98.0.1", "browser chromium: 112"], "chromium", "112"),
        (["browser name: Opera", "browser version: 98.0.1"], "chromium", ""),
        (["browser name: Firefox", "browser version: 115.0.2"], "firefox", "115"),
        (["browser name: Safari", "browser version: 16.4"], "webkit", "16"),
    ],
)
def test__browser__of_any_brand__is_the_engine_inside(said: list[str], engine: str, version: str) -> None:
    found = answers.browser(facts(*said))
    assert found is not None
    assert (found.engine, found.version) == (engine, version)
    assert Browser.model_validate({found.engine: found.version or "installed"}).name == engine


def test__browser__without_a_name__is_none() -> None:
    assert answers.browser(facts("browser version: 112")) is None


def test__fonts__are_the_packages_of_fonts() -> None:
    assert answers.fonts(facts("debian fonts-noto-cjk: 1", "debian vim: 2")) == ["fonts-noto-cjk"]


def test__proxies__are_told_with_their_source() -> None:
    assert [each.value for each in answers.proxies(facts("host proxy: http://p:1", "browser --proxy-server: q:2"))] == [
        "http://p:1",
        "q:2",
    ]
