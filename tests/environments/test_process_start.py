from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.clock import library_here
from harness.environments.process_start import machine_here
from tests.environments.tiny import Write

MINE, THEIRS = (f"-----BEGIN CERTIFICATE-----\n{each}\n-----END CERTIFICATE-----" for each in ("aa", "bb"))


def test__machine_here__certificates__are_this_machines_and_the_customers(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.pem").write_text(MINE)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mine.pem"))
    environment = write({"timezone:": "ca: ca.pem, timezone:"}, ca__pem=THEIRS)
    found = machine_here(environment, tmp_path)
    assert Path(found.certificates).read_text() == f"{MINE}\n{THEIRS}\n"
    assert found.faketime == library_here()


def test__machine_here__no_certificates__writes_no_file(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert machine_here(write(), folder).certificates == ""
    assert list(folder.iterdir()) == []
