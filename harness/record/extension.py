"""A customer's unpacked extension made ready for a run: a copy with a fixed id, in which our scripts run before its own."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.model.errors import BadFile

_MANIFEST = "manifest.json"
_TOPS = tuple(re.compile(each, re.IGNORECASE) for each in (rb"<head(?:\s[^>]*)?>", rb"<!doctype[^>]*>", rb"\A"))
"""Where a script of ours goes in an HTML file: into its head, else behind its doctype, else to its beginning."""
_CONNECT = re.compile(r"(connect-src\s)([^;]*)")
_DIGITS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class Prepared:
    """An extension that can be loaded from `folder`. `popup` is its popup's path, empty where it has none."""

    folder: Path
    id: str
    popup: str


def prepared_extension(folder: Path, scratch: Path, scripts: Sequence[str] = (), *, push: str = "") -> Prepared:
    """A copy of the extension in `folder`, below `scratch`: with `scripts` (texts) before everything that it runs.

    They run in content scripts of either world, in the service worker (a classic one or a module), and in its pages; all
    may send to `push` (a URL). The id follows from the manifest's key, or from its name where it has none: it is the same
    on every run and machine. Raises BadFile where the manifest cannot be read.
    """
    copy = scratch / "extension"
    shutil.copytree(folder, copy)
    manifest = _manifest(folder)
    manifest.setdefault("key", base64.b64encode(f"backfit {manifest.get('name', '')}".encode()).decode())
    for number, script in enumerate(scripts):
        for name in (_isolated(number), _main_world(number)):
            (copy / name).write_text(script, encoding="utf-8")
    if scripts:
        _put_first(manifest, copy, len(scripts))
        _let_through(manifest, push)
    (copy / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return Prepared(copy, extension_id(manifest["key"]), manifest.get("action", {}).get("default_popup", ""))


def extension_id(key: str) -> str:
    """The id that Chromium derives from a manifest's key: the first half of its SHA-256, in the letters a to p."""
    return hashlib.sha256(base64.b64decode(key)).hexdigest()[:32].translate(_DIGITS)


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / _MANIFEST
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadFile(f"the manifest cannot be read: {error}", where=str(file), hint="it is a file of JSON") from error
    if not isinstance(found, dict):
        raise BadFile("the manifest is no object", where=str(file), hint="see the extension's documentation")
    return found


def _isolated(number: int) -> str:
    return f"backfit-{number}.js"


def _main_world(number: int) -> str:
    """Another name for the same text: Chromium runs a file once in a frame, in whichever world asks first."""
    return f"backfit-main-{number}.js"


def _put_first(manifest: dict[str, Any], copy: Path, number: int) -> None:
    for entry in manifest.get("content_scripts", ()):
        named = _main_world if entry.get("world") == "MAIN" else _isolated
        entry["js"] = [*map(named, range(number)), *entry.get("js", ())]
    ours = [f"/{_isolated(each)}" for each in range(number)]
    background = manifest.get("background", {})
    if _is_inside(copy, str(background.get("service_worker", ""))):  # else Chromium refuses it, in its own words
        background["service_worker"] = _worker(background, copy, ours)
    tags = "".join(f'<script src="{name}"></script>' for name in ours).encode()
    for page in (*copy.rglob("*.html"), *copy.rglob("*.htm")):
        page.write_bytes(_with_tags(page.read_bytes(), tags))


def _with_tags(page: bytes, tags: bytes) -> bytes:
    at = next(found.end() for top in _TOPS if (found := top.search(page)))
    return page[:at] + tags + page[at:]


def _is_inside(copy: Path, name: str) -> bool:
    file = (copy / name.lstrip("/")).resolve()
    return file.is_file() and file.is_relative_to(copy.resolve())


def _worker(background: Mapping[str, Any], copy: Path, ours: Sequence[str]) -> str:
    """A worker that starts ours and then its own, beside its own: what that loads by relative paths is found as before."""
    own = background["service_worker"].lstrip("/")
    scripts = json.dumps([*ours, f"/{own}"])[1:-1]
    as_module = background.get("type") == "module"
    starts = f"import {scripts.replace(', ', '; import ')};" if as_module else f"importScripts({scripts});"
    starter = Path(own).with_name("backfit-worker.js")
    (copy / starter).write_text(starts + "\n", encoding="utf-8")
    return starter.as_posix()


def _let_through(manifest: dict[str, Any], push: str) -> None:
    """An extension that allows itself few addresses allows itself one more."""
    policy = manifest.get("content_security_policy")
    if push and isinstance(policy, dict) and "extension_pages" in policy:
        parts = urlsplit(push)
        origin = f"{parts.scheme}://{parts.netloc}"
        policy["extension_pages"] = _CONNECT.sub(rf"\g<1>{origin} \g<2>", policy["extension_pages"])
