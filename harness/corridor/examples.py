"""What a person says of calls that NEW wants asked otherwise, and what both versions answer to it: how the plugin's own calls
are rewritten before NEW gets them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from harness.changes.requests import Rewriting
from harness.changes.study import Study, study
from harness.corridor.going import Going
from harness.corridor.sides import Up, is_safe, keep
from harness.environments.spec import Environment, ExampleCall, SideName
from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording, Request, header
from harness.model.json_text import serialize
from harness.replay.replay import ask
from harness.schema.discriminators import discriminator
from harness.schema.operations import learn_operations
from harness.shims.learn import shim_from
from harness.shims.program import Program

_ORIGIN = "http://system.test"


def examples(environment: Environment, side: SideName) -> Recording:
    """The environment's examples as calls of one version, `example-1` and so on, without their answers."""
    calls = (each.old if side == "old" else each.new for each in environment.examples)
    named = (Exchange(_request(call), None, id=f"example-{number}") for number, call in enumerate(calls, start=1))
    return Recording(tuple(named), source=str(environment.path))


def asked(going: Going, up: Up) -> Recording:
    """The examples with the answers of a side that was just started; where one writes, the side starts anew afterwards.

    Raises BadFile where a version refuses what is an example of its own calls.
    """
    calls = examples(going.environment, up.side)
    if not calls.exchanges:
        return calls
    going.tell(f"asking the examples of {up.side}")
    with going.clock.phase(f"examples {up.side}"):
        answered = replace(calls, exchanges=tuple(ask(calls.exchanges, up.system.url)))
    keep(going, f"examples-{up.side}", answered)
    for number, exchange in enumerate(answered.exchanges):
        _must_succeed(going.environment, up.side, number, exchange)
    if not is_safe(calls):
        up.fresh()
    return answered


@dataclass(frozen=True)
class Shown:
    """The answered examples of operations that the plugin calls, and what they show; nothing where there are none."""

    old: Recording
    new: Recording
    study: Study | None

    @property
    def rewritings(self) -> Sequence[Rewriting] | None:
        """How NEW wants to be asked, for a study of calls that were asked so."""
        return self.study.rewritings if self.study else None

    def in_new_form(self, recording: Recording) -> Recording:
        """The plugin's calls as NEW wants them asked."""
        if self.study is None:
            return recording
        program = Program(shim_from(self.study), discriminator)
        rewritten = (replace(each, request=program.forward(each.request)) for each in recording.exchanges)
        return replace(recording, exchanges=tuple(rewritten))


def shown(recording: Recording, old: Recording, new: Recording) -> Shown:
    """What the examples, answered by both versions, show of the operations in the plugin's `recording`."""
    operations = learn_operations(recording.exchanges)
    called = {operations.of(exchange.request) for exchange in recording.exchanges}
    names = {example.id for example in old.exchanges if operations.of(example.request) in called}
    ours, theirs = (_only(side, names) for side in (old, new))
    templates = sorted({operation.template for operation in called})
    return Shown(ours, theirs, study(ours, theirs, templates=templates) if names else None)


def joined(recording: Recording, more: Recording) -> Recording:
    """Both, one after the other."""
    return replace(recording, exchanges=(*recording.exchanges, *more.exchanges))


def _only(recording: Recording, names: Collection[str | None]) -> Recording:
    return replace(recording, exchanges=tuple(each for each in recording.exchanges if each.id in names))


def _request(call: ExampleCall) -> Request:
    method, _, target = call.call.partition(" ")
    headers = tuple(call.headers.items())
    if call.body is None:
        return Request(method, _ORIGIN + target, headers)
    if header(headers, "content-type") is None:
        headers = (*headers, ("Content-Type", "application/json"))
    return Request(method, _ORIGIN + target, headers, serialize(call.body))


def _must_succeed(environment: Environment, side: SideName, number: int, exchange: Exchange) -> None:
    if exchange.response is not None and exchange.response.status < 400:
        return
    said = f"status {exchange.response.status}" if exchange.response is not None else exchange.error
    call = f"{exchange.request.method} {exchange.request.url.removeprefix(_ORIGIN)}"
    hint = f"an example is a call that works on its own version: write what {side.upper()} wants to be asked"
    raise BadFile(f"{side} answers example {number + 1} with {said}: {call}", where=str(environment.path), hint=hint)
