from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness.model.errors import EnvironmentFailed
from harness.record.mitm import InterceptingRecorder
from harness.record.proxy import RecordingProxy
from harness.record.recorder import Recorder, recorder
from harness.record.stream import read_exchanges
from tests.record.plugs import ADDRESS, get, processes
from tests.record.raw_server import RawServer, body_of, http

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from harness.record.recorder import Recorder, recorder
with recorder(sys.argv[1], known_as=["https://erp.example"], keep=Path(sys.argv[2])) as made:
    print(made.reached.proxy, made.reached.ca, flush=True)
    time.sleep(600)
"""


def ended(process: int) -> bool:
    """Wait until it is a zombie at most: our own children are, until we ask how they ended."""
    while (stat := Path(f"/proc/{process}/stat")).exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    return True


def asked_until_it_fails(made: Recorder) -> None:
    """A zombie whose threads still end cannot be asked yet how it ended."""
    while made.recording():
        time.sleep(0.01)


def gone(mark: str) -> bool:
    patience = time.monotonic() + 30
    while processes(mark) and time.monotonic() < patience:
        time.sleep(0.05)
    return not processes(mark)


def test__mitm__when_it_is_not_installed__says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mitmproxy", None)
    with pytest.raises(EnvironmentFailed, match="mitmproxy is not installed") as caught:
        recorder("http://127.0.0.1:1", known_as=[ADDRESS]).__enter__()
    assert caught.value.hint == "pip install 'backfit[mitmproxy]'"


def test__mitm__that_does_not_start__says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with RawServer(http()) as system:
        made = InterceptingRecorder(RecordingProxy(system.url), ["https://erp.example"])
        monkeypatch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(EnvironmentFailed, match="mitmproxy does not start"):
            made.__enter__()
    assert list(tmp_path.iterdir()) == []
    assert not [thread for thread in threading.enumerate() if thread.name == "backfit-recorder"]


def test__mitm__that_is_killed__fails_the_recording_and_not_the_upgrade(tmp_path: Path) -> None:
    with RawServer(http()) as system, recorder(system.url, known_as=[ADDRESS]) as made:
        assert made.reached.ca is not None
        (process,) = processes(str(made.reached.ca.parent))
        os.kill(process, signal.SIGKILL)
        assert ended(process)
        with pytest.raises(EnvironmentFailed, match="mitmproxy ended while it was needed"):
            asked_until_it_fails(made)


def test__mitm__after_its_context__is_gone_and_what_it_recorded_is_not() -> None:
    with RawServer(http(b"ok")) as system:
        with recorder(system.url, known_as=[ADDRESS]) as made:
            get(made.reached)
            assert made.reached.ca is not None
            assert len(processes(str(made.reached.ca.parent))) == 1
        assert processes(str(made.reached.ca.parent)) == []
        assert len(made.recording().exchanges) == 1


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test__mitm__when_we_are_ended__ends_too_and_the_journal_is_whole(tmp_path: Path, ending: signal.Signals) -> None:
    keep = tmp_path / "kept.har.ndjson"
    with RawServer(http(b"ok")) as system:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, system.url, str(keep)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        assert holder.stdout is not None
        proxy, ca = holder.stdout.readline().split()
        curl = ["curl", "-s", "-x", proxy, "--cacert", ca, "https://erp.example/a"]
        said = subprocess.run(curl, check=True, capture_output=True, timeout=30).stdout
        assert said == b"ok"
        while not keep.stat().st_size:  # the last byte reaches the plugin before the exchange has ended
            time.sleep(0.01)
        assert len(processes(str(Path(ca).parent))) == 1
        os.kill(holder.pid, ending)
        holder.wait(30)
        holder.stdout.close()
        assert gone(str(Path(ca).parent))
        assert not Path(ca).parent.exists()
    (exchange,) = read_exchanges(keep)
    assert exchange.request.url == "https://erp.example/a"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "system")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    (folder / "key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    (folder / "crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "crt", folder / "key"


@pytest.mark.parametrize("known_as", [[], [ADDRESS]])
def test__mitm__before_a_system_with_a_ca_of_its_own__is_trusted_in_its_place(
    tmp_path: Path, known_as: list[str]
) -> None:
    with RawServer(http(b"ok"), tls=certificate(tmp_path)) as system, recorder(system.url, known_as=known_as) as made:
        assert made.reached.url.startswith("https://")
        assert body_of(get(made.reached, "/a?b")) == b"ok"
        (exchange,) = made.recording().exchanges
        assert exchange.request.url == f"{made.reached.url}/a?b"
        assert system.requests[0].startswith(b"GET /a?b HTTP/1.1")
