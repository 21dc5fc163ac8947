"""A page's own API (`window.System.getUser(7)`) recorded like calls over HTTP: the script that stands before it, and its lines.

A call is an exchange with method CALL, a look at a member one with GET, both of `host-api://page/System/getUser`. What has no
place in JSON is a placeholder: `{"$callback": 0}` (an argument), `{"$function": name}`, `{"$node": "DIV"}`, `{"$object": "Map"}`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from harness.model.exchange import Exchange, Headers, Recording, Request, Response
from harness.model.json_text import Json, parse
from harness.reads.pages import glob_pattern

BINDING = "__backfitHost"
"""The function of the page that each line is told to."""
SCHEME = "host-api"
DESTINATION = "host-api"
"""What `meta["dest"]` is for such an exchange."""

_JSON: Headers = (("content-type", "application/json"),)
_NEVER_NAMES = frozenset(
    {
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
    }
    | {
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
    }
    | {
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
    }
    | {"true", "try", "typeof", "var", "void", "while", "with", "yield", "arguments", "eval"}
)
"""Words that are no variable's name (ECMAScript, 12.7.2)."""


def host_script(names: Sequence[str]) -> str:
    """The script that records the globals `names`, to run in each page before its own scripts.

    Each finished call is told to the page's function BINDING, as one line of JSON.
    """
    return host_scope(
        names,
        [core(), _text("host_recorder.js")],
        f"recordHost({json.dumps(list(names))}, lexical, (line) => globalThis[{json.dumps(BINDING)}](line));",
        "backfit-host.js",
    )


def host_scope(names: Sequence[str], parts: Iterable[str], start: str, source: str) -> str:
    """Parts of a script in a scope of their own, told by `lexical` how to reach globals that are no properties of the window."""
    reached = ", ".join(_reached(name) for name in names if name not in _NEVER_NAMES)
    body = "\n".join([*parts, start])
    return f"((lexical) => {{\n'use strict';\n{body}\n}})({{{reached}}});\n//# sourceURL={source}\n"


def core() -> str:
    """What stands between an API and its callers: `interpose`, `hooksOf`, `shown`."""
    return _text("host_api.js")


def is_host_call(exchange: Exchange) -> bool:
    """Whether it was asked of a page's own API."""
    return exchange.request.url.startswith(f"{SCHEME}:")


def read_host_calls(path: Path, scripts: Sequence[str] = ()) -> list[Exchange]:
    """The calls that were told to a file, a line each, in the order in which they were made; a line that is cut off is left out.

    `scripts` are URL globs of the plugin's own: a call in whose stack one of them stands is its own (`meta["by"]`).
    """
    if not path.exists():
        return []
    lines = [line for line in map(_line, path.read_bytes().splitlines()) if line is not None]
    back: dict[str, list[Json]] = defaultdict(list)
    for line in lines:
        if "callback" in line:
            back[line["of"]].append({"$callback": line["callback"], "with": parse(line["args"].encode())})
    patterns = [re.compile(glob_pattern(glob)) for glob in scripts]
    calls = [_exchange(line, back, patterns) for line in lines if "callback" not in line]
    return sorted(calls, key=lambda exchange: exchange.started)


def with_host_calls(recording: Recording, calls: Iterable[Exchange]) -> Recording:
    """The recording with these among its exchanges, each where it began."""
    merged = sorted([*recording.exchanges, *calls], key=lambda exchange: exchange.started)
    return replace(recording, exchanges=tuple(merged))


def request_of(kind: str, path: Sequence[str], args: str | None) -> Request:
    """The request that asks for a member, or calls it with arguments (a list as JSON text)."""
    url = f"{SCHEME}://page/" + "/".join(quote(part, safe="!'()*") for part in path)
    return Request(kind, url) if args is None else Request(kind, url, _JSON, args.encode())


def path_of(request: Request) -> list[str]:
    """The names of a member, from the global's on."""
    return [unquote(part) for part in request.path.split("/")[1:]]


def response_of(line: Mapping[str, Any]) -> Response:
    """What came back: 200 and a value, 404 where there is no such member, 500 and an error's name and message."""
    if line.get("missing"):
        return Response(404, _JSON, b"null")
    threw = line.get("threw")
    return Response(200, _JSON, line["value"].encode()) if threw is None else Response(500, _JSON, threw.encode())


def _line(raw: bytes) -> dict[str, Any] | None:
    """A line of the script's; None for what a page wrote there by itself, and for a line that was cut off."""
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) and _is_told(line) else None


def _is_told(line: Mapping[str, Any]) -> bool:
    texts = [line.get(key, "") for key in ("id", "kind", "page", "started", "threw", "value", "lost")]
    texts.append(line.get("of") or "")
    path, frames = line.get("path"), line.get("frames", [])
    lists = all(isinstance(each, list) and all(isinstance(item, str) for item in each) for each in (path, frames))
    if not lists or not path or not all(isinstance(text, str) for text in texts):
        return False
    if "callback" in line:
        return isinstance(line["callback"], int) and "of" in line and _is_json(line.get("args"))
    if "lost" in line:
        return True
    answered = line.get("missing") is True or _is_json(line.get("threw", line.get("value")))
    return line.get("kind") in ("CALL", "GET") and answered and (line.get("args") is None or _is_json(line["args"]))


def _is_json(text: object) -> bool:
    try:
        parse(text.encode() if isinstance(text, str) else b"")
    except ValueError:
        return False
    return True


def _exchange(line: Mapping[str, Any], back: Mapping[str, list[Json]], patterns: Sequence[re.Pattern[str]]) -> Exchange:
    if "lost" in line:
        return Exchange(request_of("CALL", line["path"], None), None, error=line["lost"], meta={"dest": DESTINATION})
    host = {key: line[key] for key in ("id", "of", "async", "made") if line.get(key)}
    if callbacks := back.get(line["id"]):
        host["callbacks"] = callbacks
    meta: dict[str, Any] = {"dest": DESTINATION, "page": line["page"], "host": host, "initiator": line["frames"]}
    if patterns and line["frames"]:
        is_own = any(pattern.match(frame.rsplit(":", 2)[0]) for frame in line["frames"] for pattern in patterns)
        meta["by"] = "plugin" if is_own else "system"
    elapsed = line.get("elapsed", 0.0)
    return Exchange(
        request_of(line["kind"], line["path"], line.get("args")),
        response_of(line),
        started=line["started"],
        elapsed=elapsed if isinstance(elapsed, (int, float)) else 0.0,
        meta=meta,
    )


def _reached(name: str) -> str:
    """How a script reads and writes a global that may be no property of the window (`const System`)."""
    get = f"() => {{ try {{ return typeof {name} === 'undefined' ? undefined : {name}; }} catch {{ return undefined; }} }}"
    return f"{json.dumps(name)}: {{ get: {get}, set: ($backfit) => {{ {name} = $backfit; }} }}"


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
