"""The one door to recording: which of the two recorders it is depends on where the plugin looks for the system."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from harness.model.exchange import Recording
from harness.record.hosts import Hosts
from harness.record.keeping import Redact, as_it_is
from harness.record.mitm import InterceptingRecorder
from harness.record.proxy import RecordingProxy
from harness.record.setting import Reached


class Recorder(Protocol):
    """Something that stands between a plugin and the system."""

    @property
    def reached(self) -> Reached:
        """Where the plugin finds the system, once the context is open."""
        ...

    def recording(self) -> Recording:
        """All exchanges so far in the order of their requests. Raises EnvironmentFailed where they may not be all."""
        ...


def recorder(
    upstream: str,
    *,
    known_as: Sequence[str] = (),
    allowed: Sequence[str] = (),
    keep: Path | None = None,
    reads: Path | None = None,
    prelude: bytes = b"",
    redact: Redact = as_it_is,
) -> AbstractContextManager[Recorder]:
    """What records the calls to the system at `upstream` (`http://host:port`, or https) while the context is open.

    A plugin that has `known_as` addresses in its code is sent through a proxy (`reached.proxy`): these lead to the system,
    `allowed` hosts to themselves, and all others are refused. Each exchange that has ended is in the new file `keep`
    (`.har.ndjson`) at once, less what `redact` hides; the recording itself hides nothing. `reads` is where what our own code
    in pages tells of reads is added, `prelude` what scripts of workers begin with. Raises EnvironmentFailed or UsageError
    where it cannot start.
    """
    hosts = Hosts(tuple(known_as), tuple(allowed))
    proxy = RecordingProxy(upstream, hosts=hosts, keep=keep, reads=reads, prelude=prelude, redact=redact)
    if known_as or upstream.startswith("https:"):
        return InterceptingRecorder(proxy, known_as)
    return proxy
