"""A draft of environment.yaml from what reports say: each value with its source, what nobody said as a named question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from ruamel.yaml import YAML

from harness.environments.open_questions import open_questions
from harness.environments.recipe import normalised
from harness.intake import answers
from harness.intake.asking import Asking
from harness.intake.composed import compose_report, composed, secrets_in
from harness.intake.draft_system import service_of, write_system
from harness.intake.fact import clean
from harness.intake.format import Understood
from harness.intake.gathered import Gathered
from harness.intake.packages import Packages, packages_of
from harness.intake.stub import scenario_stub
from harness.intake.written_yaml import flow, question, scalar

_HOST = (
    ("os", answers.image, (("os", "id"), ("os", "version"))),
    ("locale", answers.locale, (("host", "locale"), ("browser", "language"))),
    ("timezone", answers.timezone, (("host", "timezone"),)),
)
"""A key of `host`, what answers it, and the facts that leave it open where reports contradict each other about them."""
_BESIDE = {
    "os": (("os", "name"), ("os", "kernel"), ("browser-os", "name"), ("browser-os", "version")),
    "locale": (("browser", "language"), ("host", "language")),
    "timezone": (("host", "timezone"), ("host", "utc-offset")),
}
"""Facts that speak of a key without deciding it."""


@dataclass(frozen=True)
class Named:
    """What whoever asks for the draft knows already; empty where not known."""

    customer: str
    system: str = ""
    plugin: str = ""


@dataclass(frozen=True)
class Draft:
    """`files` are its texts by name, environment.yaml among them; `open` the ids of questions that must be answered first.

    `warnings` is what a person should know before the files are kept.
    """

    files: Mapping[str, str]
    open: tuple[str, ...]
    gathered: Gathered
    warnings: tuple[str, ...] = ()


def draft(reports: Sequence[Understood], named: Named) -> Draft:
    """The draft that the reports come to."""
    facts = Gathered.of(fact for report in reports for fact in report.facts)
    system = clean(named.system) or facts.value("system", "name")
    plugin = clean(named.plugin)
    packages = packages_of(facts, system, plugin)
    page = Asking(facts)
    _head(page, reports, clean(named.customer))
    _host(page)
    write_system(page, system, packages)
    _plugin(page, plugin, packages)
    _browser(page)
    _scenario(page)
    text = str(page.lines)
    found = open_questions(YAML(typ="rt").load(StringIO(text)))
    files = {"environment.yaml": text, "scenario.py": scenario_stub(paged=answers.browser(facts) is not None)}
    files |= composed(reports, service_of(facts, system))
    return Draft(files, tuple(dict.fromkeys(each.id for each in found)), facts, tuple(_warnings(reports)))


def _head(page: Asking, reports: Sequence[Understood], customer: str) -> None:
    sources = ", ".join(f"{clean(each.report.name)} ({each.format.title})" for each in reports)
    page.lines.comment(0, f"A draft, from {sources}.")
    page.lines.comment(
        0, "Nothing runs while a `!question` stands in place of its answer; `backfit env questions` prints what to ask."
    )
    for each in page.facts.contradictions():
        page.lines.comment(0, f"contradiction: {each}")
    page.lines.say(0, "schema", "backfit/environment/v1")
    page.lines.say(0, "customer", scalar(customer or "Customer"))


def _host(page: Asking) -> None:
    inner = Asking(page.facts)
    for key, answer, decided_by in _HOST:
        against = [str(each) for key_of in decided_by if (each := page.facts.contradiction(*key_of))]
        found = answer(page.facts)
        if against:
            inner.ask(1, key, key, hint="; ".join(against))
        elif found:
            inner.lines.say(1, key, scalar(found.value), found.why)
        else:
            beside = [fact for each in _BESIDE[key] if (fact := page.facts.fact(*each))]
            inner.tell(
                1, key, ", ".join(f"{fact.subject} {fact.name}: {fact.value} ({fact.source})" for fact in beside)
            )
    inner.tell(1, "proxy", ", ".join(f"{fact.value} ({fact.source})" for fact in answers.proxies(page.facts)))
    if fonts := answers.fonts(page.facts):
        inner.lines.say(1, "fonts", flow(fonts))
    told = all(line.lstrip().startswith("#") for line in inner.lines.lines)
    page.lines.say(0, "host", "{}" if told else "")
    page.lines.lines += inner.lines.lines


def _plugin(page: Asking, name: str, packages: Packages) -> None:
    installed = page.facts.about("plugin")
    listed = ", ".join(f"{fact.name} {fact.value}" for fact in installed)
    page.lines.say(0, "plugin")
    page.known_or_ask(1, "name", name, "plugin", f"one of {listed}?" if listed else "")
    version = next((fact for fact in installed if normalised(fact.name) == normalised(name)), None)
    if packages.plugin:
        page.lines.say(1, packages.kind, scalar(packages.plugin), f"from {packages.source}")
        page.lines.say(1, "into", "system" if packages.system else "own")
    elif version:
        page.lines.comment(
            1, f"version {version.value} ({version.source}): in the image, or as pip, npm or extension here"
        )
    else:
        page.tell(1, "plugin-version")


def _browser(page: Asking) -> None:
    facts = page.facts
    keys = (("browser", "name"), ("browser", "version"), ("browser", "chromium"))
    against = [str(found) for each in keys if (found := facts.contradiction(*each))]
    wanted = answers.browser(facts)
    if against:
        engine = wanted.engine if wanted else "chromium"
        page.ask(0, "browser", "browser-version", f"{{{engine}: {question('browser-version')}}}", "; ".join(against))
    elif wanted:
        value = scalar(wanted.version) if wanted.version else question("browser-version")
        page.lines.say(0, "browser", f"{{{wanted.engine}: {value}}}", wanted.why)
    else:
        page.tell(0, "browser", "leave `browser` out where the plugin is a program")
    if wanted or against:
        page.tell(0, "extensions")
    for fact in facts.about("browser"):
        if fact.name.startswith("--"):
            page.lines.comment(0, f"the browser was started with {fact.name} ({fact.value}; {fact.source})")


def _scenario(page: Asking) -> None:
    if not (page.facts.about("service") or page.facts.about("database")):
        page.tell(0, "services")
    for name in ("upgrade", "error", "frequency"):
        page.tell(0, name)
    page.ask(0, "scenario", "steps", hint="write scenario.py, then say: scenario: scenario.py")


def _warnings(reports: Sequence[Understood]) -> list[str]:
    compose = compose_report(reports)
    secrets = list(secrets_in(compose)) if compose else []
    return [f"{compose.name} holds secrets, and so does its copy: {', '.join(secrets)}"] if compose and secrets else []
