"""Does the shim do what it says? NEW's answers through it, against OLD's, place by place, operation by operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from harness.changes.evidence import OperationOf, body_of
from harness.changes.header_values import values_of
from harness.changes.headers import VOLATILE
from harness.changes.noise import Noise
from harness.changes.pairing import Paired
from harness.lens.answer import ABSENT
from harness.lens.condition import json_type
from harness.lens.places import get
from harness.model.body import MISSING, Body
from harness.model.collector import collector_paused
from harness.model.exchange import Request, Response
from harness.model.json_text import Json, serialize
from harness.model.operation import Operation
from harness.model.verification import Said, Score
from harness.shims.claims import NO_CLAIM, Claim, Claims
from harness.shims.leaves import Pointer, aligned, compare, template
from harness.shims.noise_behind import noise_behind
from harness.shims.program import Program
from harness.shims.tallies import Place, Row, Seen, Standing

BODY, STATUS, REQUEST = "body", "status", "request"


def verify(program: Program, pairs: Sequence[Paired], operation_of: OperationOf, noise: Noise) -> Score:
    """Every pair that has both answers; `noise` says which places differ between two runs of one version."""
    scorer = Scorer(operation_of)
    scorer.add(program, pairs, noise)
    return scorer.score()


class Scorer:
    """Counts pairs, each lot behind the program that it is to be scored behind."""

    def __init__(self, operation_of: OperationOf) -> None:
        self._operation_of = operation_of
        self._rows: dict[Operation, Row] = {}
        self._unknown = 0

    def add(self, program: Program, pairs: Sequence[Paired], noise: Noise) -> None:
        """Compare the calls' answers; a call that a side did not answer is passed over."""
        with collector_paused():
            noise = noise_behind(program, pairs, self._operation_of, noise)
            for paired in pairs:
                if paired.old.response is not None and paired.new.response is not None:
                    self._compare(program, paired, (paired.old.response, paired.new.response), noise)

    def _compare(self, program: Program, paired: Paired, answers: tuple[Response, Response], noise: Noise) -> None:
        operation = self._operation_of(paired.old.request)
        row = self._rows.setdefault(operation, Row(str(operation)))
        row.pairs += 1
        applied = program.answer(program.as_asked(paired.new.request), answers[1])
        self._unknown += not applied.known
        call = _Call(row, paired, (*answers, applied.response), Claims(applied.entries), applied.known)
        _status(call, noise)
        _headers(call, noise.headers_of(operation))
        _body(call, noise, operation)
        _request(call, program)

    def score(self) -> Score:
        """The count of all that was added."""
        rows = self._rows.values()
        return Score(
            calls=sum(row.pairs for row in rows),
            unknown=self._unknown,
            agreement=tuple(row.agreement() for row in rows),
            fields=tuple(chain.from_iterable(row.fields() for row in rows)),
        )


@dataclass(frozen=True)
class _Call:
    """One pair, with OLD's answer, NEW's, and NEW's behind the shim. `known`: an entry of the shim knows the call."""

    row: Row
    pair: Paired
    answers: tuple[Response, Response, Response]
    claims: Claims
    known: bool

    @property
    def restores(self) -> bool:
        """Whether OLD's answer is what the shim is to give: a call that it knows, and that does not go well only now."""
        old, _, shimmed = self.answers
        return self.known and not shimmed.status < 400 <= old.status

    def named(self, place: str, values: tuple[Json, Json, Json], noisy: bool) -> None:
        """Count one that is not inside a JSON body. `values` are OLD's, NEW's and the shim's, ABSENT where there is none."""
        old, new, shimmed = values
        if old == shimmed:
            self.row.at(place).equal(old == new)
            return
        standing = Standing.ADDED if old is ABSENT else Standing.LOST if shimmed is ABSENT else Standing.WRONG
        noisy = noisy and standing is Standing.WRONG
        self.differs(place, (), values, Standing.NOISY if noisy else standing, old == new, self.claims.of(place))

    def differs(
        self,
        place: Place,
        at: Pointer,
        values: tuple[Json, Json, Json],
        standing: Standing,
        before: bool,
        claim: Claim,
    ) -> None:
        """Count a difference."""
        if standing in (Standing.NOISY, Standing.ADDED):
            claim = NO_CLAIM
        claimed = self.restores and place != REQUEST and standing is Standing.WRONG and claim.said is Said.NOTHING
        self.row.at(place).differs(Seen(self.pair.id, at, values, standing, before, claimed, claim))


def _status(call: _Call, noise: Noise) -> None:
    again = noise.old_again.answers.get(id(call.pair.old))
    old, new, shimmed = (each.status for each in call.answers)
    call.named(STATUS, (old, new, shimmed), noisy=again is not None and again.status != old)


def _headers(call: _Call, noisy: set[str]) -> None:
    old, new, shimmed = (values_of(each.headers) for each in call.answers)
    for name in dict.fromkeys((*old, *new, *shimmed)):
        if name not in VOLATILE:
            values = old.get(name, ABSENT), new.get(name, ABSENT), shimmed.get(name, ABSENT)
            call.named(f"header {name}", values, name in noisy)


def _body(call: _Call, noise: Noise, operation: Operation) -> None:
    """Leaf by leaf; one that holds no value as text. One that is not in the recording is not compared."""
    if MISSING in (call.pair.old.meta.get("note"), call.pair.new.meta.get("note")):
        return
    old, new, shimmed = (body_of(each) for each in call.answers)
    if old.is_read:
        _leaves(call, (old.value, _value(new, old), _value(shimmed, old)), noise, operation)
    elif any(each.body for each in call.answers):
        texts = [_text(each.body) for each in call.answers]
        call.named(BODY, (texts[0], texts[1], texts[2]), operation in noise.texts)


def _leaves(call: _Call, bodies: tuple[Json, Json, Json], noise: Noise, operation: Operation) -> None:
    noisy = noise.of(operation)
    old, new, shimmed = bodies[0], aligned(bodies[0], bodies[1], noisy), aligned(bodies[0], bodies[2], noisy)
    before, after = compare(old, new), compare(old, shimmed)
    for at in after.equal:
        call.row.at(template(at)).equal(at in before.equal)
    added = frozenset(
        at for at in after.extra if get(old, at) is ABSENT
    )  # else an empty list is where OLD has elements
    for standing, places in ((Standing.WRONG, after.wrong), (Standing.LOST, after.missing), (Standing.ADDED, added)):
        for at in sorted(places, key=str):
            place, values = template(at), (get(old, at), get(new, at), get(shimmed, at))
            alike = json_type(values[0]) == json_type(values[2])
            live = standing is Standing.WRONG and alike and place in noisy
            claim = call.claims.of_body(at)
            call.differs(place, at, values, Standing.NOISY if live else standing, at in before.equal, claim)


def _request(call: _Call, program: Program) -> None:
    """Whether the plugin's call is forwarded as NEW was asked, where that is something else than OLD was asked."""
    asked, got = _asked(call.pair.old.request), _asked(call.pair.new.request)
    if asked != got:
        call.named(REQUEST, (got, asked, _asked(program.forward(call.pair.old.request))), noisy=False)


def _value(body: Body, old: Body) -> Json:
    """The value; ABSENT in a body that is written in another form than OLD's."""
    return body.value if body.is_read and body.form is old.form else ABSENT


def _asked(request: Request) -> str:
    """What a request asks: parameters may stand in any order, and a body is its value where it has one."""
    query = "&".join(f"{name}={value}" for name, value in sorted(request.query))
    read = body_of(Response(0, request.headers, request.body))
    body = serialize(read.value).decode() if read.is_read else _text(request.body)
    return f"{request.method} {request.path}{'?' * bool(query)}{query} {body}".rstrip()


def _text(body: bytes) -> str:
    return body.decode("utf-8", "backslashreplace")
