"""Where something stands in a JSON value: RFC 9535 JSONPath for templates, in the part that Backfit writes.

`$.items[*].price` is ("items", EACH, "price"). A step is a member name, a list index, EACH (every element of a list) or
ANY (every member of an object that is used as a map).
"""

from __future__ import annotations

import json
import re
from enum import Enum


class Wild(Enum):
    """`[*]` on a list is EACH; `.*` on an object is ANY."""

    EACH = "[*]"
    ANY = ".*"


EACH = Wild.EACH
ANY = Wild.ANY

Step = str | int | Wild
Path = tuple[Step, ...]

_NAME = re.compile(r"[^\W\d]\w*")
_TOKEN = re.compile(
    r"""\.(?P<name>[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_\u0080-\U0010ffff-]*) | (?P<any>\.\*) | (?P<each>\[\*\])
    | \[(?P<index>0|-?[1-9][0-9]*)\] | \[(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]""",
    re.VERBOSE | re.DOTALL,
)
_QUOTE = re.compile(r"\\.|\"", re.DOTALL)


def parse_path(text: str) -> Path:
    """The steps of `$…`. Raises ValueError, naming the place, on anything else."""
    if not text.startswith("$"):
        raise ValueError(f"a path starts with $: {text!r}")
    steps: list[Step] = []
    position = 1
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise ValueError(f"cannot read the path {text!r} from {text[position:]!r} on")
        try:
            steps.append(_step(token))
        except ValueError as error:
            raise ValueError(f"cannot read {token[0]!r} in the path {text!r}: {error}") from error
        position = token.end()
    return tuple(steps)


def format_path(path: Path) -> str:
    """A `$…` of one line of text that parse_path reads back as `path`."""
    return "$" + "".join(_written(step) for step in path)


def _step(token: re.Match[str]) -> Step:
    if token["any"]:
        return ANY
    if token["each"]:
        return EACH
    if token["index"] is not None:
        return int(token["index"])
    if token["quoted"] is not None:
        return _unquote(token["quoted"])
    return token["name"]


def _unquote(quoted: str) -> str:
    """Both quotes have JSON's escapes; in single quotes only the single quote needs one."""
    if quoted[0] == "'":
        inner = _QUOTE.sub(lambda found: {"\\'": "'", '"': '\\"'}.get(found[0], found[0]), quoted[1:-1])
        quoted = f'"{inner}"'
    return str(json.loads(quoted, strict=False))


def _written(step: Step) -> str:
    if isinstance(step, Wild):
        return step.value
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{json.dumps(step, ensure_ascii=not step.isprintable())}]"
