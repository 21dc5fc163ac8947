"""How long and how randomly is fuzzed: the same few examples in every run, or `BACKFIT_FUZZ=50` times as many new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_TIMES = int(os.environ.get("BACKFIT_FUZZ", "0"))


def fuzz(examples: int) -> settings:
    """The settings of a test that is run on `examples` drawn examples; pytest's time-out is the only deadline."""
    return settings(
        max_examples=examples * max(1, _TIMES),
        derandomize=not _TIMES,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
