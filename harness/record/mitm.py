"""A recorder for TLS and for plugins that have the system's addresses in their code: mitmproxy, before our own proxy.

mitmproxy takes the calls, whatever their host, and opens TLS with a CA that is made for this alone; our proxy records them,
so that there is one way in which exchanges are kept. It runs in a process of its own, which ends with ours.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Recording
from harness.record.proxy import RecordingProxy
from harness.record.setting import Reached
from harness.record.trust import CA

_FAREWELL = 10.0
"""Seconds that the process may take to end."""
_HINT = "pip install 'backfit[mitmproxy]'"


class InterceptingRecorder:
    """Records through `proxy` what reaches mitmproxy while the context is open.

    With `known_as` it is a proxy that the plugin is sent through, and `reached.url` the first of these addresses; without,
    it stands in the system's place with https. Raises EnvironmentFailed where mitmproxy is not installed or does not start.
    """

    def __init__(self, proxy: RecordingProxy, known_as: Sequence[str] = ()) -> None:
        self._proxy, self._known_as = proxy, known_as
        self._process: _Mitmproxy | None = None
        self.reached = Reached("")

    def __enter__(self) -> Self:
        if importlib.util.find_spec("mitmproxy") is None:
            what = "mitmproxy is not installed: it is needed for https, and for addresses that a plugin has in its code"
            raise EnvironmentFailed(what, hint=_HINT)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="backfit-ca-")))
            url = stack.enter_context(self._proxy).url
            mode = "regular" if self._known_as else f"reverse:{url}"
            self._process = stack.enter_context(_Mitmproxy(mode, url.rpartition(":")[2], folder))
            self.reached = self._found(self._process.port, folder / CA)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def recording(self) -> Recording:
        """As the proxy's. Raises EnvironmentFailed too where mitmproxy has died on the way."""
        if self._process is not None:
            self._process.check()
        return self._proxy.recording()

    def _found(self, port: int, ca: Path) -> Reached:
        if self._known_as:
            return Reached(self._known_as[0], f"http://127.0.0.1:{port}", ca)
        return Reached(f"https://localhost:{port}", ca=ca)


class _Mitmproxy:
    """The process: it listens on `port` once the context is open, and ends when its standard input does, or we do."""

    def __init__(self, mode: str, recorder: str, folder: Path) -> None:
        script = str(Path(__file__).with_name("mitm_addon.py"))
        # -P: the modules beside the script must not be taken for others of the same name.
        self._command = [sys.executable, "-P", script, mode, recorder, str(folder)]
        self._said = folder / "stderr"

    def __enter__(self) -> Self:
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                start_new_session=True,  # Ctrl-C is for us, who then end it
            )
        assert self._process.stdout is not None
        try:
            self.port: int = json.loads(self._process.stdout.readline())["port"]
        except ValueError as error:
            self._end()
            raise self._failed("mitmproxy does not start") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def check(self) -> None:
        """Raises EnvironmentFailed where the process ended by itself."""
        if self._process.poll() is not None and self._process.stdin is not None and not self._process.stdin.closed:
            raise self._failed("mitmproxy ended while it was needed")

    def _end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _failed(self, what: str) -> EnvironmentFailed:
        lines = self._said.read_text(errors="replace").strip().splitlines()
        return EnvironmentFailed(f"{what}: {lines[-1] if lines else 'without a word'}", hint=_HINT)
