from __future__ import annotations

import pytest

from harness.intake.fact import Fact
from harness.parity.weights import RULES, Weight, rule_for, weight_of


@pytest.mark.parametrize(
    ("subject", "name", "asked", "found", "weight"),
    [
        ("browser", "engine", "chromium", "firefox", Weight.BREAK),
        ("browser", "chromium", "112", "156.0.8078.79", Weight.BREAK),
        ("browser", "chromium", "112.0.5615.138", "112.0.5615.49", Weight.COSMETIC),
        ("pip", "datasette", "0.64.8", "1.0a41", Weight.BREAK),
        ("pip", "datasette", "0.64.8", "0.65.0", Weight.BREAK),
        ("pip", "datasette", "0.64.8", "0.64.9", Weight.LIKELY),
        ("pip", "pip", "23.2", "24.0", Weight.COSMETIC),
        ("npm", "json-server", "1.2.0", "1.3.0", Weight.LIKELY),
        ("service db", "postgresql-15", "15.5", "15.6", Weight.LIKELY),
        ("database", "mariadb", "10.6.12", "11.4.2", Weight.BREAK),
        ("host", "timezone", "UTC", "Europe/Zurich", Weight.BREAK),
        ("host", "locale", "C.UTF-8", "de_CH.UTF-8", Weight.LIKELY),
        ("host", "cpus", "1", "2", Weight.COSMETIC),
        ("browser-os", "name", "Windows", "Linux", Weight.COSMETIC),
        ("font", "cjk", "drawn", "not drawn", Weight.COSMETIC),
        ("never", "heard of", "1", "2", Weight.COSMETIC),
    ],
)
def test__weight_of__a_mismatch__is_by_what_it_is_about(
    subject: str, name: str, asked: str, found: str, weight: Weight
) -> None:
    assert weight_of(Fact(subject, name, asked), Fact(subject, name, found)) is weight


def test__rule_for__each_rule__can_be_reached() -> None:
    samples = [Fact(rule.subject.replace("*", "x"), rule.name.replace("*", "x"), "1") for rule in RULES]
    assert [rule_for(sample) for sample in samples] == list(RULES)
