"""A check's summary to vary."""

from __future__ import annotations

from harness.model.outcome import Verdict
from harness.model.summary import CheckSummary

SUMMARY = CheckSummary(
    run_id="r",
    environment="bikes",
    customer="Bikes",
    system="bikes",
    old_version="1",
    new_version="2",
    plugin="price-list",
    plugin_version="",
    driver="process",
    driver_reason="",
    browser="",
    verdict=Verdict.BROKEN_SHIMMED,
    folder="run",
    started="2026-01-01T00:00:00+00:00",
)
