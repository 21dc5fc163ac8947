"""What of ours runs in the browser before anybody else's scripts: stand-ins, the host API's listener, the tracker of reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from harness.reads.pages import BINDING, FLUSH, PUSH_PATH, extension_script, page_script
from harness.record.host_api import BINDING as HOST_BINDING
from harness.record.host_api import host_script
from harness.record.page_clock import clock_script
from harness.record.setting import Setting


def first_script(setting: Setting, url: str, extension_id: str | None) -> str:
    """The script of all pages, in one text: Playwright keeps no order among several. Empty where nothing is to be done."""
    parts = [*setting.page_scripts]
    if setting.host_calls and setting.host_api:
        parts.append(host_script(setting.host_api))
    if setting.reads:
        parts.append(page_script(own_scripts(setting, extension_id), url + PUSH_PATH))
    return "\n;\n".join(parts)


def own_scripts(setting: Setting, extension_id: str | None) -> Sequence[str]:
    """URL globs of all that is the plugin's in a page: its scripts, and those of its extension."""
    return [*setting.scripts, *([f"chrome-extension://{extension_id}/**"] if extension_id else ())]


def in_extension(setting: Setting, url: str) -> list[str]:
    """The scripts that go before those of an extension: its content scripts have a clock of their own."""
    clock = clock_script(asdict(setting.clock) if setting.clock else None)
    return [each for each in (clock, extension_script(url + PUSH_PATH) if setting.reads else "") if each]


def bindings(setting: Setting) -> dict[str, Path]:
    """Functions that pages are given, and the file to which each appends the lines that it is given."""
    files = {HOST_BINDING: setting.host_calls if setting.host_api else None, BINDING: setting.reads}
    return {name: file.absolute() for name, file in files.items() if file}


def flush(setting: Setting) -> str:
    """What has every tracker tell what it has not told yet, as a promise in JavaScript."""
    return FLUSH if setting.reads else ""
