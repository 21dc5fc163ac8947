"""`backfit record --manual`: the system is started for a person who uses the plugin, and recorded until Enter."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.model.exchange import Exchange
from harness.record.salvage import salvaged
from tests.stories.shop import BACKFIT, ENVIRONMENT, Ran, Shop, ctrl_c

RECORDED = "2 exchanges recorded, 2 of them calls of the plugin"
KNOWN_AS = ENVIRONMENT.replace("plugin:", "  known_as: https://erp.example\nplugin:")


@contextmanager
def manual(shop: Shop, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command when it waits for its person, and what it said until then."""
    command = [BACKFIT, "record", "bikes", "--driver", "process", "--manual", *options]
    with subprocess.Popen(
        command,
        cwd=shop.folder,
        env=shop.variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process, "".join(until(process, "press Enter to end"))
        finally:
            process.kill()


def until(process: subprocess.Popen[str], text: str) -> Iterator[str]:
    assert process.stderr is not None
    for line in process.stderr:
        yield line
        if text in line:
            return
    raise AssertionError(f"{text!r} was never said")


def click(said: str) -> None:
    """What a person does at the address that was told: two calls."""
    found = re.search(r"the system is at (http://\S+):", said)
    assert found is not None, said
    for call in (1, 2):
        with urllib.request.urlopen(f"{found[1]}/bikes.json?call={call}") as answer:
            assert answer.status == 200
            assert answer.read(), "who leaves before the body came has no answer to be kept"


def enter(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def end_of_input(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def ended(process: subprocess.Popen[str]) -> Ran:
    assert process.stdout is not None
    assert process.stderr is not None
    process.wait(60)
    return Ran(process.returncode, process.stdout.read(), process.stderr.read())


def kept(run: Path) -> list[Exchange]:
    [file] = [*run.glob("recording.har"), *run.glob("recording.har.ndjson")]
    return list(salvaged(file).exchanges)


def assert_both_are_kept(run: Path) -> None:
    assert [each.request.url.rpartition("?")[2] for each in kept(run)] == ["call=1", "call=2"]
    assert all(each.response and json.loads(each.response.body)["rows"] for each in kept(run))


@pytest.mark.parametrize(("ending", "side"), [(enter, "old"), (end_of_input, "new")])
def test__manual__until_enter_or_the_end_of_input__records_what_a_person_does(
    shop: Shop, ending: Callable[[subprocess.Popen[str]], None], side: str
) -> None:
    with manual(shop, "--side", side) as (process, said):
        click(said)
        assert process.poll() is None
        ending(process)
        result = ended(process)
    assert (result.code, result.said) == (0, "")
    assert result.out.startswith(RECORDED)
    assert "GET /bikes.json 2 calls, reads not known" in result.flat
    [run] = shop.runs
    assert_both_are_kept(run)
    contract = json.loads((run / "contract.openapi.json").read_text())
    assert list(contract["paths"]) == ["/bikes.json"]
    assert "x-backfit-reads" not in contract["paths"]["/bikes.json"]["get"]
    first = kept(run)[0].response
    assert first is not None
    assert ("columns" in json.loads(first.body)) == (side == "old")


def test__manual__stopped_by_ctrl_c__keeps_what_was_recorded(shop: Shop) -> None:
    with manual(shop) as (process, said):
        click(said)
        ctrl_c(process)
        result = ended(process)
    assert (result.code, result.out) == (130, "")
    assert result.said.strip() == "backfit: stopped; everything that was started has been ended"
    [run] = shop.runs
    assert_both_are_kept(run)


def test__manual__with_known_as__tells_the_proxy_and_whom_to_trust(shop: Shop) -> None:
    shop.write(environment=KNOWN_AS)
    with manual(shop) as (process, said):
        found = re.search(r"through the proxy (\S+), and let it trust (\S+)", said)
        assert found is not None, said
        assert "the system is at https://erp.example:" in said
        for call in (1, 2):
            asked = ["curl", "-sf", "-x", found[1], "--cacert", found[2], f"https://erp.example/bikes.json?call={call}"]
            subprocess.run(asked, check=True, capture_output=True, timeout=30)
        enter(process)
        result = ended(process)
    assert (result.code, result.said) == (0, "")
    assert result.out.startswith(RECORDED)
    [run] = shop.runs
    assert_both_are_kept(run)
    assert not Path(found[2]).exists()
