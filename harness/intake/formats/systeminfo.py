"""Windows' `systeminfo`, in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.intake.fact import Fact
from harness.intake.format import Format
from harness.intake.report import Report

FORMAT = Format("Windows' systeminfo", "systeminfo > systeminfo.txt")

_SYSTEM = re.compile(
    r"(OS Name|Betriebssystemname|Nom du système d.exploitation|Nombre del sistema operativo)\s*:\s*(.+)"
)
_LOCALE = re.compile(
    r"(System Locale|Systemgebietsschema|Option régionale du système|Configuración regional del sistema)\s*:\s*([\w-]+)"
)
_ZONE = re.compile(r"(Time Zone|Zeitzone|Fuseau horaire|Zona horaria)\s*:\s*\(?(?:UTC|GMT)([+-]\d\d:\d\d)?")
_WINDOWS = re.compile(r"Windows (?:Server )?(\d[\d.]*)")


def sniff(report: Report) -> bool:
    """The name of the system under its label."""
    return any(_SYSTEM.match(text) and "Windows" in text for _, text in report.lines[:12])


def read(report: Report) -> Iterator[Fact]:
    """Windows, its locale, and how far its clock is from UTC: Windows' own names of zones are not those of others."""
    for number, text in report.lines:
        if (system := _SYSTEM.match(text)) and (windows := _WINDOWS.search(system[2])):
            yield report.fact("browser-os", "name", "Windows", number)
            yield report.fact("browser-os", "version", windows[1], number)
        elif locale := _LOCALE.match(text):
            yield report.fact("host", "language", locale[2], number)
        elif zone := _ZONE.match(text):
            yield report.fact("host", "utc-offset", zone[2] or "+00:00", number)
