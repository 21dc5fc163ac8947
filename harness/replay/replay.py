"""A recording sent again, call by call, with an account of every exchange: recorded = replayed + skipped(reason)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Exchange, Recording
from harness.model.summary import Accounting
from harness.replay.binding import Binder
from harness.replay.cookies import CookieJar
from harness.replay.ids import with_ids
from harness.replay.links import Link
from harness.replay.pacing import pauses
from harness.replay.redirects import followed
from harness.replay.selection import UNSAFE, is_safe, reason_to_skip
from harness.replay.sending import Refused, send

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Replayed:
    """The exchanges that were sent, under their recorded ids and requests, with the answers that came this time."""

    recording: Recording
    accounting: Accounting


def replay(
    recording: Recording,
    base_url: str,
    *,
    links: Sequence[Link] = (),
    unsafe: bool = True,
    tell: Tell = lambda _: None,
) -> Replayed:
    """Send what was called in `recording` to `base_url`, in order, telling each call as it goes.

    `links` say which values of this server's answers stand for recorded ones in later requests. Without `unsafe`, calls that
    may change the system (RFC 9110, 9.2.1) are left out. A call that fails on its way is replayed too, and says so in its
    `error`. Raises EnvironmentFailed where nobody listens at `base_url` for any of the calls.
    """
    named = with_ids(recording)
    reasons = [
        reason_to_skip(exchange) or (None if unsafe or is_safe(exchange) else UNSAFE) for exchange in named.exchanges
    ]
    chosen = [exchange for exchange, reason in zip(named.exchanges, reasons, strict=True) if reason is None]
    answered = tuple(ask(chosen, base_url, links=links, tell=tell))
    skipped = Counter(reason for reason in reasons if reason is not None)
    accounting = Accounting(recorded=len(named.exchanges), replayed=len(answered), skipped=dict(skipped))
    if not accounting.adds_up:
        raise BackfitError(f"calls vanished in the replay: {accounting}", where=base_url)
    return Replayed(Recording(answered, source=f"({named.source} replayed against {base_url})"), accounting)


def ask(
    exchanges: Sequence[Exchange], base_url: str, *, links: Sequence[Link] = (), tell: Tell = lambda _: None
) -> list[Exchange]:
    """Each of `exchanges` sent to `base_url`, in order and as far apart as recorded, were they ever answered or not.

    They keep the request as recorded, whatever was bound into it.
    """
    base, jar, binder = urlsplit(base_url), CookieJar(), Binder(links)
    answered, refused = [], 0
    for number, (exchange, pause) in enumerate(zip(exchanges, pauses(exchanges), strict=True), start=1):
        tell(f"call {number} of {len(exchanges)}: {exchange.request.method} {exchange.request.path}")
        time.sleep(pause)
        bound = binder.bound(exchange)
        try:
            came = followed(send(bound, base, jar), exchange.response, lambda onward: send(onward, base, jar))
        except Refused as error:
            refused += 1
            came = replace(bound, response=None, error=f"connection refused: {error}")
        binder.take(came)
        answered.append(replace(came, request=exchange.request))
    if exchanges and refused == len(exchanges):
        raise EnvironmentFailed(
            "the system refused every connection", where=base.geturl(), hint="check that it is running, and its log"
        )
    return answered
