from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments.load import load_environment
from harness.intake.fact import Fact
from harness.model.errors import EnvironmentFailed
from harness.parity.doctor import Diagnosis, diagnose
from tests.stories.shop import ENVIRONMENT, Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    yield shop
    assert shop.leftovers() == []


def of(shop: Shop, reported: list[Fact] | None = None, environment: str = ENVIRONMENT) -> Diagnosis:
    shop.write(environment=environment)
    loaded = load_environment(shop.folder / "bikes")
    return diagnose(loaded, side="new", reported=reported, driver="process", workspace=shop.folder, tell=lambda _: None)


def test__diagnose__as_the_file_asks__is_healthy(shop: Shop) -> None:
    found = of(shop, environment=ENVIRONMENT + "host: {os: 'x', locale: C.UTF-8, timezone: Asia/Tokyo}\n")
    assert found.healthy, found.file.mismatches
    running = {(fact.subject, fact.name, fact.source): fact.value for fact in found.running}
    assert running["host", "timezone", "bikes's machine"] == "Asia/Tokyo"
    assert running["host", "timezone", "plugin's machine"] == "Asia/Tokyo"
    assert found.reports is None
    assert any(note.startswith("processes are not contained") for note in found.notes), found.notes


def test__diagnose__what_the_process_driver_cannot_give__is_a_mismatch(shop: Shop) -> None:
    found = of(shop, environment=ENVIRONMENT + "host: {os: alpine:3.19, packages: no-such-package}\n")
    wanted = {(each.wanted.subject, each.wanted.name) for each in found.file.mismatches}
    assert ("os", "id") in wanted
    assert [fact.name for fact in found.file.unknown] == ["no-such-package"]
    assert not found.healthy


def test__diagnose__a_customers_report__is_compared_in_its_own_words(shop: Shop) -> None:
    reported = [
        Fact("host", "timezone", "Europe/Zurich", "health.txt:7"),
        Fact("system", "name", "bikes", "health.txt:1"),
    ]
    found = of(shop, reported)
    assert found.reports is not None
    assert {each.wanted.source for each in found.reports.mismatches} == {"health.txt:7"}
    assert [fact.name for fact in found.reports.matches] == ["name"]


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("raise OSError('no room')", "OSError: no room"),
        ("return {'answers': {'now': []}}", "its answers cannot be read: KeyError"),
    ],
)
def test__diagnose__a_place_that_cannot_be_asked__is_a_note_and_the_rest_is_known(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    monkeypatch.setattr("harness.parity.doctor._PROBES", shop.folder)
    (shop.folder / "program.py").write_text(f"def run(system):\n    {does}\n")
    found = of(shop)
    assert any(f"the plugin's place could not be asked: {said}" in note for note in found.notes), found.notes
    assert any(fact.source == "bikes's machine" for fact in found.running)


def test__diagnose__a_system_that_does_not_start__fails(shop: Shop) -> None:
    with pytest.raises(EnvironmentFailed):
        of(shop, environment=ENVIRONMENT.replace("python3 server.py", "python3 missing.py"))
