"""What NEW does not answer as OLD did is asked again in other ways, while NEW is up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.atomic import journal
from harness.changes.requests import Rewriting
from harness.changes.study import study
from harness.corridor.going import Going
from harness.corridor.sides import Up, divided
from harness.model.exchange import Exchange, Recording
from harness.model.outcome import Result
from harness.probing.asking import Asker
from harness.probing.probe import Found, disagreeing, probe
from harness.report.text import line

_CALLS = 600
_SECONDS = 90.0
_RESETS = 12


@dataclass(frozen=True)
class Probing:
    """What was found out: operations that NEW wants asked otherwise, and the calls in NEW's form, by their ids."""

    found: tuple[Found, ...]
    calls: dict[str | None, Exchange]

    def in_new_form(self, recording: Recording) -> Recording:
        """The plugin's calls as NEW wants them asked."""
        return replace(recording, exchanges=tuple(self._asked(each) for each in recording.exchanges))

    def rewritings(
        self, old: Recording, new: Recording, known: Sequence[Rewriting] | None
    ) -> Sequence[Rewriting] | None:
        """How NEW wants to be asked, beside what is `known`; None where nothing is, and the study is to find out by itself."""
        if known is None or not self.calls:
            return known
        ours, theirs = (
            replace(side, exchanges=tuple(e for e in side.exchanges if e.id in self.calls)) for side in (old, new)
        )
        templates = sorted({each.operation.template for each in self.found})
        return [*known, *study(ours, theirs, templates=templates).rewritings]

    def _asked(self, exchange: Exchange) -> Exchange:
        asked = self.calls.get(exchange.id)
        return (
            exchange
            if asked is None
            else replace(exchange, request=asked.request, meta={**exchange.meta, **asked.meta})
        )


def probed(going: Going, up: Up, old: Recording, new: Recording, settled: Sequence[Rewriting] | None) -> Probing:
    """Ask NEW in other ways for what it answered otherwise. `old` and `new` are answers to the same calls, asked as before.

    That is done where the plugin does not work on NEW; operations of `settled` are left alone. Every call stands in probing.log;
    a call that may change the data is followed by a fresh start.
    """
    _, old = divided(old)
    _, new = divided(new)
    known = {(each.operation.method, each.operation.template) for each in settled or ()}
    open_ = {each for each in disagreeing(old, new) if (each.method, each.template) not in known}
    if not open_ or going.runs[-1].result is not Result.BROKEN:
        return Probing((), {})
    with going.clock.phase("probe"), journal(going.folder / "probing.log") as log:
        asker = Asker(
            up.system.url,
            _CALLS,
            seconds=_SECONDS,
            reset=lambda: up.fresh().url,
            resets=_RESETS,
            log=lambda text: log(line(going.redactor.text(text))),
        )
        result = probe(old, asker, only=open_, tell=going.tell)
    found = tuple(each for each in result.found if each.rewrites)
    before = {each.id: each.request for each in old.exchanges}
    calls = {each.id: each for each in result.recording.exchanges if each.request != before[each.id]}
    return Probing(found, calls)
