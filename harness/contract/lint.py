"""What is odd about a contract, seen in its file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.contract.contract import Called, Contract
from harness.contract.declared_places import answer_schemas, has_place
from harness.contract.places import in_body
from harness.contract.uses import is_needed
from harness.declared.documents import Node
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import Path
from harness.model.reads import Need, Op, PlaceUse
from harness.schema.view import SUPPORT

Redacted = Callable[[Json], Json]

_NOT_THERE = {Op.MISSING, Op.TESTED}
_EXAMPLES = ("const", "default", "enum", "example", "examples")


@dataclass(frozen=True)
class Remark:
    """`wrong` is whether the contract should not be kept as it is; else it is only worth knowing. `pointer` is in the file."""

    what: str
    operation: str = ""
    pointer: str = ""
    wrong: bool = True


def lint(
    contract: Contract, redacted: Redacted = lambda value: value, *, knows_pseudonyms: bool = True
) -> list[Remark]:
    """Everything that can be seen, in the order of the operations.

    `redacted` gives an object without the secrets in it; who does not know the pseudonyms takes them for secrets, which is
    then no more than a note.
    """
    remarks = list(_whole(contract))
    for operation, called in contract.operations.items():
        remarks += _operation(operation, called)
    said = "holds what looks like a secret" + (
        "" if knows_pseudonyms else ", or like one's pseudonym: no key is here to tell"
    )
    for key, pointer in _secrets(contract.root, redacted):
        remarks.append(Remark(f"this {key} {said}", pointer=pointer, wrong=knows_pseudonyms))
    return remarks


def _whole(contract: Contract) -> Iterator[Remark]:
    if not contract.operations:
        yield Remark("the contract has no operation")
    elif not any(called.watched for called in contract.operations.values()):
        yield Remark("its reads are unknown: every place counts as read", wrong=False)


def _operation(operation: Operation, called: Called) -> Iterator[Remark]:
    at = (str(operation), called.node.pointer)
    if not called.calls:
        yield Remark("no call of it was recorded: nothing supports what is said of it", *at, wrong=False)
    schemas = answer_schemas(called.node)
    for use in called.places:
        path = in_body(use.place)
        if schemas and path is not None and _expected(use) and not has_place(schemas, path):
            yield Remark(f"{use.place} is read or needed, and no answer has it", *at)
        if called.watched and is_needed(use) and not _is_touched(use.place, called):
            said = "is needed, and was never seen to be touched: the tracking may be blind there"
            yield Remark(f"{use.place} {said}", *at, wrong=False)
    yield from (Remark(said, *at) for said in _contradictions(called))


def _expected(use: PlaceUse) -> bool:
    return is_needed(use) or bool(use.ops.keys() - _NOT_THERE)


def _is_touched(place: str, called: Called) -> bool:
    """Whether the plugin was seen to do something with a place, or with what it holds."""
    path = in_body(place)
    touched = [each for each in called.places if each.ops.keys() - _NOT_THERE]
    inside = (inner for each in touched if (inner := in_body(each.place)) is not None)
    return any(each.place == place for each in touched) or any(
        path is not None and inner[: len(path)] == path for inner in inside
    )


def _contradictions(called: Called) -> Iterator[str]:
    """What is missed nowhere holds nothing that is missed."""
    spared = {use.place: path for use in called.places if (path := _body_of(use, Need.TOLERATED)) is not None}
    for use in called.places:
        path = _body_of(use, Need.NEEDED)
        for place, around in spared.items():
            if path is not None and len(around) < len(path) and path[: len(around)] == around:
                yield f"{use.place} is needed, and {place}, which holds it, can be removed"


def _body_of(use: PlaceUse, need: Need) -> Path | None:
    """Where in the body a place is whose removal the plugin feels, or does not."""
    return in_body(use.place) if use.need and use.need.get("removed") is need else None


def _secrets(root: Node, redacted: Redacted) -> Iterator[tuple[str, str]]:
    """Keyword and pointer of values that stand in the schemas as they were sent; looked at under the name of their member."""
    waiting = [("", root)]
    while waiting:
        name, node = waiting.pop()
        for key in node.value if isinstance(node.value, dict) else range(len(node.value)):
            child = node.child(key)
            if key in _EXAMPLES and redacted(sent := {name: child.value}) != sent:
                yield str(key), child.pointer
            elif key != SUPPORT and isinstance(child.value, (dict, list)):
                waiting.append((str(key) if node.pointer.endswith("/properties") else name, child))
