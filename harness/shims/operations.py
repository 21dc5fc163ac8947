"""A shim's entries as operations: which of its calls go together, how specific they are, and where prefixes move the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from harness.lens.condition import ALWAYS, Condition
from harness.model.template import PathTemplate
from harness.shims.document import Entry, Learned, Moved, Shim
from harness.shims.retold import CannotCompose
from harness.shims.statuses import both
from harness.shims.templates import Fragments, bound, variables


@dataclass(frozen=True)
class Operation:
    """Entries of one shim that a call can be of together. `asked`: what all of them ask of the call."""

    shim: Shim
    method: str
    template: str
    discriminator: str
    forward: str
    asked: Condition
    entries: tuple[Entry, ...]

    @property
    def target(self) -> tuple[str, str]:
        """Method and template on the other side."""
        method, _, path = self.forward.partition(" ")
        is_sent = not self.entries or any(entry.rewrite is not None for entry in self.entries)
        return (method, path) if self.forward and is_sent else (self.method, self.template)

    @property
    def rank(self) -> tuple[object, ...]:
        """As harness.shims.program ranks: the most specific first, then what rewrites the call; then as it settles a tie."""
        literal, target = (PathTemplate(each).literal for each in (self.template, self.target[1]))
        narrow = len(self.asked.query) + len(self.asked.path) + bool(self.discriminator)
        rewrites = bool(self.forward) or any(entry.request for entry in self.entries)
        specific = (-literal, len(variables(self.template)), -narrow, not rewrites)
        return (*specific, -max(literal, target), self.template, self.forward)

    @property
    def request(self) -> tuple[Learned, ...]:
        """The steps on its calls."""
        own = {(entry.request, entry.rewrite) for entry in self.entries if entry.request}
        if len(own) > 1 or (own and any(entry.when.of_call() != self.asked for entry in self.entries)):
            raise CannotCompose(f"{self.method} {self.template}: its entries rewrite the call in different ways")
        return next(iter(own))[0] if own else ()

    @property
    def rewrite(self) -> Condition | None:
        """Which of its calls are rewritten at all."""
        sent = [each.rewrite for each in self.entries if (each.request or each.forward) and each.rewrite is not None]
        return sent[0] if sent else ALWAYS


def own_names(template: str) -> Fragments:
    """Its variables, each as itself."""
    return {name: f"{{{name}}}" for name in variables(template)}


def covering_operations(all_: Sequence[Operation], method: str, template: str) -> list[Operation]:
    """The operations that know all calls of a template, as far as their paths tell."""
    return [each for each in all_ if each.method == method and bound(each.template, template) is not None]


def takes_all(operation: Operation) -> bool:
    """Whether it knows every call of its template."""
    return operation.asked == ALWAYS and not operation.discriminator


def moves_to(shim: Shim, method: str, path: str) -> Iterator[Operation]:
    """The calls that no entry knows and that are moved to where another shim knows them."""
    for each in shim.moved:
        prefix, target, parts = each.from_.rstrip("/"), each.to.rstrip("/"), path.split("/")
        tail = "".join(f"/{part}" for part in parts[target.count("/") + 1 :])
        yield Operation(shim, method, f"{prefix}{tail}", "", f"{method} {target}{tail}", ALWAYS, ())


def moves_of(shim: Shim, method: str, path: str) -> Iterator[Operation]:
    """Those of a template's calls that only a prefix that moved tells apart."""
    for each in shim.moved:
        prefix, parts = each.from_.rstrip("/"), path.split("/")
        tail = "".join(f"/{part}" for part in parts[prefix.count("/") + 1 :])
        if _inside(each.from_, path) is None:
            forward = f"{method} {each.to.rstrip('/')}{tail}"
            yield Operation(shim, method, f"{prefix}{tail}", "", forward, ALWAYS, ())


def operations(shim: Shim) -> list[Operation]:
    """Those of a shim, the most specific first."""
    groups: dict[tuple[str, str, str, str], list[Entry]] = {}
    for entry in shim.entries:
        groups.setdefault((entry.method, entry.template, entry.discriminator, entry.forward), []).append(entry)
    found = [Operation(shim, *key, *part) for key, entries in groups.items() for part in _by_call(entries)]
    return sorted(found, key=lambda each: each.rank)


def _by_call(entries: Sequence[Entry]) -> Iterator[tuple[Condition, tuple[Entry, ...]]]:
    """Entries apart whose calls exclude one another, else together."""
    parts: dict[Condition, list[Entry]] = {}
    for entry in sorted(entries, key=_first):
        parts.setdefault(entry.when.of_call(), []).append(entry)
    if all(both(one, other) is None for one, other in combinations(parts, 2)):
        yield from ((asked, tuple(own)) for asked, own in parts.items())
    else:
        yield ALWAYS, tuple(entry for own in parts.values() for entry in own)


def _inside(prefix: str, path: str) -> str | None:
    """What follows a prefix; None where the path does not begin with it."""
    rest = path.removeprefix(prefix.rstrip("/"))
    return rest if (rest != path or prefix == "/") and (not rest or rest.startswith("/")) else None


def moved_path(prefixes: Sequence[Moved], path: str) -> str:
    """Where a path is that no entry knows."""
    moved = (each.to.rstrip("/") + rest for each in prefixes if (rest := _inside(each.from_, path)) is not None)
    return next(moved, path)


def moved_twice(first: Sequence[Moved], second: Sequence[Moved]) -> Iterator[Moved]:
    """The prefixes that move through two shims."""
    for each in first:
        yield replace(each, to=moved_path(second, each.to))
    yield from (each for each in second if moved_path(first, each.from_) == each.from_)


def _first(entry: Entry) -> tuple[int, bool]:
    return -len(entry.when.query) - len(entry.when.path), not (entry.request or entry.forward)
