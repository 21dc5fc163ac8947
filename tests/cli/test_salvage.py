from __future__ import annotations

from pathlib import Path

import pytest

from harness.record.har import read_har
from tests.cli.conftest import Backfit


@pytest.mark.parametrize("left", [0.5, 0.9])
def test__salvage__a_har_that_was_cut_off__keeps_its_whole_entries(
    backfit: Backfit, hars: Path, tmp_path: Path, left: float
) -> None:
    text = (hars / "old.har").read_bytes()
    (tmp_path / "cut.har").write_bytes(text[: int(len(text) * left)])
    refused = backfit("infer", "cut.har", "-o", "contract.json")
    assert refused.code == 2
    assert "backfit salvage" in refused.err
    result = backfit("salvage", "cut.har", "-o", "whole.har")
    assert result.code == 0, result.err
    whole, kept = read_har(hars / "old.har").exchanges, read_har(tmp_path / "whole.har").exchanges
    assert 0 < len(kept) < len(whole)
    assert kept == whole[: len(kept)]
    assert result.out.startswith(f"whole.har: {len(kept)} exchange")


def test__salvage__where_nothing_is_whole__is_told(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "cut.har").write_text('{"log": {"entries": [{"req')
    assert backfit("salvage", "cut.har", "-o", "whole.har").code == 2
    assert not (tmp_path / "whole.har").exists()
