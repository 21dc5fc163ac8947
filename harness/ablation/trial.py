"""One run of the plugin on OLD with places of its answers taken away."""

from __future__ import annotations

from collections.abc import Callable

from harness.ablation.edits import Edit, Trial
from harness.ablation.proxy import AblatingProxy
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.model.outcome import PluginRun

Watch = Callable[[str, float], PluginRun]
"""Runs the plugin against the system at an address for at most so many seconds."""


def tried(
    upstream: str,
    edits: frozenset[Edit],
    operation_of: Callable[[Request], Operation],
    limit: float,
    *,
    watch: Watch,
    same: Callable[[PluginRun], str | None],
) -> Trial:
    """What the plugin comes to where OLD at `upstream` answers with `edits`; `same` says how a run differs from OLD's, if so."""
    with AblatingProxy(upstream, edits, operation_of) as proxy:
        run = watch(proxy.url, limit)
        return Trial(same(run), proxy.met, run.seconds)
