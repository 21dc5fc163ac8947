"""Files that are not what they should be: one message with the line, exit code 2, nothing written."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from tests.stories.shop import ENVIRONMENT, SERVER, Shop

DATA = Path(__file__).with_name("data")


@pytest.fixture
def shop_with_hars(shop: Shop) -> Shop:
    for name in ("old", "new"):
        shutil.copy(DATA / f"{name}.har", shop.folder)
    (shop.folder / "x.shim.yaml").write_text("schema: backfit/shim/v1\n")
    return shop


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (ENVIRONMENT.replace("{http: /, timeout", "{http: /, [timeout"), 6, "not YAML"),
        (ENVIRONMENT.replace("timeout: 30\n", "timeuot: 30\n"), 12, "unknown key 'timeuot'"),
        (ENVIRONMENT.replace("customer: Bikes\n", ""), 1, "'customer' is missing"),
        (ENVIRONMENT.replace("scenario.py", "../../etc/scenario.py"), 11, "scenario"),
        ("- a list\n", 1, "not a mapping"),
    ],
    ids=["YAML", "unknown key", "missing key", "path", "list"],
)
def test__environment__that_is_wrong__names_the_line(shop: Shop, text: str, line: int, said: str) -> None:
    shop.write(environment=text)
    result = shop.check()
    assert (result.code, result.out) == (2, "")
    assert f"environment.yaml:{line}: " in result.said
    assert said in result.said
    assert shop.runs == []


def test__environment__that_is_missing__is_told(shop: Shop) -> None:
    result = shop.run("check", "nowhere")
    assert (result.code, result.out) == (2, "")
    assert "there is no such environment file" in result.said


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ("def run(:\n", "scenario.py:1: not Python"),
        ("x = 1\n", "no function run"),
        ("def run(a, b, c): ...\n", "3 arguments"),
    ],
)
def test__scenario__that_is_none__is_told(shop: Shop, scenario: str, said: str) -> None:
    shop.write(scenario=scenario)
    result = shop.check()
    assert (result.code, result.out) == (2, "")
    assert said in result.said


def test__scenario__that_returns_no_json__is_told(shop: Shop) -> None:
    shop.write(scenario="def run(system):\n    return {'a': object()}\n")
    result = shop.check()
    assert (result.code, result.out) == (2, "")
    assert "must return a dict of JSON values" in result.said


COMMANDS = [
    ["diff", "BAD", "new.har"],
    ["diff", "old.har", "BAD"],
    ["diff", "old.har", "new.har", "--old-again", "BAD"],
    ["shim", "learn", "BAD", "new.har", "-o", "made"],
    ["shim", "apply", "x.shim.yaml", "BAD", "-o", "made"],
    ["shim", "verify", "x.shim.yaml", "old.har", "BAD"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        (0.6, "the file ends in the middle: it was cut off"),
        (b"<html>", "not JSON"),
        (b'{"log": {}}', "it has no list log.entries"),
        (b'{"log": {"entries": [{}]}}', "entry 0"),
    ],
    ids=["missing", "truncated", "no JSON", "no HAR", "malformed"],
)
def test__har__that_is_none__is_told(
    shop_with_hars: Shop, command: list[str], content: float | bytes | None, said: str
) -> None:
    whole = (DATA / "new.har").read_bytes()
    if content is not None:
        text = content if isinstance(content, bytes) else whole[: int(len(whole) * content)]
        (shop_with_hars.folder / "BAD").write_bytes(text)
    result = shop_with_hars.run(*command)
    assert (result.code, result.out) == (2, "")
    assert result.said.startswith("backfit: BAD")
    either = command[0] == "diff" and "--old-again" not in command  # a schema would do there as well
    assert ("neither OpenAPI nor" if either and said == "not JSON" else said) in result.said
    assert not (shop_with_hars.folder / "made").exists()


@pytest.mark.parametrize("command", [["diff"], ["shim", "learn"], ["shim", "verify", "x.shim.yaml"]], ids=" ".join)
def test__hars__that_do_not_pair__are_told(shop_with_hars: Shop, command: list[str]) -> None:
    text = (DATA / "new.har").read_text()
    (shop_with_hars.folder / "new.har").write_text(text.replace('"_backfit":{"id":"', '"_backfit":{"id":"other-'))
    made = ["-o", "made"] if "learn" in command else []
    result = shop_with_hars.run(*command, "old.har", "new.har", *made)
    assert (result.code, result.out) == (2, "")
    assert "no call of old.har has a partner in new.har" in result.said
    assert "entries pair by `_backfit.id`" in result.said


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("pairs: 1\nschema: {a: [}", 2, "not YAML"),
        ("schema: backfit/shim/v1\nbogus: 1\n", 2, "unknown key 'bogus'"),
        ("schema: backfit/shim/v1\neverywhere:\n  - nope: {}\n", 3, "unknown step 'nope'"),
        ("schema: backfit/shim/v1\neverywhere:\n  - drop: {at: x, keys: [a]}\n", 3, "a path starts with $"),
        ("schema: backfit/shim/v1\neverywhere:\n  - drop: {keys: 5}\n", 3, "drop.keys"),
    ],
    ids=["YAML", "unknown key", "unknown step", "path", "type"],
)
@pytest.mark.parametrize(
    "command",
    [["apply", "x.shim.yaml", "new.har", "-o", "made"], ["serve", "x.shim.yaml", "--upstream", "http://127.0.0.1:1"]],
    ids=["apply", "serve"],
)
def test__shim__that_is_wrong__names_the_line(
    shop_with_hars: Shop, command: list[str], text: str, line: int, said: str
) -> None:
    (shop_with_hars.folder / "x.shim.yaml").write_text(text)
    result = shop_with_hars.run("shim", *command)
    assert (result.code, result.out) == (2, "")
    assert result.said.startswith(f"backfit: x.shim.yaml:{line}: ")
    assert said in result.said
    assert not (shop_with_hars.folder / "made").exists()


@pytest.mark.parametrize("output", ["no/such/out", ".", "x.shim.yaml/out"])
def test__output__that_cannot_be__is_told(shop_with_hars: Shop, output: str) -> None:
    result = shop_with_hars.run("shim", "learn", "old.har", "new.har", "-o", output)
    assert (result.code, result.out) == (2, "")
    assert "cannot be written" in result.said


def test__listen__on_a_port_in_use__is_told(shop_with_hars: Shop) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        result = shop_with_hars.run(
            "shim", "serve", "x.shim.yaml", "--upstream", "http://127.0.0.1:1", "--listen", address
        )
    assert (result.code, result.out) == (2, "")
    assert result.said.startswith(f"backfit: {address}: cannot listen: ")
    assert "in use" in result.said


def test__server__that_is_kept_from_the_environment__is_told(shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT.replace("[server.py]", "[sevrer.py]"), server=SERVER)
    result = shop.check()
    assert result.code == 2
    assert "environment.yaml:7: " in result.said
