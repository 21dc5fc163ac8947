"""Which of the packages that a report lists are the system and the plugin, as requirements that install just these."""

from __future__ import annotations

from dataclasses import dataclass

from harness.environments.recipe import normalised
from harness.intake.fact import Fact
from harness.intake.gathered import Gathered

_NOT_ON_LINUX = ("pywin32", "pywinpty", "pypiwin32", "wmi", "comtypes", "appnope", "pyreadline3", "win32-setctime")
_TOOLS = ("pip", "wheel")
"""What installs, and is there anyway."""


@dataclass(frozen=True)
class Packages:
    """`kind` is pip or npm; `system` are requirements, its own first, empty where it is none of them; `plugin` may be empty."""

    kind: str = "pip"
    system: tuple[str, ...] = ()
    plugin: str = ""
    source: str = ""


def packages_of(facts: Gathered, system: str, plugin: str) -> Packages:
    """What the lists say of `system` and `plugin`. With pip, all that is installed beside the system comes with it, as it is."""
    for kind, joint in (("pip", "=="), ("npm", "@")):
        listed = {fact.key[1]: fact for fact in facts.about(kind)}
        own, other = listed.get(normalised(system)), listed.get(normalised(plugin))
        if own or other:
            beside = [
                each for each in listed.values() if kind == "pip" and own and each not in (own, other) and _fits(each)
            ]
            return Packages(
                kind,
                tuple(_requirement(each, joint) for each in ([own] if own else []) + beside),
                _requirement(other, joint) if other else "",
                (own or other or beside[0]).source,
            )
    return Packages()


def _fits(fact: Fact) -> bool:
    name = fact.key[1]
    return name not in (*_NOT_ON_LINUX, *_TOOLS) and not name.startswith("pyobjc")


def _requirement(fact: Fact, joint: str) -> str:
    return f"{fact.name}{joint}{fact.value}"
