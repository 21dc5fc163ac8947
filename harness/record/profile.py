"""The customer's browser profile: language, zone, size of the window, proxy, extension, and what runs first in every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Playwright, Route

from harness.model.errors import EnvironmentFailed
from harness.reads.lines import append_lines
from harness.record.browser import ARGUMENTS, HINT, NO_PROXY
from harness.record.devtools import PORT_FLAG, DevTools, RefusedCommand
from harness.record.page_clock import clock_script

_FOR_EXTENSIONS = "--enable-unsafe-extension-debugging"
_NO_SUCH_COMMAND = "wasn't found"


def opened(playwright: Playwright, job: Mapping[str, Any], profile: Path) -> BrowserContext:
    """A page in a browser with an empty profile, as the job says: one that is started with the folder `profile`, or one
    that runs elsewhere. Raises playwright's Error.
    """
    remote = job.get("remote")
    context = _connected(playwright, job, remote) if remote else _launched(playwright, job, profile)
    for glob, file in job["offline"].items():
        context.route(glob, _serving(file))
    for name, file in job["bindings"].items():
        context.expose_binding(name, _appending(Path(file)))
    if first := "\n;\n".join(filter(None, [clock_script(job.get("clock")), job["first"]])):
        context.add_init_script(first)
    if not context.pages:
        context.new_page()
    return context


def _launched(playwright: Playwright, job: Mapping[str, Any], profile: Path) -> BrowserContext:
    engine = job.get("engine", "chromium")
    kind: BrowserType = getattr(playwright, engine)
    flags: Mapping[str, Any] = _chromiums_own(job) if engine == "chromium" else _proxied(job)
    return kind.launch_persistent_context(
        profile,
        executable_path=job["browser"],
        headless=True,
        downloads_path=profile.with_name("downloads"),
        **_customers(job),
        **flags,
    )


def _chromiums_own(job: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "args": [*ARGUMENTS, PORT_FLAG, _languages(job["language"]), *_proxy(job), *_extension(job)],
        "ignore_default_args": ["--disable-extensions"] if job["extension"] else None,
    }


def _connected(playwright: Playwright, job: Mapping[str, Any], remote: Mapping[str, str]) -> BrowserContext:
    """A context of its own in a browser that others may be using."""
    kind: BrowserType = getattr(playwright, job.get("engine", "chromium"))
    match remote["kind"]:
        case "cdp":
            browser = kind.connect_over_cdp(remote["url"])
        case "playwright":
            browser = kind.connect(remote["url"], expose_network="<loopback>")
        case _:  # Playwright reads the grid's address from its environment
            browser = kind.launch(args=[NO_PROXY])
    return browser.new_context(**_customers(job), **_proxied(job))


def _customers(job: Mapping[str, Any]) -> dict[str, Any]:
    width, height = job["viewport"]
    language, timezone = job["language"], job["timezone"]
    return {"locale": language, "timezone_id": timezone, "viewport": {"width": width, "height": height}}


def _proxied(job: Mapping[str, Any]) -> dict[str, Any]:
    """The way through a proxy in Playwright's words, where flags cannot be given."""
    proxy = {"server": job["proxy"], "bypass": "<-loopback>"} if job["proxy"] else None
    return {"proxy": proxy, "ignore_https_errors": bool(job["trusted_key"])}


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
