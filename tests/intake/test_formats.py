"""Every format on its sample in data/ (as they are found in tickets), and on what is odd about some."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.intake.format import understood
from harness.intake.report import Report, read_file

DATA = Path(__file__).with_name("data")
CHROME = "Chromium 120.0.6099.224 (Official Build) built on Debian 12.4\nJavaScript{}V8 12.0.267.17\n{}\n"

EDGE = (
    "Microsoft Edge\t114.0.1823.51 (Official build) (64-bit)\nJavaScript\tV8 11.4\nUser Agent\tMozilla/5.0 (Windows NT 10.0; "
    "Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 Edg/114.0.0.0"
)


def told(text: str) -> set[str]:
    return {f"{fact.subject} {fact.name}: {fact.value}" for fact in understood(Report("x", text)).facts}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("woocommerce.txt", ["system name: WordPress (2)", "system address: https://shop.example (4)",
            "plugin WooCommerce: 8.2.1 (6)", "system version: 6.3.2 (11)", "system language: de_DE (16)",
            "web-server apache: 2.4.57 (21)", "runtime php: 8.1.24 (22)", "database mariadb: 10.11.4 (29)",
            "plugin WooCommerce PayPal Payments: 2.3.1 (42)", "plugin Germanized for WooCommerce: 3.14.1 (43)",
            "plugin Price List - Table: 1.0.4 (44)"]),
        ("site_health.txt", ["system name: WordPress (2)", "system version: 6.4.1 (4)", "system language: hu_HU (5)",
            "host timezone: Europe/Budapest (7)", "plugin Contact Form 7: 5.8.3 (22)", "plugin WooCommerce: 8.2.2 (23)",
            "os kernel: Linux (31)", "os architecture: x86_64 (31)", "web-server nginx: 1.18.0 (32)",
            "runtime php: 7.4.33 (33)", "database mysql: 8.0.35 (40)"]),
        ("chrome_version.txt", ["browser name: Chrome (1)", "browser version: 112.0.5615.138 (1)", "browser chromium: 112 (1)",
            "browser-os name: Windows (3)", "browser-os version: 10 (3)", "browser chromium: 112 (5)",
            "browser language: de (6)", "browser --proxy-server: proxy.example:3128 (6)"]),
        ("client_hints.txt", ["browser chromium: 114.0.5735.110 (4)", "browser name: Edge (3)",
            "browser version: 114.0.1823.51 (1)", "browser-os name: Windows (1)", "browser-os version: 11 (1)",
            "browser-os architecture: x86 (7)", "browser language: de-CH (2)"]),
        ("pip_freeze.txt", ["pip aiofiles: 23.2.1 (2)", "pip asgiref: 3.7.2 (3)", "pip datasette: 0.64.8 (4)",
            "pip datasette-chartjs: 0.2.0 (5)",
            "pip-elsewhere report_tool: -e git+https://git.example/acme/report-tool.git@1f2e3d#egg=report_tool (6)",
            "pip Jinja2: 3.1.2 (7)", "pip-elsewhere local-helper: local-helper @ file:///D:/tools/helper (8)",
            "pip pip: 23.2 (9)", "pip pywin32: 306 (10)", "pip setuptools: 68.0.0 (11)", "pip uvicorn: 0.23.2 (12)"]),
        ("pip_list.txt", ["pip datasette: 0.64.8 (3)", "pip datasette-chartjs: 0.2.0 (4)",
            "pip-elsewhere report_tool: report_tool 1.0.dev0 /srv/report (5)"]),
        ("npm_ls.json", ["npm json-server: 0.17.4 (6)", "npm @acme/provider: 5.15.3 (11)"]),
        ("package_lock.json", ["npm json-server: 0.17.4 (5)", "npm @acme/tool: 2.1.0 (5)"]),
        ("compose.yaml", ["service web: registry.example/acme/erp:7.2.1 (2)", "service-port web: 80 (2)",
            "host timezone: Europe/Zurich (2)", "host locale: de_CH.UTF-8 (2)", "service db: postgres:15.4 (11)",
            "service-port db: 5432 (11)", "service reports: built from ./reports (15)"]),
        ("devcontainer.json", ["host image: mcr.microsoft.com/devcontainers/python:1-3.11-bookworm (4)",
            "host timezone: Asia/Tokyo (9)", "host locale: ja_JP.UTF-8 (9)", "runtime node: 18.17.1 (6)"]),
        ("firefox.har", ["browser name: Firefox (3)", "browser version: 115.0.2 (3)", "browser-os name: Linux",
            "browser language: fr-CH", "system address: https://erp.example (5)", "host utc-offset: +01:00 (5)",
            "answer server: nginx/1.24.0 (13)", "answer via: 1.1 varnish (13)"]),
        ("dpkg.txt", ["debian adduser: 3.134 (6)", "debian base-files: 12.4+deb12u5 (7)", "os id: debian (7)",
            "os version: 12 (7)", "debian chromium: 120.0.6099.224-1~deb12u1 (8)", "browser name: Chromium (8)",
            "browser version: 120.0.6099.224 (8)", "browser chromium: 120 (8)",
            "debian fonts-noto-cjk: 1:20220127+repack1-1 (9)", "debian postgresql-15: 15.5-0+deb12u1 (11)"]),
        ("os_release.txt", ["os name: Ubuntu 22.04.3 LTS (1)", "os version: 22.04 (3)", "os codename: jammy (5)",
            "os id: ubuntu (6)"]),
        ("systeminfo.txt", ["browser-os name: Windows (2)", "browser-os version: 11 (2)", "host language: de (4)",
            "host utc-offset: +01:00 (6)"]),
        ("sw_vers.txt", ["browser-os name: macOS (2)", "browser-os version: 13.6.1 (2)"]),
    ],
)  # fmt: skip
def test__read__a_sample__gives_each_fact_with_its_line(file: str, expected: list[str]) -> None:
    facts = understood(read_file(DATA / file)).facts
    shown = []
    for fact in facts:
        line = fact.source.removeprefix(file).removeprefix(":")
        shown.append(f"{fact.subject} {fact.name}: {fact.value}" + (f" ({line})" if line else ""))
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHROME.format("\t", "OS\tLinux"), {"browser name: Chromium", "browser-os name: Linux"}),
        (CHROME.format(" | ", "OS | macOS Version 13.3.1 (Build 22E261)"), {"browser-os version: 13.3.1"}),
        (CHROME.format(": ", "Système d’exploitation: Windows 11 Version 22H2 (Build 22621)"), {"browser-os version: 11"}),
        (CHROME.format("  ", "操作系统\tAndroid 12; SKY Pad10 Build/SP1A.210812.016; 31; REL"), {"browser-os version: 12"}),
        (CHROME.format("\t", "Executable Path\tD:\\Programs\\Windows Apps\\chrome.exe"), {"browser chromium: 120"}),
        (
            EDGE,
            {"browser name: Edge", "browser version: 114.0.1823.51", "browser chromium: 114"},
        ),
        ('[{"name": "datasette", "version": "1.0a41"}]', {"pip datasette: 1.0a41"}),
        ("a==1 \\\n    --hash=sha256:0\n-r other.txt\nb[x,y]==2.0; python_version > '3'\n", {"pip a: 1", "pip b: 2.0"}),
        ("ID=alpine\nVERSION_ID=3.19.1\n", {"os id: alpine", "os version: 3.19.1"}),
        ("base-files\t12ubuntu4.4\n", {"debian base-files: 12ubuntu4.4"}),
        ("adduser:amd64\t3.1\nbase-files\t13\n", {"os version: 13", "debian adduser: 3.1"}),
        ("services:\n  a:\n    build: .\n    environment: [TZ=$TZ]\n    ports: [{target: 80}]\n", {"service-port a: 80"}),
        ('{"dependencies": {"a": {"version": "1.0.0"}, "b": null}}', {"npm a: 1.0.0"}),
        ('{"log": {"entries": [1, {"request": 1}, {"request": {"url": "https://u:p@h.example/x"}}]}}',
         {"system address: https://h.example"}),
        ("GET / HTTP/1.1\nHost: x\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0\n",
         {"browser name: Firefox", "browser version: 115.0"}),
    ],
)  # fmt: skip
def test__read__another_writing__gives_the_facts(text: str, expected: set[str]) -> None:
    assert expected <= told(text)


def test__read__of_a_path_that_holds_windows__takes_no_system_from_it() -> None:
    assert not {
        each for each in told(CHROME.format("\t", "Profile Path\tD:\\Windows")) if each.startswith("browser-os")
    }


@pytest.mark.parametrize("name", ["compose.yaml", "firefox.har", "pip_freeze.txt"])
def test__read__a_report_with_secrets__keeps_none(name: str) -> None:
    text = (DATA / name).read_text()
    secrets = [each for each in ("hunter2", "s3cret", "3f786850e387550fdab836ed7e6dc881de23001b") if each in text]
    assert secrets
    assert not [fact for fact in understood(read_file(DATA / name)).facts for each in secrets if each in fact.value]
