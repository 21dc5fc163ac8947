from __future__ import annotations

from harness.corridor.customer import setting_of
from tests.corridor.goings import going_on
from tests.stories.shop import ENVIRONMENT, Shop


def test__setting_of__an_environment__is_the_customers_machine_and_browser(shop: Shop) -> None:
    more = "host: {timezone: Asia/Tokyo, locale: ja_JP.UTF-8}\nviewport: 800x600\n"
    shop.write(environment=ENVIRONMENT.replace("timeout: 30\n", "timeout: 7\n") + more)
    with going_on(shop) as going:
        setting = setting_of(going)
    assert (setting.locale, setting.timezone, setting.viewport) == ("ja_JP.UTF-8", "Asia/Tokyo", (800, 600))
    assert (setting.timeout, setting.extension, setting.reads, setting.trace) == (7, None, None, False)


def test__setting_of__a_clock__is_the_pages_and_the_programs_alike(shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT + "host: {timezone: Asia/Tokyo, clock: +45d}\n")
    with going_on(shop) as going:
        setting = setting_of(going)
    assert setting.clock is not None
    assert (setting.clock.offset, setting.clock.frozen) == (45 * 86400, None)
    shop.write(environment=ENVIRONMENT + "host: {timezone: Asia/Tokyo, clock: {at: 2026-03-02T09:00, frozen: true}}\n")
    with going_on(shop) as going:
        setting = setting_of(going)
    assert setting.clock is not None
    assert setting.clock.frozen == 1772409600  # midnight in UTC
