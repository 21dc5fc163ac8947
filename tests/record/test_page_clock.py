from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.outcome import Result
from harness.record.page_clock import clock_script
from harness.record.setting import Clock
from tests.record.browsing import ran

AT = 1_600_000_000.0  # 2020-09-13T12:26:40Z
YEAR = 365 * 86400


def test__script__without_a_clock__is_nothing() -> None:
    assert clock_script(None) == ""


@pytest.mark.browser
@pytest.mark.parametrize(("clock", "stands"), [(Clock(frozen=AT), True), (Clock(offset=-YEAR), False)])
def test__clock__in_pages_frames_and_workers__is_the_customers(tmp_path: Path, clock: Clock, stands: bool) -> None:
    worker = "new Worker(URL.createObjectURL(new Blob(['postMessage(Date.now())']))).onmessage = e => done(e.data)"
    scenario = (
        "    import time\n"
        "    frame = page.evaluate(\"document.body.appendChild(document.createElement('iframe')).contentWindow.Date.now()\")\n"
        f'    worker = page.evaluate("new Promise(done => {{ {worker} }})")\n'
        "    before = page.evaluate('Date.now()')\n"
        "    page.wait_for_timeout(100)\n"
        "    page.wait_for_function('Date.now() > 0')\n"
        "    return {'now': [frame, worker, before], 'moved': page.evaluate('Date.now()') > before, 'real': time.time()}\n"
    )
    run = ran(tmp_path, scenario, clock=clock, timezone="Asia/Shanghai")
    seen = run.observations
    assert seen, run
    expected = AT if stands else float(str(seen["real"])) - YEAR
    assert [round(float(each) / 1000 - expected, -2) for each in seen["now"]] == [0, 0, 0]
    assert seen["moved"] is not stands


@pytest.mark.browser
def test__clock__in_every_way_that_a_page_asks__is_the_same(tmp_path: Path) -> None:
    ways = {
        "new Date().toISOString()": "2020-09-13T12:26:40.000Z",
        "Date().slice(0, 24)": "Sun Sep 13 2020 20:26:40",
        "new (new Date().constructor)().getFullYear()": 2020,
        "new (class extends Date { year() { return this.getFullYear() } })().year()": 2020,
        "new Intl.DateTimeFormat('en-GB').format()": "13/09/2020",
        "['a'].map(() => new Intl.DateTimeFormat('en-GB').formatToParts()[4].value)[0]": "2020",
        "globalThis.Temporal ? Temporal.Now.plainDateTimeISO().toString() : '2020-09-13T20:26:40'": "2020-09-13T20:26:40",
        "new Date(0).toISOString()": "1970-01-01T00:00:00.000Z",
        "new Date(2001, 1, 3).getDate()": 3,
        "Date.UTC(1970, 0, 2)": 86400000,
        "new Date() instanceof Date && Object.prototype.toString.call(new Date())": "[object Date]",
        "structuredClone(new Date()).getTime()": AT * 1000,
        "new Intl.DateTimeFormat('en-GB').format(0)": "01/01/1970",
    }
    scenario = f"    return {{'said': [page.evaluate(each) for each in {list(ways)!r}]}}\n"
    run = ran(tmp_path, scenario, clock=Clock(frozen=AT), timezone="Asia/Shanghai")
    assert run.observations == {"said": list(ways.values())}, run


@pytest.mark.browser
def test__clock__where_a_timer_throws__does_not_hide_it(tmp_path: Path) -> None:
    page = "<!doctype html><script>setTimeout(() => { throw new TypeError('late') }, 10)</script>"
    run = ran(tmp_path, "    page.wait_for_timeout(200)\n", page, clock=Clock(offset=YEAR))
    assert (run.result, run.headline) == (Result.BROKEN, "TypeError: late")
