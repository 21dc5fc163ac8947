"""Where NEW may serve what it does not serve at OLD's path any more, the likeliest place first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.lens.steps.default import Default
from harness.lens.steps.replace import Replace
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.probing.candidate import HEADER, Candidate

_VERSION = re.compile(r"(v|V|version)?([0-9]{1,3})((?:\.[0-9]{1,3})*)")
_PREFIXES = ("/api", "/v1", "/v2", "/api/v1", "/api/v2", "/api/v3", "/rest", "/rest/v1", "/rest/api")
_AHEAD = 3
_BACK = 1
_JSON = ".json"
_METHODS = {"PUT": ("PATCH", "POST"), "PATCH": ("PUT", "POST"), "POST": ("PUT", "PATCH"), "DELETE": ("POST",)}
_LOCAL = re.compile(r"""["'(=\s](?:https?://[^/"'\s<>]+)?(/(?!/)[A-Za-z0-9._~{}/-]{1,120})""")
_MOST_SEEN = 400


def moved(operation: Operation, seen: Sequence[str], moves: Sequence[tuple[str, str]]) -> Iterator[Candidate]:
    """Other places for an operation, each once. `seen` are paths that NEW's answers name, `moves` the prefixes that other
    operations exchanged (`/api/3` for `/api/4`).
    """
    given = {operation.template}
    told = set(PathTemplate(operation.template).variables)
    for template, why in _templates(operation.template, seen, moves):
        if template not in given and set(PathTemplate(template).variables) == told:
            given.add(template)
            yield Candidate(f"{operation.method} {template}", (), why)


def other_methods(operation: Operation) -> Iterator[Candidate]:
    """The same place, called with another method."""
    for method in _METHODS.get(operation.method, ()):
        yield Candidate(f"{method} {operation.template}", (), f"{method} for {operation.method}")


def negotiated(requests: Iterable[Request]) -> Iterator[Candidate]:
    """The same place, with a header that says which form is wanted."""
    said = any(name.lower() == "accept" for request in requests for name, _ in request.headers)
    value = "application/json"
    step = Replace(at=(*HEADER, "accept"), value=value) if said else Default(at=HEADER, key="accept", value=value)
    yield Candidate("", (step,), f"Accept: {value}")


def paths_in(text: str) -> list[str]:
    """The paths on its own host that an answer names: links, documents of the API, Location and Link headers."""
    return list(dict.fromkeys(found.rstrip("/") or "/" for found in _LOCAL.findall(text)))[:_MOST_SEEN]


def exchanged(old: str, new: str) -> tuple[str, str]:
    """The beginnings in which two templates differ, less the end that they share: what else may have moved alike."""
    here, there = old.split("/"), new.split("/")
    while here and there and here[-1] == there[-1]:
        here.pop(), there.pop()
    return "/".join(here), "/".join(there)


def _templates(template: str, seen: Sequence[str], moves: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for old, new in moves:
        if template == old or template.startswith(old + "/"):
            yield new + template[len(old) :], f"as other calls moved: {old or '/'} to {new or '/'}"
    yield from _seen(template, seen)
    yield from ((each, "another version") for each in _versions(template))
    yield from ((each, "with or without .json") for each in _suffixed(template))
    yield from ((each, "with or without a slash at the end") for each in _slashed(template))
    yield from ((each, "singular or plural") for each in _counted(template))
    yield from ((each, "under another prefix") for each in _prefixed(template))


def _versions(template: str) -> Iterator[str]:
    """`/api/3/all` as `/api/4/all`, `/api/5/all` …, as `/api/v3/all`, `/api/latest/all` and `/api/all`."""
    segments = template.split("/")
    for at, segment in enumerate(segments):
        found = _VERSION.fullmatch(segment)
        if found is None:
            continue
        sign, number, rest = found[1] or "", int(found[2]), found[3]
        others = [number + step for step in (*range(1, _AHEAD + 1), *range(-_BACK, 0)) if number + step >= 0]
        written = [f"{sign}{each}{'.0' if rest else ''}" for each in others]
        written += [f"{sign}{number}.{int(rest[1:]) + 1}"] if rest[1:].isdigit() else []
        written += [segment.removeprefix(sign)] if sign else [f"v{segment}"]
        written += [f"v{each}" for each in others] if not sign else [str(each) for each in others]
        for each in (*written, "latest"):
            yield "/".join((*segments[:at], each, *segments[at + 1 :]))
        yield "/".join((*segments[:at], *segments[at + 1 :])) or "/"


def _seen(template: str, seen: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paths that NEW names and that end as this one does, in as many segments as can be; variables where it has them."""
    segments = template.split("/")[1:]
    ranked = sorted(((-shared_tail(segments, path.split("/")[1:]), path) for path in seen), key=lambda row: row[0])
    for shared, path in ranked:
        if shared:
            yield with_variables_of(segments, path), "NEW names it"


def shared_tail(old: Sequence[str], new: Sequence[str]) -> int:
    """How many segments at the end of two templates go together, where at least one of them is a word."""
    shared, words = 0, 0
    for here, there in zip(reversed(old), reversed(new), strict=False):
        if here == there and "{" not in here:
            words += 1
        elif not (here.startswith("{") and (there.startswith("{") or any(letter.isdigit() for letter in there))):
            break
        shared += 1
    return shared if words else 0


def with_variables_of(old: Sequence[str], path: str) -> str:
    """NEW's path, its own variables under OLD's names."""
    new = path.split("/")[1:]
    shared = shared_tail(old, new)
    return "/" + "/".join((*new[: len(new) - shared], *old[len(old) - shared :]))


def _suffixed(template: str) -> Iterator[str]:
    yield template.removesuffix(_JSON) if template.endswith(_JSON) else f"{template.rstrip('/')}{_JSON}"


def _slashed(template: str) -> Iterator[str]:
    yield template.rstrip("/") if template.endswith("/") else f"{template}/"


def _counted(template: str) -> Iterator[str]:
    segments = template.split("/")
    for at in range(len(segments) - 1, 0, -1):
        word = segments[at]
        if word.isalpha():
            other = word[:-1] if word.endswith("s") else f"{word}s"
            if len(other) > 1:
                yield "/".join((*segments[:at], other, *segments[at + 1 :]))


def _prefixed(template: str) -> Iterator[str]:
    """With a prefix before it, and without its own first segments."""
    segments = template.split("/")[1:]
    for at in range(1, len(segments)):
        if not segments[at - 1].startswith("{"):
            yield "/" + "/".join(segments[at:])
        else:
            break
    yield from (prefix + template for prefix in _PREFIXES)
