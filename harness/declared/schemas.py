"""The schemas of a declaration, brought to one form, and a table of those that are referred to."""

from __future__ import annotations

from harness.declared.api import Schema
from harness.declared.documents import Documents, Node
from harness.declared.normal import SchemaError, normal


class Schemas:
    """`siblings`: whether what stands beside a `$ref` holds too, as it does but for OpenAPI 3.0."""

    def __init__(self, documents: Documents, *, siblings: bool) -> None:
        self._documents = documents
        self._siblings = siblings
        self._found: dict[str, Schema] = {}
        self._waiting: dict[str, Node] = {}

    def read(self, node: Node) -> Schema:
        """The schema in a place. What it refers to is looked up at once, and read later. Raises BadFile."""

        def refer(reference: str, at: str) -> str:
            target = Node(self._documents, node.file, at, None).target(reference)
            if target.name not in self._found:
                self._waiting.setdefault(target.name, target)
            return target.name

        try:
            return normal(node.value, node.pointer, refer, siblings=self._siblings)
        except SchemaError as error:
            raise Node(self._documents, node.file, error.at, None).bad(error.what) from error

    def references(self) -> dict[str, Schema]:
        """Every schema that a `$ref` stands for, however far away, by the text of the `$ref`. Raises BadFile."""
        nodes: dict[str, Node] = {}
        while self._waiting:
            name, node = self._waiting.popitem()
            nodes[name] = node
            self._found[name] = {}
            self._found[name] = self.read(node)
        for name, node in nodes.items():
            if self._leads_back(name):
                raise node.bad("this $ref leads back to itself and says nothing")
        return self._found

    def _leads_back(self, name: str) -> bool:
        seen: set[str] = set()
        schema = self._found[name]
        while isinstance(schema, dict) and "$ref" in schema:
            if schema["$ref"] in seen:
                return True
            seen.add(schema["$ref"])
            schema = self._found[schema["$ref"]]
        return False
