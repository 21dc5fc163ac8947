"""NEW's recording, of calls as probing found that NEW wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.model.exchange import Recording
from harness.probing.asking import Asker
from harness.probing.probe import Probed
from harness.replay.ids import with_ids
from harness.replay.replay import replay


def recorded_on(probed: Probed, asker: Asker, tell: Callable[[str], None]) -> Recording:
    """The calls with NEW's answers, in order, on data as at the beginning; less those of methods that may not be asked."""
    named = with_ids(probed.recording)
    asked = replace(named, exchanges=tuple(each for each in named.exchanges if asker.may(each.request.method)))
    if asker.reset is not None:
        asker.url = asker.reset()
    return replay(asked, asker.url, tell=tell).recording
