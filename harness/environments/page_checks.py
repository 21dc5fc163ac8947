"""What the keys about pages must be: an extension's folder, an origin, the name of a global."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationInfo

from harness.environments.checks import mistake
from harness.environments.file_checks import existing, folder_of

_MANIFEST = "manifest.json"
_VERSION = 3


def extension_folder(value: str, info: ValidationInfo) -> str:
    """A folder with a manifest of version 3 in it."""
    existing(value, info)
    manifest = folder_of(info) / value / _MANIFEST
    if not manifest.is_file():
        raise mistake(f"there is no {_MANIFEST} in '{value}'", "name the folder of the unpacked extension")
    if _version(manifest) != _VERSION:
        raise mistake(
            f"'{value}' is no extension of Manifest V3", f'Chromium loads "manifest_version": {_VERSION} only'
        )
    return value


def origin(value: str) -> str:
    """`https://erp.example` or `http://erp.example:8080`."""
    if not _is_origin(value):
        raise mistake(f"'{value}' is no address of a server", "write scheme and host, e.g. https://erp.example")
    return value


def _is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        names_a_host = bool(parts.hostname) and parts.port != 0 and "@" not in value
    except ValueError:
        return False
    return names_a_host and parts.scheme in ("http", "https") and value == f"{parts.scheme}://{parts.netloc}"


def global_name(value: str) -> str:
    """The name of a global in a page: one identifier of JavaScript."""
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", value, re.ASCII):
        raise mistake(f"'{value}' is no name of a global", "write the name alone, e.g. System for window.System")
    return value


def _version(manifest: Path) -> object:
    try:
        found = json.loads(manifest.read_bytes())
    except ValueError as error:
        raise mistake(f"{_MANIFEST} is not JSON: {error}", "mend the extension's manifest") from error
    return found.get("manifest_version") if isinstance(found, dict) else None
