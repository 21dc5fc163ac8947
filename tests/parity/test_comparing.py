from __future__ import annotations

import pytest

from harness.intake.fact import Fact
from harness.parity.comparing import comparable, compared
from harness.parity.weights import Weight


def fact(about: str, source: str = "x") -> Fact:
    """`host locale: C.UTF-8`."""
    name, _, value = about.partition(": ")
    subject, _, rest = name.partition(" ")
    return Fact(subject, rest, value, source)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("host locale: en_GB.UTF-8", "host locale: en_GB.utf8", True),
        ("host locale: en_GB.UTF-8", "host locale: en_US.UTF-8", False),
        ("host locale: en_GB.UTF-8", "host locale: en_GB.ISO-8859-1", False),
        ("host clock ahead: 172800 s", "host clock ahead: 172820 s", True),
        ("host clock ahead: 0 s", "host clock ahead: 172800 s", False),
        ("host umask: 0027", "host umask: 027", True),
        ("host umask: 0027", "host umask: 0022", False),
        ("pip a: 1.0", "pip a: 1.0", True),
        ("pip a: 1.0", "pip a: 1.0.1", False),
        ("pip My_Lib: 1.0", "pip my-lib: 1.0", True),
        ("debian jq: installed", "debian jq: 1.6-2", True),
        ("debian jq: 1.6", "debian jq: 1.6-2", True),
        ("debian jq: 1.6-2", "debian jq: 1.7-1", False),
        ("browser chromium: 112", "browser chromium: 112.0.5615.49", True),
        ("os version: 22.04", "os version: 22.10", False),
    ],
)
def test__compared__two_facts__are_the_same_or_not(wanted: str, found: str, same: bool) -> None:
    parity = compared([fact(wanted)], [fact(found)])
    assert (len(parity.matches), len(parity.mismatches), len(parity.unknown)) == (int(same), int(not same), 0)


def test__compared__every_place__has_to_agree() -> None:
    places = [fact("host timezone: UTC", "system"), fact("host timezone: Asia/Tokyo", "browser")]
    parity = compared([fact("host timezone: UTC")], places)
    assert [(each.found.source, each.weight) for each in parity.mismatches] == [("browser", Weight.BREAK)]
    assert parity.matches == ()
    assert parity.weighty


def test__compared__what_nobody_says__is_unknown_and_no_mismatch() -> None:
    parity = compared([fact("font cjk: drawn")], [])
    assert [each.name for each in parity.unknown] == ["cjk"]
    assert not parity.weighty


def test__compared__mismatches__the_heaviest_comes_first_and_cosmetic_ones_weigh_nothing() -> None:
    wanted = [fact("font cjk: drawn"), fact("host locale: a"), fact("browser engine: x")]
    running = [fact("font cjk: not drawn"), fact("host locale: b"), fact("browser engine: y")]
    parity = compared(wanted, running)
    assert [each.weight for each in parity.mismatches] == [Weight.BREAK, Weight.LIKELY, Weight.COSMETIC]
    assert not compared(wanted[:1], running).weighty


def test__compared__one_thing_that_two_reports_say__counts_once() -> None:
    told = [fact("os id: debian", "a"), fact("os id: debian", "b")]
    assert [each.source for each in compared(told, [fact("os id: debian")]).matches] == ["a"]


@pytest.mark.parametrize(
    ("reported", "kept"),
    [
        (["debian vim: 1", "debian jq: 1.5"], ["jq"]),
        (["pip missing: 1"], ["missing"]),
        (["browser name: Edge", "browser version: 114.0.1823", "browser chromium: 114"], ["name", "chromium"]),
        (["browser name: Chromium", "browser version: 114.0.5735"], ["name", "version"]),
        (["browser --proxy-server: p:1", "host utc-offset: +01:00", "os codename: x"], []),
    ],
)
def test__comparable__of_a_report__is_what_can_be_held_against_what_runs(reported: list[str], kept: list[str]) -> None:
    running = [fact("debian jq: 1.6-2"), fact("browser name: Chromium"), fact("browser chromium: 156")]
    assert [each.name for each in comparable(map(fact, reported), running)] == kept
