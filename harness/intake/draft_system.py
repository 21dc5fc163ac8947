"""The system of a draft: from a compose file, from lists of packages, or with everything left to ask."""

from __future__ import annotations

from harness.environments.recipe import normalised
from harness.intake.asking import Asking
from harness.intake.composed import FILE_NAME, NEW_NAME
from harness.intake.fact import Fact
from harness.intake.gathered import Gathered
from harness.intake.packages import Packages
from harness.intake.written_yaml import question, scalar

_CANDIDATES = 12
_AROUND = ("system", "runtime", "database", "web-server", "answer", "pip-elsewhere")
"""What stands under and around the system, and is not installed by the draft: told in comments."""


def write_system(page: Asking, name: str, packages: Packages) -> None:
    """The keys `compose` and `system`; `name` is empty where nobody knows it."""
    facts, services = page.facts, page.facts.about("service")
    if services:
        page.lines.say(0, "compose", FILE_NAME)
    page.lines.say(0, "system")
    page.known_or_ask(1, "name", name, "system", _candidates(facts))
    for fact in (fact for subject in _AROUND for fact in facts.about(subject)):
        if fact.key != ("system", "name"):
            page.lines.comment(1, f"{fact.subject} {fact.name}: {fact.value} ({fact.source})")
    if services:
        _composed(page, service_of(facts, name))
    elif packages.system:
        _installed(page, packages)
    else:
        _unknown(page)


def service_of(facts: Gathered, system: str) -> Fact | None:
    """The service of the compose file that is the system: the one of its name, or the only one."""
    services = facts.about("service")
    wanted = [fact for fact in services if normalised(fact.name) == normalised(system)]
    return next(iter(wanted or (services if len(services) == 1 else ())), None)


def _candidates(facts: Gathered) -> str:
    names = [fact.name for subject in ("service", "pip", "npm") for fact in facts.about(subject)]
    more = f" and {len(names) - _CANDIDATES} more" if len(names) > _CANDIDATES else ""
    return f"one of {', '.join(names[:_CANDIDATES])}{more}?" if names else ""


def _composed(page: Asking, service: Fact | None) -> None:
    port = page.facts.value("service-port", service.name) if service else ""
    page.known_or_ask(1, "service", service.name if service else "", "system", _candidates(page.facts))
    page.known_or_ask(1, "port", port, "system-start")
    page.ask(
        1, "old", "old-version", _side("compose", "old-version"), f"a compose file with what was other, like {NEW_NAME}"
    )
    page.lines.say(1, "new", f"{{compose: {NEW_NAME}}}" if service else _side("compose", "new-version"))


def _installed(page: Asking, packages: Packages) -> None:
    kind, (own, *_) = packages.kind, packages.system
    page.ask(1, "start", "system-start", hint="its command line, with {host} and {port} where they belong")
    page.ask(1, "old", "old-version", f"{{{kind}: [{question('old-version')}]}}", f"such as {own}")
    page.lines.say(1, "new", "", f"from {packages.source}: what there is now, if the list was made after the upgrade")
    page.lines.say(2, kind)
    for each in packages.system:
        page.lines.item(3, scalar(each))
    if kind == "npm" and (node := page.facts.value("runtime", "node")):
        page.lines.say(2, "node", scalar(node.partition(".")[0]))


def _unknown(page: Asking) -> None:
    known = page.facts.fact("system", "version")
    now = f"now it is {known.value} ({known.source}), if the report was made after the upgrade" if known else ""
    page.ask(1, "start", "system-start", hint="an image that starts by itself needs `port: 80` in its place")
    page.ask(
        1,
        "old",
        "old-version",
        _side("image", "old-version"),
        "or {pip: [name==1.2]}, {npm: [name@1.2]}, {build: folder}",
    )
    page.ask(1, "new", "new-version", _side("image", "new-version"), now)


def _side(installer: str, name: str) -> str:
    return f"{{{installer}: {question(name)}}}"
