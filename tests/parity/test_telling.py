from __future__ import annotations

import json

from harness.intake.fact import Fact
from harness.parity.comparing import compared
from harness.parity.doctor import Diagnosis
from harness.parity.telling import as_json, as_text


def diagnosis(*, zone: str = "Asia/Tokyo", reported: bool = True) -> Diagnosis:
    running = (Fact("host", "timezone", zone, "browser"), Fact("os", "id", "debian", "erp's machine"))
    asked = [Fact("host", "timezone", "UTC", "environment.yaml"), Fact("os", "id", "debian", "environment.yaml")]
    told = [Fact("browser", "version", "112", "ua.txt:1", "the user agent tells the major version only")]
    return Diagnosis(
        environment="acme", side="new", driver="docker", reason="docker, because …", file=compared(asked, running),
        reports=compared(told, running) if reported else None, running=running, notes=("db could not be asked: gone",),
    )  # fmt: skip


def test__as_text__a_mismatch__is_told_with_weight_places_and_reason() -> None:
    lines = as_text(diagnosis()).splitlines()
    assert lines[0] == "acme (new), docker, because …"
    assert lines[2] == "what the file asks: 1 of 2 so here"
    assert lines[3] == "  break-prone  host timezone: asked UTC (environment.yaml), is Asia/Tokyo (browser)"
    assert lines[4].strip() == "moments fall on other days"
    assert "what the customer reports: 0 of 1 so here" in lines
    assert "  not known here: browser version 112" in lines
    assert "note: db could not be asked: gone" in lines
    assert lines[-1].startswith("mismatches that weigh")


def test__as_text__without_mismatch_and_report__says_so() -> None:
    text = as_text(diagnosis(zone="UTC", reported=False))
    assert "what the customer reports" not in text
    assert text.splitlines()[-1].startswith("no mismatch that weighs")


def test__as_json__has_every_fact() -> None:
    found = json.loads(as_json(diagnosis()))
    assert (found["healthy"], len(found["running"]), found["side"]) == (False, 2, "new")
    [mismatch] = found["file"]["mismatches"]
    assert (mismatch["weight"], mismatch["wanted"]["value"], mismatch["found"]["source"]) == (
        "break-prone",
        "UTC",
        "browser",
    )
    assert found["reports"]["unknown"][0]["note"].startswith("the user agent")
    assert json.loads(as_json(diagnosis(reported=False)))["reports"] is None
