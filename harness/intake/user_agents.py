"""What a browser says of itself in `User-Agent` and in client hints, and what cannot be known from it.

Chromium has frozen most of its user agent (User-Agent Reduction): since 101 the version is `112.0.0.0`, since 107 Windows is
always `Windows NT 10.0`, macOS `10_15_7`, and since 110 Android `10; K`. Firefox and Safari have frozen macOS as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_BRANDS = {
    "Edg": "Edge", "EdgA": "Edge", "EdgiOS": "Edge", "OPR": "Opera", "Vivaldi": "Vivaldi", "YaBrowser": "Yandex Browser",
    "SamsungBrowser": "Samsung Internet", "FxiOS": "Firefox for iOS", "CriOS": "Chrome for iOS", "Firefox": "Firefox",
    "HeadlessChrome": "Chromium", "Chromium": "Chromium", "Chrome": "Chrome",
}  # fmt: skip
"""The most telling token first: all of them say Chrome or Safari as well."""
_HINT_BRANDS = {"Google Chrome": "Chrome", "Microsoft Edge": "Edge", "HeadlessChrome": "Chromium"}
_GREASE = re.compile(r"not.?a.?brand|^\W|;", re.IGNORECASE)
_WINDOWS = {"6.1": "7", "6.2": "8", "6.3": "8.1"}
MAJOR_ONLY = "the user agent tells the major version only"
SYSTEM_FROZEN = "the user agent no longer tells the version of the system"

Said = tuple[str, str, str, str]
"""Subject, name, value, note: a fact without its source."""


def of_headers(headers: Mapping[str, str]) -> Iterator[Said]:
    """What a request's headers say (names in small letters): of browser and system, hints go before the user agent."""
    hinted = list(of_hints(headers))
    known = {(subject, name) for subject, name, _, _ in hinted}
    yield from hinted
    yield from (each for each in of_user_agent(headers.get("user-agent", "")) if each[:2] not in known)
    if accepted := headers.get("accept-language"):
        yield "browser", "language", re.split("[,;]", accepted)[0], ""


def of_user_agent(text: str) -> Iterator[Said]:
    """What the user agent says; nothing of one that is no browser's."""
    tokens = dict(re.findall(r"([A-Za-z]+)/(\d[\w.]*)", text))
    brand = next((token for token in _BRANDS if token in tokens), None)
    if brand is not None:
        yield "browser", "name", _BRANDS[brand], ""
        yield _version("version", tokens[brand])
    elif "Safari" in tokens and "Version" in tokens:
        yield "browser", "name", "Safari", ""
        yield "browser", "version", tokens["Version"], ""
    if chromium := tokens.get("Chrome") or tokens.get("HeadlessChrome"):
        yield _version("chromium", chromium)
    platform = re.search(r"Mozilla/5\.0 \(([^)]*)\)", text)
    if platform:
        yield from _system(platform[1])


def of_hints(headers: Mapping[str, str]) -> Iterator[Said]:
    """What the client hints (`Sec-CH-UA-…`, W3C Client Hints) say; names of `headers` in small letters."""
    full = dict(_brands(headers.get("sec-ch-ua-full-version-list", "")))
    brands = {**dict(_brands(headers.get("sec-ch-ua", ""))), **full}
    for brand, version in brands.items():
        note = "" if brand in full else MAJOR_ONLY
        if brand == "Chromium":
            yield "browser", "chromium", version, note
        if brand != "Chromium" or len(brands) == 1:
            yield "browser", "name", _HINT_BRANDS.get(brand, brand), ""
            yield "browser", "version", version, note
    platform, version = (headers.get(f"sec-ch-ua-platform{each}", "").strip('" ') for each in ("", "-version"))
    if platform and platform != "Unknown":
        yield "browser-os", "name", platform, ""
        if release := _release(platform, version):
            yield "browser-os", "version", release, ""
    if architecture := headers.get("sec-ch-ua-arch", "").strip('" '):
        yield "browser-os", "architecture", architecture, ""


def _brands(text: str) -> Iterator[tuple[str, str]]:
    for brand, version in re.findall(r'"((?:\\.|[^"\\])*)"\s*;\s*v="([\d.]+)"', text):
        if not _GREASE.search(brand):
            yield brand, version


def _release(platform: str, version: str) -> str:
    """The release that people know: hints count Windows in steps of its API (1 to 10 are Windows 10, 13 and more are 11)."""
    major = version.partition(".")[0]
    if platform != "Windows" or not major.isdecimal():
        return version
    return "11" if int(major) >= 13 else "10" if int(major) else ""


def _version(name: str, version: str) -> Said:
    major, _, rest = version.partition(".")
    return ("browser", name, major, MAJOR_ONLY) if rest == "0.0.0" else ("browser", name, version, "")


def _system(platform: str) -> Iterator[Said]:
    """The first part of a user agent: `Windows NT 10.0; Win64; x64`."""
    if windows := re.search(r"Windows NT (\d+\.\d+)", platform):
        yield (
            "browser-os",
            "name",
            "Windows",
            "" if windows[1] in _WINDOWS else f"{SYSTEM_FROZEN}: 10 and 11 look alike",
        )
        if windows[1] in _WINDOWS:
            yield "browser-os", "version", _WINDOWS[windows[1]], ""
    elif ios := re.search(r"(?:iPhone|iPad)[^)]* OS (\d+)_(\d+)", platform):
        yield "browser-os", "name", "iOS", "every browser of iOS is Safari inside"
        yield "browser-os", "version", f"{ios[1]}.{ios[2]}", ""
    elif mac := re.search(r"Mac OS X (\d+)[._](\d+)", platform):
        frozen = (mac[1], mac[2]) == ("10", "15")
        yield "browser-os", "name", "macOS", SYSTEM_FROZEN if frozen else ""
        if not frozen:
            yield "browser-os", "version", f"{mac[1]}.{mac[2]}", ""
    elif android := re.search(r"Android (\d+(?:\.\d+)*)(; K\b)?", platform):
        yield "browser-os", "name", "Android", SYSTEM_FROZEN if android[2] else ""
        if not android[2]:
            yield "browser-os", "version", android[1], ""
    elif "CrOS" in platform:
        yield "browser-os", "name", "ChromeOS", ""
    elif "Linux" in platform or "X11" in platform:
        yield "browser-os", "name", "Linux", "the user agent does not tell which one"
