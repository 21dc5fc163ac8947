"""What to ask the customer, in words that need no knowledge of Backfit: only what no file and no report has answered yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from harness.intake.gathered import Gathered


@dataclass(frozen=True)
class Question:
    """`ask` is for the customer, `why` what the answer decides; `keys` of environment.yaml, or facts, answer it.

    Nothing in a file tells the answers of a question without keys: what happened, and in which order.
    """

    id: str
    ask: str
    why: str
    keys: tuple[str, ...] = ()
    answered_by: tuple[tuple[str, str], ...] = ()


QUESTIONS = (
    Question(
        "system",
        "Which product was upgraded, and is it installed from a package, as a container, or hosted by somebody else?",
        "what is brought up in its two versions",
        ("system.name",),
        (("system", "name"),),
    ),
    Question(
        "old-version",
        "Which version of the upgraded system worked last? (If you are not sure: since when have you had"
        " the present one, and what does the update log say?)",
        "the OLD side",
        ("system.old",),
    ),
    Question(
        "new-version",
        "Which version of the system do you have now, exactly as its About page or its package list shows it?",
        "the NEW side",
        ("system.new",),
        (("system", "version"),),
    ),
    Question(
        "system-start",
        "How is the system started: the command line, the unit file, or the image and port of its container?",
        "how both sides are started",
        ("system.start", "system.port"),
    ),
    Question(
        "plugin",
        "Which plugin, extension or integration has the problem?",
        "what must go on working",
        ("plugin.name",),
    ),
    Question(
        "plugin-version",
        "Which version of the plugin do you have, and where did you get it: a store, pip, npm, a file that somebody sent you?",
        "the plugin that is installed",
        ("plugin.pip", "plugin.npm", "plugin.extension"),
    ),
    Question(
        "upgrade",
        "What else changed at the time of the upgrade: browser, plugin, operating system, database, proxy, settings?",
        "whether the upgrade is the cause at all",
    ),
    Question(
        "steps",
        "What do you do, click by click or call by call, until you see the problem, and what did you see there before?",
        "the scenario that is run on both versions",
        ("scenario",),
    ),
    Question(
        "error",
        "What exactly is shown or logged? Please copy the text (browser: F12, Console), or send a HAR (F12, Network, Export).",
        "whether what is seen here is the same failure",
    ),
    Question(
        "frequency",
        "Does it happen every time, or sometimes? At certain times, for certain people, over VPN or at home?",
        "whether network and clock have to be imitated",
        ("network",),
    ),
    Question(
        "os",
        "Which operating system does the system run on? (On Linux, please send the output of: cat /etc/os-release)",
        "the image that both sides stand on",
        ("host.os",),
        (("os", "id"), ("host", "image")),
    ),
    Question(
        "browser",
        "Which browser do you use, and on which operating system?",
        "the browser of the scenario",
        ("browser",),
        (("browser", "name"),),
    ),
    Question(
        "browser-version",
        "Which version of the browser exactly? Please open chrome://version (edge://version, or Firefox: about:support), select"
        " all, copy, and paste it here.",
        "the build of the browser; what a browser tells every site says the major version only",
        ("browser.version",),
        (("browser", "version"),),
    ),
    Question(
        "extensions",
        "Which browser extensions are installed (ad blockers, password managers, translators)? Does it also happen in a private"
        " window without them?",
        "whether another extension changes the page",
        ("plugin.extension",),
        (("browser", "--disable-extensions"),),
    ),
    Question(
        "locale",
        "Which language and region is your computer or server set to, e.g. German (Switzerland)?",
        "how dates, numbers and names are written and sorted",
        ("host.locale",),
        (("host", "locale"), ("browser", "language"), ("system", "language")),
    ),
    Question(
        "timezone",
        "In which time zone do you work, and which one is the server set to, e.g. Europe/Zurich?",
        "on which day a moment falls",
        ("host.timezone",),
        (("host", "timezone"),),
    ),
    Question(
        "proxy",
        "Is there a proxy, a VPN, a load balancer or a virus scanner between you and the system that opens HTTPS connections?",
        "headers and certificates that the plugin meets",
        ("host.proxy", "host.ca"),
        (("host", "proxy"), ("browser", "--proxy-server"), ("browser", "--proxy-pac-url")),
    ),
    Question(
        "services",
        "Which database, cache or search engine does the system use, in which version?",
        "what runs beside the system",
        ("services", "compose"),
        (("service", "*"), ("database", "*")),
    ),
)
"""In the order of what they decide: what was upgraded first, what merely might matter last."""


def question(name: str) -> Question | None:
    """The question of this id."""
    return next((each for each in QUESTIONS if each.id == name), None)


def unanswered(said: Collection[str], open_ones: Collection[str], gathered: Gathered) -> list[Question]:
    """What is left to ask: `said` are the keys that a file says, `open_ones` the ids that it leaves open.

    A question that reports contradict each other about is open as well.
    """
    return [each for each in QUESTIONS if each.id in open_ones or not (_in_file(each, said) or _told(each, gathered))]


def _in_file(asked: Question, said: Collection[str]) -> bool:
    return any(key in said for key in asked.keys)


def _told(asked: Question, gathered: Gathered) -> bool:
    return any(
        bool(gathered.about(subject)) if name == "*" else gathered.fact(subject, name) is not None
        for subject, name in asked.answered_by
    )


def keys_said(value: object, place: str = "") -> Iterable[str]:
    """Every key of a mapping of mappings, dotted: `host`, `host.os`."""
    for key, member in value.items() if isinstance(value, dict) else ():
        name = f"{place}.{key}" if place else str(key)
        yield name
        yield from keys_said(member, name)
