from __future__ import annotations

from pathlib import Path

from harness.cli.files import recording
from harness.record.har import write_har
from tests.shims.answers import recording as made


def test__recording__of_no_file__is_none(tmp_path: Path) -> None:
    write_har(tmp_path / "a.har", made(("GET /a", 1)))
    assert recording(None) is None
    read = recording(tmp_path / "a.har")
    assert read is not None
    assert len(read.exchanges) == 1
