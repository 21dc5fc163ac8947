from __future__ import annotations

import pytest

from harness.intake.user_agents import MAJOR_ONLY, of_headers, of_hints, of_user_agent

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


def said(found: object) -> dict[str, str]:
    return {f"{subject} {name}": value for subject, name, value, _ in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/112.0.0.0 Safari/537.36",
         {"browser name": "Chrome", "browser version": "112", "browser chromium": "112", "browser-os name": "Windows"}),
        (f"Mozilla/5.0 (Windows NT 6.1; WOW64) {WEBKIT} Chrome/95.0.4638.69 Safari/537.36",
         {"browser name": "Chrome", "browser version": "95.0.4638.69", "browser chromium": "95.0.4638.69",
          "browser-os name": "Windows", "browser-os version": "7"}),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/112.0.0.0 Safari/537.36 OPR/98.0.4759.15",
         {"browser name": "Opera", "browser version": "98.0.4759.15", "browser chromium": "112", "browser-os name": "Windows"}),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15",
         {"browser name": "Safari", "browser version": "16.4", "browser-os name": "macOS"}),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.14; rv:102.0) Gecko/20100101 Firefox/102.0",
         {"browser name": "Firefox", "browser version": "102.0", "browser-os name": "macOS", "browser-os version": "10.14"}),
        (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/117.0.0.0 Mobile Safari/537.36",
         {"browser name": "Chrome", "browser version": "117", "browser chromium": "117", "browser-os name": "Android"}),
        (f"Mozilla/5.0 (Linux; Android 9; SM-G960F) {WEBKIT} SamsungBrowser/20.0 Chrome/106.0.5249.126 Mobile Safari/537.36",
         {"browser name": "Samsung Internet", "browser version": "20.0", "browser chromium": "106.0.5249.126",
          "browser-os name": "Android", "browser-os version": "9"}),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/114.0.5735.99",
         {"browser name": "Chrome for iOS", "browser version": "114.0.5735.99", "browser-os name": "iOS",
          "browser-os version": "16.5"}),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/119.0.0.0 Safari/537.36",
         {"browser name": "Chrome", "browser version": "119", "browser chromium": "119", "browser-os name": "ChromeOS"}),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/156.0.0.0 Safari/537.36",
         {"browser name": "Chromium", "browser version": "156", "browser chromium": "156", "browser-os name": "Linux"}),
        ("curl/8.1.2", {}),
        ("", {}),
    ],
)  # fmt: skip
def test__of_user_agent__of_each_browser__says_what_it_tells(agent: str, expected: dict[str, str]) -> None:
    assert said(of_user_agent(agent)) == expected


def test__of_user_agent__reduced__says_what_it_does_not_tell() -> None:
    notes = {
        name: note for _, name, _, note in of_user_agent(f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/112.0.0.0")
    }
    assert notes["version"] == MAJOR_ONLY
    exact = {
        name: note for _, name, _, note in of_user_agent(f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/95.0.4638.69")
    }
    assert exact["version"] == ""


@pytest.mark.parametrize(
    ("platform", "version", "expected"),
    [("Windows", "15.0.0", "11"), ("Windows", "10.0.0", "10"), ("Windows", "0.3.0", ""), ("macOS", "13.3.1", "13.3.1")],
)
def test__of_hints__of_a_platform__is_the_release_that_people_know(platform: str, version: str, expected: str) -> None:
    hints = {"sec-ch-ua-platform": f'"{platform}"', "sec-ch-ua-platform-version": f'"{version}"'}
    assert said(of_hints(hints)).get("browser-os version", "") == expected


@pytest.mark.parametrize(
    "brands",
    [
        '"Chromium";v="112", "Not:A-Brand";v="99", "Brave";v="112"',
        '" Not A;Brand";v="99", "Chromium";v="112", "Brave";v="112"',
    ],
)
def test__of_headers__hints_and_user_agent__hints_go_first(brands: str) -> None:
    agent = f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/112.0.0.0 Safari/537.36"
    found = list(of_headers({"sec-ch-ua": brands, "user-agent": agent, "accept-language": "pt-BR,pt;q=0.9"}))
    assert [value for subject, name, value, _ in found if (subject, name) == ("browser", "name")] == ["Brave"]
    assert said(found)["browser language"] == "pt-BR"
