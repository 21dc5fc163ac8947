"""What a script inside a page cannot do of a shim: headers that browsers keep from scripts, and calls of the shim's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.lens.step import BodyStep, Step
from harness.model.errors import UsageError
from harness.model.paths import Path
from harness.shims.choices import chosen
from harness.shims.document import Entry, Learned, Shim

HINT = "`backfit shim serve` stands before the system, and can do that"

_UNSEEN = frozenset({"set-cookie", "set-cookie2"})
"""Headers of answers that no script is shown (Fetch, 2.2.2)."""
_UNSENT = frozenset(
    {"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method"}
    | {
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
    }
    | {"set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via"}
)
"""Headers of requests that scripts can neither see nor set (Fetch, 2.2.2), and the one that browsers add by themselves."""


def check_reach(shim: Shim) -> None:
    """Raises UsageError, naming the step, where a script in a page cannot do what the shim asks for."""
    for entry in shim.entries:
        if any(call.chosen for call in entry.calls):
            what = "second calls cannot be made in a page, where an answer is read without waiting"
            raise UsageError(what, where=entry.match, hint=HINT)
        _check(entry.match, _steps_of(entry), entry.request)
    _check("everywhere", (*shim.everywhere, *shim.otherwise), shim.requests)


def _steps_of(entry: Entry) -> tuple[Learned, ...]:
    return (*entry.response, *chosen(entry))


def _check(where: str, response: Sequence[Learned], request: Sequence[Learned]) -> None:
    hidden = [(each.step, name) for each in response for name in _of_answer(each.step) if name.lower() in _UNSEEN]
    hidden += [(each.step, name) for each in request for name in _of_document(each.step) if name.lower() in _UNSENT]
    hidden += [
        (each.step, name) for each in (*response, *request) for name in _asked(each.step) if name.lower() in _UNSENT
    ]
    for step, name in hidden:
        raise UsageError(f"`{step.name}`: no script in a page reaches the header {name!r}", where=where, hint=HINT)


def _of_answer(step: Step) -> Iterator[str]:
    """The answer's headers that a step reads or writes."""
    fields = ("header",) if isinstance(step, BodyStep) else ("header", "from_", "to")
    yield from (value for field in fields if isinstance(value := getattr(step, field, None), str))
    yield from (source[len("header(") : -1] for source in step.sources() if source.startswith("header("))


def _asked(step: Step) -> Iterator[str]:
    """The call's headers that a step takes a value from."""
    yield from (source[len("request(") : -1] for source in step.sources() if source.startswith("request("))


def _of_document(step: Step) -> Iterator[str]:
    """The headers that a step on a request edits: members of `$.header`."""
    if not isinstance(step, BodyStep):
        return
    values = [getattr(step, field, ()) for field in ("key", "keys", "from_", "to", "into")]
    names = [name for value in values for name in ((value,) if isinstance(value, str) else value)]
    if step.at == ("header",):
        yield from (name for name in names if isinstance(name, str))
    for path in (step.at, *(_joined(step.at, value) for value in values)):
        if path[:1] == ("header",) and len(path) > 1:
            yield str(path[1])


def _joined(at: Path, value: object) -> Path:
    """The place that a path inside `at` names; `at` for what is no path."""
    return (*at, *value) if isinstance(value, tuple) else at
