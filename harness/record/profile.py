"""The customer's browser profile: language, zone, size of the window, proxy, extension, and what runs first in every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, Route

from harness.model.errors import EnvironmentFailed
from harness.reads.lines import append_lines
from harness.record.browser import ARGUMENTS, HINT, NO_PROXY
from harness.record.devtools import PORT_FLAG, DevTools, RefusedCommand

_FOR_EXTENSIONS = "--enable-unsafe-extension-debugging"
_NO_SUCH_COMMAND = "wasn't found"


def opened(playwright: Playwright, job: Mapping[str, Any], profile: Path) -> BrowserContext:
    """A browser with an empty profile in the folder `profile`, as the job says. Raises playwright's Error."""
    width, height = job["viewport"]
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=job["browser"],
        headless=True,
        args=[*ARGUMENTS, PORT_FLAG, _languages(job["language"]), *_proxy(job), *_extension(job)],
        ignore_default_args=["--disable-extensions"] if job["extension"] else None,
        locale=job["language"],
        timezone_id=job["timezone"],
        viewport={"width": width, "height": height},
        downloads_path=profile.with_name("downloads"),
    )
    for glob, file in job["offline"].items():
        context.route(glob, _serving(file))
    for name, file in job["bindings"].items():
        context.expose_binding(name, _appending(Path(file)))
    if job["first"]:
        context.add_init_script(job["first"])
    return context


def load_extension(devtools: DevTools, folder: str) -> str:
    """Load the unpacked extension in `folder` and give its id; what it does from its first moment on is heard.

    Raises EnvironmentFailed with Chromium's words where it refuses.
    """
    try:
        return str(devtools.command("Extensions.loadUnpacked", {"path": folder})["id"])
    except RefusedCommand as refusal:
        if _NO_SUCH_COMMAND in str(refusal):
            what = "this browser loads no extensions: it is a headless shell"
            raise EnvironmentFailed(what, hint="name a whole Chromium in BACKFIT_BROWSER") from refusal
        hint = "open chrome://extensions and load the folder there: it says more"
        raise EnvironmentFailed(f"Chromium refuses the extension: {refusal}", hint=hint) from refusal
    except TimeoutError as error:
        raise EnvironmentFailed("the browser did not load the extension in time", hint=HINT) from error


def _languages(language: str) -> str:
    """What navigator.languages and Accept-Language say outside of pages, where Playwright's word does not count."""
    return f"--accept-lang={','.join(dict.fromkeys((language, language.partition('-')[0])))}"


def _proxy(job: Mapping[str, Any]) -> list[str]:
    trusted = [f"--ignore-certificate-errors-spki-list={job['trusted_key']}"] if job["trusted_key"] else []
    if not job["proxy"]:
        return [NO_PROXY, *trusted]
    return [f"--proxy-server={job['proxy']}", "--proxy-bypass-list=<-loopback>", *trusted]


def _extension(job: Mapping[str, Any]) -> list[str]:
    return [_FOR_EXTENSIONS] if job["extension"] else []


def _serving(file: str) -> Callable[[Route], None]:
    # A function of one argument: Playwright would hand the request to a second one, even if it had a default.
    def serve(route: Route) -> None:
        route.fulfill(path=file)

    return serve


def _appending(file: Path) -> Callable[[Mapping[str, Any], str], None]:
    def append(_: Mapping[str, Any], lines: str) -> None:
        append_lines(file, lines.encode())

    return append
