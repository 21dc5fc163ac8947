"""The files that a declaration consists of, and what a `$ref` in them points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from harness.declared.normal import escaped
from harness.declared.text import line_at, read_values
from harness.model.errors import BadFile

T = TypeVar("T")


@dataclass(frozen=True)
class Node:
    """A value in a document: `file` is relative to the first document's folder, "" for the first document itself."""

    documents: Documents
    file: str
    pointer: str
    value: Any

    @property
    def name(self) -> str:
        """What tells it from every other place, written as the first document would refer to it."""
        return f"{self.file}#{self.pointer}"

    def bad(self, what: str, hint: str | None = None) -> BadFile:
        """An error about this place."""
        file = self.documents.path(self.file)
        line = line_at(file, self.pointer)
        where = f"{file}:{line}" if line else str(file)
        return BadFile(f"{what} (at #{self.pointer})", where=where, hint=hint)

    def child(self, key: str | int) -> Node:
        """A member or an element that is there."""
        return Node(self.documents, self.file, f"{self.pointer}/{escaped(str(key))}", self.value[key])

    def get(self, key: str) -> Node | None:
        """A member, what it refers to where it is a `$ref`; None where there is none."""
        return self.child(key).followed() if self.value.get(key) is not None else None

    def members(self, key: str) -> Iterator[tuple[str, Node]]:
        """The members of a mapping under `key`, each followed."""
        holder = self.get(key)
        if holder is not None:
            for name in holder.mapping().value:
                yield name, holder.child(name).followed()

    def elements(self, key: str) -> Iterator[Node]:
        """The elements of a list under `key`, each followed."""
        holder = self.get(key)
        if holder is not None:
            for index in range(len(holder.of(list))):
                yield holder.child(index).followed()

    def said(self, key: str, default: T) -> T:
        """The member's value, which has the default's type. Raises BadFile where it has another."""
        return self.child(key).of(type(default)) if self.value.get(key) is not None else default

    def of(self, kind: type[T]) -> T:
        """The value, which is of a type. Raises BadFile where it is not."""
        if not isinstance(self.value, kind):
            words = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false"}
            raise self.bad(f"this is {words[kind]}, not {self.value!r:.60}")
        return self.value

    def mapping(self) -> Node:
        """Itself, a mapping for certain."""
        self.of(dict)
        return self

    def followed(self) -> Node:
        """What it refers to, through any number of `$ref`s; itself where it is none."""
        seen = {self.name}
        node = self
        while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            node = node.target(node.value["$ref"])
            if node.name in seen:
                raise self.bad(f"$ref {self.value['$ref']!r} leads back to itself")
            seen.add(node.name)
        return node

    def target(self, reference: str) -> Node:
        """What a `$ref` that stands in this place points at. Raises BadFile."""
        return self.documents.target(self, reference)


class Documents:
    """The first document, and those in its folder that it refers to, each read once."""

    def __init__(self, file: Path, value: Any = None) -> None:
        """`value` is what the file would hold, where it is not on disk: such a document refers to nothing but itself."""
        self._first = file
        self._folder = file.resolve().parent
        self._values: dict[str, Any] = {"": read_values(file) if value is None else value}
        self._named: dict[str, dict[str, str]] = {}

    @property
    def root(self) -> Node:
        """The whole of the first document."""
        return Node(self, "", "", self._values[""])

    def path(self, file: str) -> Path:
        """Where a document is on disk."""
        return self._first.parent / file if file else self._first

    def target(self, origin: Node, reference: str) -> Node:
        """What a `$ref` in `origin` points at: in its document, or in another one of the folder."""
        address, fragment = urldefrag(reference)
        named = self._names(origin.file) if address or (fragment and not fragment.startswith("/")) else {}
        base = urljoin(named.get("", ""), address)
        if address in named or base in named:
            file, start = origin.file, named.get(address, named.get(base, ""))
        else:
            file, start = (self._file(origin, reference, address) if address else origin.file), ""
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            names = self._names(file)
            if f"#{fragment}" not in names:
                raise origin.bad(f"$ref {reference!r} points at nothing: no $anchor is called {fragment!r}")
            start, fragment = names[f"#{fragment}"], ""
        return self._at(origin, reference, file, start + fragment)

    def _file(self, origin: Node, reference: str, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            hint = "save that document beside this one and refer to the file: nothing is fetched"
            raise origin.bad(f"$ref {reference!r} points into the network", hint)
        wanted = (self.path(origin.file).resolve().parent / unquote(parts.path)).resolve()
        if not wanted.is_relative_to(self._folder):
            raise origin.bad(f"$ref {reference!r} leads out of the document's folder")
        if wanted == self._first.resolve():
            return ""
        file = wanted.relative_to(self._folder).as_posix()
        if file not in self._values:
            if not wanted.is_file():
                raise origin.bad(f"$ref {reference!r} points at a file that is not there")
            self._values[file] = read_values(wanted)
        return file

    def _at(self, origin: Node, reference: str, file: str, pointer: str) -> Node:
        value = self._values[file]
        for token in pointer.split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and token in value:
                value = value[token]
            elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            else:
                raise origin.bad(f"$ref {reference!r} points at nothing: there is no {token!r}")
        return Node(self, file, pointer, value)

    def _names(self, file: str) -> dict[str, str]:
        """The pointers to what a document gives an `$id` or an `$anchor`; under "" its own `$id`."""
        if file not in self._named:
            value = self._values[file]
            own = value.get("$id", "") if isinstance(value, dict) else ""
            base = own if isinstance(own, str) else ""
            found = {"": base} if base else {}
            for pointer, each in _objects(value):
                for key in ("$id", "$anchor", "$dynamicAnchor"):
                    name = each.get(key)
                    if isinstance(name, str):
                        written = name if key == "$id" else f"#{name}"
                        found.setdefault(written, pointer)
                        if key == "$id":
                            found.setdefault(urljoin(base, name), pointer)
            self._named[file] = found
        return self._named[file]


def _objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a value, with its pointer; one that stands in several places once."""
    waiting = [("", value)]
    seen: set[int] = set()
    while waiting:
        pointer, each = waiting.pop()
        if not isinstance(each, (dict, list)) or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, dict):
            yield pointer, each
        inside = each.items() if isinstance(each, dict) else enumerate(each)
        waiting += [(f"{pointer}/{escaped(str(key))}", inner) for key, inner in inside]
