"""How a scenario is run: the customer's browser and machine, the plugin's own tools, and what is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.record.browsers.remote import Remote
from harness.record.sandbox import Sandbox


@dataclass(frozen=True)
class Reached:
    """Where the plugin finds the system: `url` is the base address that it is given.

    Where it has other addresses in its code, `proxy` is the HTTP proxy that it is sent through (`http://127.0.0.1:port`)
    and `ca` the certificate (PEM) that it must trust there.
    """

    url: str
    proxy: str | None = None
    ca: Path | None = None


@dataclass(frozen=True)
class Clock:
    """The customer's clock: `offset` seconds ahead of the real one, or standing at `frozen` (seconds since 1970)."""

    offset: float = 0.0
    frozen: float | None = None


@dataclass(frozen=True)
class Setting:
    """The customer's side of one run. `offline` maps URL globs to files; `viewport` is in CSS pixels; `timeout` in seconds.

    A scenario without a browser runs in `python` (ours by default), `path` goes before the other folders on PATH, and
    Node.js finds packages in `modules`. `scripts` are URL globs of the plugin's own scripts in pages, `extension` is the
    folder of an unpacked extension, `host_api` names the globals through which pages are spoken to (`System`); their calls
    are told in `host_calls`. Where `reads` is given, what the plugin reads is tracked and told there, a line each.
    `page_scripts` are texts that run in every page before its own scripts, and before ours. With `trace`, Playwright's trace
    of the run is kept beside the screenshots. In a `sandbox`, `browser`, `python`, `runner` (the Python that drives the browser,
    ours by default), `path` and `modules` are where they are inside of it. `variables` are further ones of the customer's
    machine, for programs (its proxy, its certificates, its clock); `clock` is the pages'.
    `engine` is what kind of browser it is; where one runs elsewhere, `remote` says where, and `browser` may be None.
    """

    browser: Path | None = None
    offline: Mapping[str, Path] = field(default_factory=dict)
    locale: str = "en_US.UTF-8"
    timezone: str = "UTC"
    viewport: tuple[int, int] = (1280, 900)
    extension: Path | None = None
    scripts: Sequence[str] = ()
    host_api: Sequence[str] = ()
    timeout: float = 60.0
    python: Path | None = None
    path: Sequence[Path] = ()
    modules: Path | None = None
    reads: Path | None = None
    host_calls: Path | None = None
    page_scripts: Sequence[str] = ()
    trace: bool = False
    sandbox: Sandbox | None = None
    runner: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    clock: Clock | None = None
    engine: str = "chromium"
    remote: Remote | None = None
