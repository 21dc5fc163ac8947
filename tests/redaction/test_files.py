from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import zstandard

from harness.model.errors import BadFile
from harness.record.har import read_har, write_har
from harness.record.stream import read_exchanges, write_exchanges
from harness.redaction.files import learn_file, redact_file, redacted_chunks
from harness.redaction.redactor import Redactor
from tests.redaction.planted import Garden, left, recording
from tests.redaction.redactors import KEY

SECRET = "hunter22-a1b2"


@pytest.mark.parametrize("name", ["a.har", "a.har.ndjson", "a.har.ndjson.zst"])
def test__redact_file__a_recording__holds_no_secret_and_is_one_still(tmp_path: Path, name: str) -> None:
    garden = Garden(7)
    planted = recording(garden)
    file = tmp_path / name
    write_exchanges(file, planted.exchanges)
    assert redact_file(file, Redactor(KEY))
    redacted = list(read_exchanges(file))
    assert len(redacted) == len(planted.exchanges)
    data = file.read_bytes()
    text = zstandard.ZstdDecompressor().decompressobj().decompress(data) if name.endswith(".zst") else data
    assert left(text, garden.secrets) == []
    before = file.stat().st_mtime_ns
    assert not redact_file(file, Redactor(b"the key of somebody else"))
    assert file.stat().st_mtime_ns == before


def test__redact_file__a_har_of_others__keeps_what_is_not_ours(tmp_path: Path) -> None:
    document = {
        "log": {
            "version": "1.2",
            "pages": [{"title": f"http://h/?token={SECRET}"}],
            "entries": [{"request": {"method": "GET", "url": "http://h/"}, "response": {"status": 200}, "_x": 1.50}],
        }
    }
    file = tmp_path / "a.har"
    file.write_text(json.dumps(document, indent=1))
    redact_file(file, Redactor(KEY))
    assert SECRET not in file.read_text()
    assert len(file.read_text()) == len(json.dumps(document, indent=1))
    assert json.loads(file.read_text())["log"]["entries"] == document["log"]["entries"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.log", f"2026-03-02 password={SECRET}\nlater {SECRET}\n"),
        ("early.log", f"first {SECRET}\nthen token={SECRET}\n"),
        ("a.yaml", f"password: {SECRET}\nother: 1\n"),
        ("a.html", f'<input name="token" value="{SECRET}"><p>{SECRET}</p>'),
        ("a.json", json.dumps({"token": SECRET, "n": 1.5}, indent=2)),
        ("a.js", f'var token = "{SECRET}"'),
        ("cut.har", '{"log": {"entries": [{"request": {"headers": [{"token": "' + SECRET + '"}, {"nam'),
        ("a.ndjson", json.dumps({"token": SECRET}) + "\nno json token=" + SECRET + "\n"),
    ],
)
def test__redact_file__of_any_kind__loses_its_secret_and_nothing_else(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert redact_file(file, Redactor(KEY))
    redacted = file.read_text()
    assert SECRET not in redacted
    assert len(redacted) == len(text)
    assert list(tmp_path.iterdir()) == [file]


def test__redact_file__a_trace__is_gone_through_member_by_member(tmp_path: Path) -> None:
    file, picture = tmp_path / "trace.zip", b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    snapshot = {
        "type": "resource-snapshot",
        "snapshot": {"request": {"headers": [{"name": "Cookie", "value": f"sid={SECRET}"}]}},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.network", json.dumps(snapshot) + "\n")
        archive.writestr("resources/1.json", json.dumps({"text": f"see {SECRET}"}))
        archive.writestr("resources/2.png", picture)
    assert redact_file(file, Redactor(KEY))
    with zipfile.ZipFile(file) as archive:
        assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())
        assert archive.read("resources/2.png") == picture
        assert archive.getinfo("trace.network").compress_type == zipfile.ZIP_DEFLATED


def test__redact_file__to_another__leaves_the_first(tmp_path: Path) -> None:
    file, target = tmp_path / "a.log", tmp_path / "b.log"
    file.write_text(f"token={SECRET}")
    assert redact_file(file, Redactor(KEY), target)
    assert file.read_text() == f"token={SECRET}"
    assert SECRET not in target.read_text()


def test__learn_file__its_secrets__are_known_in_others(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"token={SECRET}")
    (tmp_path / "b.log").write_text(f"see {SECRET}")
    redactor = Redactor(KEY)
    assert learn_file(tmp_path / "b.log", redactor) == 0
    assert learn_file(tmp_path / "a.log", redactor) == 1
    assert SECRET.encode() not in b"".join(redacted_chunks(tmp_path / "b.log", redactor))


@pytest.mark.parametrize(("name", "content"), [("none.har", None), ("a.har.ndjson.zst", b"no zstd")])
def test__redact_file__that_cannot_be_read__is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile):
        redact_file(tmp_path / name, Redactor(KEY))


def test__redact_file__a_recording_of_ours__reads_the_same_where_nothing_was_secret(tmp_path: Path) -> None:
    planted = Redactor(KEY).recording(recording(Garden(2)))
    write_har(tmp_path / "a.har", planted)
    assert not redact_file(tmp_path / "a.har", Redactor(b"the key of somebody else"))
    assert read_har(tmp_path / "a.har").exchanges == planted.exchanges
