from __future__ import annotations

import pytest

from harness.corridor.beginning import begun, prepare
from harness.corridor.sides import system_up
from harness.environments.load import load_environment
from harness.model.errors import EnvironmentFailed, UsageError
from tests.corridor.goings import going_on, left_over
from tests.stories.shop import ENVIRONMENT, Shop

SECRET = "ghp_" + "k7q2M9x4T1z8C5v3B6n0K7q2M9x4T1z8C5v3"


def test__begun__ctrl_c_in_the_middle__ends_what_was_started(shop: Shop) -> None:
    with pytest.raises(KeyboardInterrupt), going_on(shop) as going, system_up(going, "old"):
        raise KeyboardInterrupt
    assert shop.leftovers() == []
    assert left_over(shop) == []


def test__begun__what_was_written_on_the_way__has_no_secrets_at_the_end(shop: Shop) -> None:
    told: list[str] = []
    with going_on(shop, told) as going:
        (going.folder / "probing.log").write_text(f"GET /a?token={SECRET}\n")
        going.tell(f"asking with {SECRET}")
    assert SECRET not in (going.folder / "probing.log").read_text()
    assert SECRET not in "\n".join(told)


def test__begun__no_browser_where_one_is_needed__says_how_to_get_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.write(environment=ENVIRONMENT + "browser: chromium\n", scenario="def run(page, system):\n    pass\n")
    monkeypatch.setattr("harness.record.browsers.here.find_browser", lambda: None)
    environment = load_environment(shop.folder / "bikes")
    with (
        begun(environment, "bikes", driver="process", workspace=shop.folder, tell=lambda _: None) as going,
        pytest.raises(EnvironmentFailed, match="no browser was found"),
    ):
        prepare(going, ("old",))


def test__begun__a_secret_of_the_environment__is_hidden_wherever_something_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_KEY", "correct-horse-battery")
    shop.write(environment=ENVIRONMENT.replace("  old:", "  env: {KEY: {env: SHOP_KEY}}\n  old:", 1))
    told: list[str] = []
    with going_on(shop, told) as going:
        going.tell("the system says: wrong key correct-horse-battery")
    assert "correct-horse-battery" not in "\n".join(told)
    assert any("wrong key" in line for line in told)


def test__prepare__frozen_without_a_lock__refuses(shop: Shop) -> None:
    environment = load_environment(shop.folder / "bikes")
    with (
        begun(environment, "bikes", driver="process", workspace=shop.folder, tell=lambda _: None) as going,
        pytest.raises(UsageError, match=r"lock"),
    ):
        prepare(going, ("old",), frozen=True)
