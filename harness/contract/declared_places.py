"""Whether the answers that a contract describes have a place: its schemas are followed, whatever they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from harness.declared.documents import Node
from harness.model.paths import EACH, Path, Step

_COMBINED = ("allOf", "anyOf", "oneOf")
_SAYS_WHAT_IS_INSIDE = {
    "additionalProperties", "const", "enum", "items", "patternProperties", "prefixItems", "properties", "type", "$ref",
    "unevaluatedProperties", *_COMBINED,
}  # fmt: skip


def answer_schemas(operation: Node) -> list[Node]:
    """The schemas of every body with which an operation is answered."""
    return [
        media.child("schema")
        for _, response in operation.members("responses")
        for _, media in response.mapping().members("content")
        if "schema" in media.mapping().value
    ]


def has_place(schemas: Sequence[Node], path: Path) -> bool:
    """Whether a value that fits one of the schemas may have the place; a schema that says nothing may have any."""
    here = list(_parts(schemas))
    for step in path:
        if any(_is_open(each) for each in here):
            return True
        here = list(_parts([inner for each in here for inner in _inside(each, step)]))
    return bool(here)


def _parts(schemas: Sequence[Node]) -> Iterator[Node]:
    """Each schema with those that it is combined of, each once."""
    waiting, seen = [*schemas], set[str]()
    while waiting:
        node = waiting.pop().followed()
        if node.name not in seen:
            seen.add(node.name)
            yield node
            if isinstance(node.value, dict):
                waiting += [inner for key in _COMBINED for inner in node.elements(key)]


def _is_open(node: Node) -> bool:
    return node.value is True or (isinstance(node.value, dict) and not _SAYS_WHAT_IS_INSIDE & node.value.keys())


def _inside(node: Node, step: Step) -> Iterator[Node]:
    if not isinstance(node.value, dict):
        return
    if isinstance(step, int) or step is EACH:
        yield from _elements(node, step)
        return
    named = dict(node.members("properties"))
    patterns = dict(node.members("patternProperties"))
    if isinstance(step, str):
        yield from ([named[step]] if step in named else [])
        yield from (each for pattern, each in patterns.items() if _matches(pattern, step))
    else:
        yield from (*named.values(), *patterns.values())
    yield from _unless_false(node, "additionalProperties")


def _elements(node: Node, step: Step) -> Iterator[Node]:
    positions = list(node.elements("prefixItems"))
    if isinstance(step, int) and 0 <= step < len(positions):
        yield positions[step]
        return
    yield from () if isinstance(step, int) else positions
    yield from _unless_false(node, "items")


def _unless_false(node: Node, key: str) -> Iterator[Node]:
    if node.value.get(key) not in (None, False):
        yield node.child(key)


def _matches(pattern: str, name: str) -> bool:
    with suppress(re.error):  # ECMA-262's words that Python does not have
        return re.search(pattern, name) is not None
    return True
