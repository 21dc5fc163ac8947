"""Recordings that somebody else wrote, cut off or hostile: one message, little memory; and `redact` hides what they hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.measuring import MIB, measured
from tests.stories.shop import Shop

DATA = Path(__file__).with_name("data")
DEEP = 300_000
HARS: dict[str, tuple[Callable[[str], str], str]] = {
    "cut": (lambda text: text[: len(text) * 6 // 10], "the file ends in the middle: it was cut off"),
    "gigantic number": (lambda text: text.replace('"status":200', '"status":' + "9" * 400_000, 1), "bad.har"),
    "deep": (lambda text: text.replace('"cookies":[]', '"cookies":' + "[" * DEEP + "]" * DEEP, 1), "bad.har"),
    "wrong types": (
        lambda text: text.replace('"headers":[{"name":"date"', '"headers":[7,{"name":"date"', 1),
        "entry 0",
    ),
}
PLANTED = {
    "headers": [{"name": "Authorization", "value": "Bearer letmein-12"}, {"name": "Cookie", "value": "sid=abcd1234"}],
    "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "user=ann&password=tr0ub4dor"},
}
SECRETS = ("letmein-12", "abcd1234", "tr0ub4dor")


def write_bad_har(shop: Shop, kind: str) -> str:
    """bad.har, with secrets in its first entry; gives what is said of it."""
    spoil, said = HARS[kind]
    shutil.copy(DATA / "new.har", shop.folder)
    har = json.loads((DATA / "new.har").read_text())
    har["log"]["entries"][0]["request"] |= PLANTED
    text = json.dumps(har, separators=(",", ":"))
    spoiled = spoil(text)
    assert spoiled != text
    assert all(secret in spoiled for secret in SECRETS)
    (shop.folder / "bad.har").write_text(spoiled)
    return said


@pytest.mark.parametrize(
    "command",
    [
        ["diff", "bad.har", "new.har"],
        ["replay", "bad.har", "--upstream", "http://127.0.0.1:9", "-o", "made"],
        ["infer", "bad.har", "-o", "made"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("kind", HARS)
def test__har__that_is_hostile__is_refused_in_one_message(shop: Shop, command: list[str], kind: str) -> None:
    said = write_bad_har(shop, kind)
    result, most = measured(shop, *command, timeout=60)
    assert (result.code, result.out) == (2, "")
    assert result.said.startswith("backfit: bad.har")
    assert said in result.said
    assert len(result.said) < 2000
    assert not (shop.folder / "made").exists()
    assert most < 300 * MIB


@pytest.mark.parametrize("kind", HARS)
def test__redact__of_a_hostile_har__hides_what_it_holds_all_the_same(shop: Shop, kind: str) -> None:
    write_bad_har(shop, kind)
    result, most = measured(shop, "redact", "bad.har", "-o", "made", timeout=60)
    assert (result.code, result.out) == (0, ""), result.err
    made = (shop.folder / "made").read_text()
    assert [secret for secret in SECRETS if secret in made] == []
    assert len(made) == pytest.approx((shop.folder / "bad.har").stat().st_size, rel=0.05)
    assert most < 300 * MIB
