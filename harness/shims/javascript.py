"""A shim as one script, for a page, a worker, an extension or Node.js: before fetch, XMLHttpRequest and a page's own API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from http.client import responses
from importlib.resources import files
from typing import Any

from harness.lens.javascript.runtime import condition_data, path_data, runtime, step_data
from harness.lens.source import received_place
from harness.lens.steps.status import Status
from harness.model.json_text import Json
from harness.model.template import PathTemplate
from harness.record.host_api import core, host_scope
from harness.shims.choices import chosen
from harness.shims.document import Entry, Learned, Shim
from harness.shims.out_of_reach import check_reach
from harness.shims.routes import old_rank, rank, route_of, sources_of

_HEAD = "// A shim, made by Backfit: it turns the new version's answers back into the old one's. Load it before other scripts.\n"
CALL = "CALL"
"""The method of a call of a page's own API."""
_FILES = ("requests", "program", "fetching", "xhr")
_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)


def emit(shim: Shim, *, origins: Sequence[str] = (), host_api: Sequence[str] = (), host_only: bool = False) -> str:
    """One script that does in a page what the shim does before the system.

    `origins` are where the system is called (`https://erp.example`): without them the page's own, and in Node.js every one.
    `host_api` are globals of the page whose members are looked at without a call; those that are called are known. With
    `host_only` calls over HTTP are left alone. Raises UsageError, naming the step, where a script cannot do what the shim asks.
    """
    names = _host_names(shim, host_api)
    if host_only:
        shim = replace(shim, entries=tuple(each for each in shim.entries if _is_of_host(each, names)))
    check_reach(shim)
    data = json.dumps(_data(shim, origins), ensure_ascii=True, separators=(",", ":"))
    parts = [
        "const scope = globalThis;",
        runtime(),
        *(_text(f"{name}.js") for name in _FILES),
        core(),
        _text("host.js"),
    ]
    literal = json.dumps(data).replace("<", "\\u003c")  # it may stand in an HTML page
    mark = sha256(data.encode()).hexdigest()[:16]
    wrap = [] if host_only else ["wrapFetch(program, shim.origins);", "wrapXhr(program, shim.origins);"]
    start = [
        f"const mark = Symbol.for('backfit.shim.{mark}');",
        "if (scope[mark]) return; // it runs here already",
        "scope[mark] = true;",
        f"const shim = native.parse({literal});",
        "const program = new Program(shim);",
        *wrap,
        f"wrapHost(program, {json.dumps(names)}, lexical);",
    ]
    return _HEAD + host_scope(names, parts, "\n".join(start), "backfit-shim.js")


def has_host_calls(shim: Shim) -> bool:
    """Whether the shim knows calls of a page's own API, which only a script in the page can mend."""
    return any(entry.method == CALL for entry in shim.entries)


def _host_names(shim: Shim, given: Sequence[str]) -> list[str]:
    called = [entry.template.split("/")[1] for entry in shim.entries if entry.method == CALL]
    return [name for name in dict.fromkeys([*given, *called]) if _NAME.fullmatch(name)]


def _is_of_host(entry: Entry, names: Sequence[str]) -> bool:
    return entry.method == CALL or (entry.method == "GET" and entry.template.split("/")[1] in names)


def _data(shim: Shim, origins: Sequence[str]) -> dict[str, Json]:
    routes = sorted((route_of(entry) for entry in shim.entries), key=rank)
    codes = {HTTPStatus.BAD_GATEWAY, *(step.to for step in shim.steps() if isinstance(step, Status))}
    return {
        "entries": [_entry(route.entry, list(old_rank(route)[:3])) for route in routes],
        "everywhere": _steps(shim.everywhere),
        "otherwise": _steps(shim.otherwise),
        "requests": _steps(shim.requests),
        "moved": [{"from": each.from_, "to": each.to} for each in shim.moved],
        "received": _received((*shim.everywhere, *shim.otherwise)),
        "reasons": [[int(code), responses.get(code, "")] for code in sorted(codes)],
        "origins": list(origins),
    }


def _entry(entry: Entry, order: list[Any]) -> dict[str, Json]:
    method, _, path = entry.forward.partition(" ")
    return {
        "method": entry.method,
        "discriminator": entry.discriminator,
        "operation": f"{entry.template}\n{entry.forward}",
        "old": _template(entry.template),
        "new": _template(path) if path else None,
        "new_method": method,
        "order": order,
        "when": condition_data(entry.when),
        "rewrite": None if entry.rewrite is None else condition_data(entry.rewrite.of_call()),
        "request": _steps(entry.request),
        "response": _steps((*entry.response, *chosen(entry))),
        "received": _received(entry.response),
        "otherwise": entry.otherwise,
    }


def _template(text: str) -> dict[str, Json]:
    first, *rest = _VARIABLE.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return {"first": first, "parts": [list(pair) for pair in pairs], "names": list(PathTemplate(text).variables)}


def _steps(steps: Iterable[Learned]) -> list[Json]:
    return [step_data(each.step) for each in steps]


def _received(steps: Sequence[Learned]) -> list[Json]:
    places = (received_place(source) for source in sources_of(steps))
    return [path_data(place) for place in places if place is not None]


def _text(name: str) -> str:
    return files(__package__).joinpath("scripts", name).read_text(encoding="utf-8")
