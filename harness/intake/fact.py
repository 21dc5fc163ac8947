"""What a report says, in words that a file's keys, a customer's report and a running system share, so that they can be compared.

| subject | names | of |
|---|---|---|
| os | id, version, name, architecture | the machine of the system |
| browser-os | name, version, architecture | the machine of the browser, where that is told |
| host | locale, timezone, proxy, utc-offset, image | both |
| browser | name, version, chromium, language, flag … | the browser; `chromium` is the version that it is built on |
| system | name, version, address, language | what is upgraded |
| runtime, database, web-server | by name -> version | what stands under it |
| plugin, pip, npm, debian | by name -> version | what is installed |
| service | by name -> image | what a compose file starts |
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.environments.recipe import normalised

LONGEST = 200
"""Characters of a value that are kept: what is longer is no version and no name."""
_EXACT = ("pip", "npm", "debian", "plugin", "service")
"""Subjects of which a version says all of it: 1.0 is not 1.0.1 there."""


@dataclass(frozen=True)
class Fact:
    """`value` is one printable line; `source` says where it stands (`file:line`), `note` what it does not tell."""

    subject: str
    name: str
    value: str
    source: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is about; names of packages are the same in each of their writings."""
        return self.subject, normalised(self.name) if self.subject in ("pip", "npm") else self.name


_USER = re.compile(r"(?<=://)[^/@\s]*@")
"""Who calls, with a password: no part of an address that is kept."""


def clean(text: object) -> str:
    """One line of printable characters: nothing that a terminal, a browser or YAML obeys, nothing endless, no password."""
    shown = "".join(each if each.isprintable() else " " for each in str(text)[: 4 * LONGEST])
    return _USER.sub("", " ".join(shown.split()))[:LONGEST]


def agree(one: Fact, other: Fact) -> bool:
    """Whether two facts about one thing say the same, one of them perhaps less exactly: 112 and 112.0.5615.138."""
    short, long = sorted((one.value.casefold(), other.value.casefold()), key=len)
    return short == long or (one.subject not in _EXACT and long.startswith(tuple(f"{short}{each}" for each in ".-_")))
