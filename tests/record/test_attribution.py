from __future__ import annotations

import random

import pytest

from harness.model.exchange import Exchange, Headers, Recording, Request
from harness.record.attribution import Plugin, ToldCall, attributed

ID = "abcdefghijklmnopabcdefghijklmnop"
PAGE = "http://h/shop"
APP, WIDGET = "http://h/app.js:1:2", "http://h/plugins/widget.js?v=3:4:5"
CONTENT, TRACKER = f"chrome-extension://{ID}/cs.js:1:1", f"chrome-extension://{ID}/backfit-0.js:9:9"


@pytest.mark.parametrize(
    ("frames", "target", "by"),
    [
        ([WIDGET], PAGE, "plugin"),
        ([APP, WIDGET], PAGE, "plugin"),
        ([WIDGET, APP], PAGE, "plugin"),
        ([APP], PAGE, "system"),
        ([CONTENT], PAGE, "plugin"),
        ([TRACKER, APP], PAGE, "system"),
        ([TRACKER], PAGE, None),
        (["backfit-tracker.js:1:1", APP], PAGE, "system"),
        ([], PAGE, None),
        ([], f"chrome-extension://{ID}/bg.js", "plugin"),
        ([":1:1", APP], PAGE, None),
        (["blob:http://h/1:1:1"], "blob:http://h/1", None),
        ([f"{PAGE}:3:1"], PAGE, "system"),
        (["chrome-extension://other/cs.js:1:1"], PAGE, None),
    ],
)
def test__by__a_stack__is_whose_frames_are_in_it(frames: list[str], target: str, by: str | None) -> None:
    assert Plugin(["**/plugins/*.js"], ID).by(frames, target) == by


@pytest.mark.parametrize(
    ("plugin", "frames", "by"),
    [
        (Plugin(), [APP], None),
        (Plugin(extension_id=ID), [APP], "system"),
        (Plugin(extension_id=ID), [f"{PAGE}#top:3:1"], None),
        (Plugin(["**/w.js"]), [f"{PAGE}:3:1"], "system"),
        (Plugin([PAGE]), [f"{PAGE}:3:1"], "plugin"),
    ],
    ids=["nothing known", "a script of the page", "perhaps injected", "not among the globs", "the page itself"],
)
def test__by__what_is_known_of_the_plugin__decides_what_is_certain(
    plugin: Plugin, frames: list[str], by: str | None
) -> None:
    assert plugin.by(frames, PAGE) == by


def sent(url: str, second: float = 0.0, headers: Headers = ()) -> Exchange:
    return Exchange(Request("GET", url, headers), None, started=f"2026-03-02T09:00:{second:06.3f}Z")


def call(url: str, frame: str, time: float = 0.0) -> ToldCall:
    return ToldCall("GET", url, frames=(frame,), target=PAGE, time=time)


def who(exchanges: list[Exchange], calls: list[ToldCall]) -> list[str | None]:
    found = attributed(Recording(tuple(exchanges)), calls, ["**/plugins/*.js"], ID)
    assert [each.request for each in found.exchanges] == [each.request for each in exchanges]
    return [each.meta.get("by") for each in found.exchanges]


def test__attributed__calls_in_any_order__are_matched_by_method_and_address() -> None:
    wanted = {f"http://h/{number}.json": WIDGET if number % 3 else APP for number in range(40)}
    calls = [call(f"{url}#x", frame) for url, frame in wanted.items()]
    random.Random(1).shuffle(calls)
    found = attributed(Recording(tuple(map(sent, wanted))), calls, ["**/plugins/*.js"], None)
    for exchange in found.exchanges:
        frame = wanted[exchange.request.url]
        assert exchange.meta == {"by": "plugin" if frame is WIDGET else "system", "initiator": [frame]}


@pytest.mark.parametrize(
    ("told", "seconds", "by"),
    [
        ([(APP, 0.0), (WIDGET, 5.0)], [0.0, 5.0], ["system", "plugin"]),
        ([(WIDGET, 5.0), (APP, 0.0)], [0.0, 5.0], ["system", "plugin"]),
        ([(APP, 0.0), (WIDGET, 0.01)], [0.0, 0.0], [None, None]),
        ([(WIDGET, 0.0), (WIDGET, 0.01)], [0.0, 0.0], ["plugin", "plugin"]),
        ([(APP, 0.0), (WIDGET, 5.0)], [0.0], [None]),
        ([(WIDGET, 0.0), (WIDGET, 5.0)], [5.0], ["plugin"]),
        ([(WIDGET, 0.0)], [0.0, 5.0], ["plugin", "plugin"]),
        ([], [0.0], [None]),
    ],
    ids=["in order", "told late", "at once", "at once, of one maker", "one cached", "cached", "asked again", "unseen"],
)
def test__attributed__one_address_asked_for_several_times__is_said_where_it_is_certain(
    told: list[tuple[str, float]], seconds: list[float], by: list[str | None]
) -> None:
    exchanges = [sent("http://h/a", second) for second in seconds]
    assert who(exchanges, [call("http://h/a", frame, time) for frame, time in told]) == by


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        ((("Sec-Fetch-Site", "none"), ("Sec-Fetch-Dest", "empty")), "plugin"),
        ((("Origin", f"chrome-extension://{ID}"),), "plugin"),
        ((("Sec-Fetch-Site", "none"), ("Sec-Fetch-Dest", "document")), None),
        ((("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Dest", "empty")), None),
        ((("Origin", "chrome-extension://other"),), None),
    ],
)
def test__attributed__what_the_browser_did_not_tell__is_known_by_its_headers(headers: Headers, by: str | None) -> None:
    assert who([sent("http://h/a", headers=headers)], []) == [by]


def test__attributed__notes_that_stood_before__stay() -> None:
    exchange = Exchange(Request("GET", "http://h/a"), None, meta={"dest": "empty"})
    (found,) = attributed(Recording((exchange,)), [call("http://h/a", APP)], [], ID).exchanges
    assert found.meta == {"dest": "empty", "by": "system", "initiator": [APP]}
