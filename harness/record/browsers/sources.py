"""Where each browser comes from, and what it cannot do there: said before anything is started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from harness.model.errors import UsageError
from harness.record.browsers.builds import BUILDS, PACKAGE, major_of, nearest
from harness.record.browsers.remote import Remote

if TYPE_CHECKING:
    from harness.environments.spec.browser import Browser

Kind = Literal["installed", "archive", "npm", "image", "cdp", "playwright", "selenium"]

LIMITS: dict[Kind, tuple[str, ...]] = {
    "installed": (),
    "archive": (),
    "npm": (f"it is npm's {PACKAGE}, a headless shell: it loads no extensions",),
    "image": ("the image needs apt-get and Python 3.11 or newer from it",),
    "cdp": (
        "it reaches the system at 127.0.0.1 of its own machine only: run it here, or lead a tunnel to here",
        "it loads no extensions, and its workers have its own language and time zone",
    ),
    "playwright": (
        "its version must fit the Playwright here; it reaches the system through Playwright's own connection",
        "it loads no extensions; who made a call, dialogs, and what service and shared workers do are not told",
    ),
    "selenium": (
        "it reaches the system at 127.0.0.1 of its own machine only: run the grid's node here",
        "it loads no extensions; who made a call, dialogs, and what service and shared workers do are not told",
    ),
}
"""What each source cannot do, a sentence each."""
_OLD = 105
_OLD_LIMIT = f"Chromium before {_OLD}: locators do not tell what is visible (click, wait_for and snapshots fail)"
_OTHERS = "who made a call, dialogs, what workers do, and extensions are Chromium's alone"
_NO_FIREFOX = (
    "Debian's Firefox does not understand what Playwright says to it (tried: Firefox 153 ESR with Playwright 1.65, which "
    "needs emulation.setMediaFeaturesOverride), and Playwright's own build is not here"
)
_NO_WEBKIT = "Playwright drives its own build of WebKit only, and that is not here"


@dataclass(frozen=True)
class Source:
    """Where a browser comes from. `major` counts for npm's builds, `version` for those of Debian's archive, `remote` for
    what runs elsewhere. `limits` are sentences."""

    kind: Kind
    limits: tuple[str, ...] = ()
    major: int = 0
    version: str = ""
    remote: Remote | None = None


def source_of(browser: Browser, *, docker: bool, extension: bool) -> Source:
    """The source of `browser`; `extension`: one is to be loaded into it.

    Raises UsageError where there is none, with the nearest versions, and where an extension is not loaded there.
    """
    source = _source(browser, docker)
    if extension and (source.kind not in ("installed", "archive", "image") or browser.name != "chromium"):
        hint = "say browser: chromium (a whole one), or name an image that has one: {image: name:tag}"
        raise UsageError(f"this browser loads no extension: {' '.join(source.limits)}", where="browser", hint=hint)
    return source


def not_here(engine: str) -> UsageError:
    """The error where no browser of that engine can be driven on this machine, with what was found about it."""
    why = _NO_FIREFOX if engine == "firefox" else _NO_WEBKIT
    hint = f"`playwright install {engine}` gets Playwright's build, or name a server that has one: playwright: ws://HOST:PORT/"
    return UsageError(f"{engine} is not available here, because {why}", where="browser", hint=hint)


def _source(browser: Browser, docker: bool) -> Source:
    if remote := _remote(browser):
        return Source(remote.kind, (*LIMITS[remote.kind], *_others(browser), *_own_version(browser)), remote=remote)
    if browser.name != "chromium":
        if docker:
            raise not_here(browser.name)
        return Source("installed", (*_others(browser), *_own_version(browser)))
    if browser.image:
        return Source("image", (*LIMITS["image"], *_own_version(browser)))
    return _chromium(browser.version, docker)


def _remote(browser: Browser) -> Remote | None:
    kinds: tuple[Literal["cdp", "playwright", "selenium"], ...] = ("cdp", "playwright", "selenium")
    return next((Remote(kind, url) for kind in kinds if (url := getattr(browser, kind))), None)


def _others(browser: Browser) -> tuple[str, ...]:
    return () if browser.name == "chromium" else (f"{browser.name}: {_OTHERS}",)


def _own_version(browser: Browser) -> tuple[str, ...]:
    asked = major_of(browser.version) is not None
    return (f"its version is its own, whatever it is, and not chosen to be {browser.version}",) if asked else ()


def _chromium(version: str, docker: bool) -> Source:
    major = major_of(version)
    if major is None:
        return Source("installed")
    if major in BUILDS:
        old = (_OLD_LIMIT,) if major < _OLD else ()
        other = (f"of {major}, npm has one build, which need not be {version}",) if version != str(major) else ()
        return Source("npm", (*LIMITS["npm"], *old, *other), major=major)
    if docker and major > min(BUILDS):
        return Source("archive", version=version)
    near = " and ".join(map(str, nearest(major)))
    hint = f"the nearest builds: {near}; or chromium: debian, or an image or address that has it"
    raise UsageError(f"there is no build of Chromium {version} to be had", where="browser", hint=hint)
