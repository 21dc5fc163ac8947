"""JUnit's elements, with nothing in them that makes an XML file unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.model.change import Change
from harness.report.findings import place, told
from harness.report.text import clip

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2 (Char): anything else makes the file unreadable, even as a reference."""
_MESSAGE = 500
"""Characters of a message, which viewers show in a row of a table; the text below it tells everything."""
_OUTCOMES = (("failure", "s"), ("error", "s"), ("skipped", ""))


def document(suites: Iterable[Element]) -> str:
    """The whole file."""
    root = Element("testsuites", name="backfit")
    root.extend(suites)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text.decode() + "\n"


def suite(name: str, properties: Mapping[str, str], cases: Iterable[Element], **attributes: str) -> Element:
    """A testsuite that counts its cases by their outcomes."""
    listed = list(cases)
    counts = {f"{kind}{plural}": sum(case.find(kind) is not None for case in listed) for kind, plural in _OUTCOMES}
    numbers = {name: str(number) for name, number in counts.items()}
    root = element("testsuite", name=name, tests=str(len(listed)), **numbers, **attributes)
    holder = SubElement(root, "properties")
    holder.extend(element("property", name=name, value=value) for name, value in properties.items())
    root.extend(listed)
    return root


def element(tag: str, **attributes: str) -> Element:
    """An element whose attributes any reader can read."""
    return Element(tag, {name: legal(value) for name, value in attributes.items()})


def outcome(case: Element, kind: str, message: str, text: str = "") -> None:
    """Give a testcase its outcome: `failure`, `error` or `skipped`, the last without a text."""
    said = element(kind, message=message)
    if kind != "skipped":
        said.set("type", "environment-failed" if kind == "error" else "break")
        said.text = legal(text)
    case.append(said)


def failure(case: Element, changes: Iterable[Change]) -> None:
    """Fail a testcase with changes, each explained."""
    listed = list(changes)
    message = "; ".join(f"{change.title} at {place(change)}" for change in listed)
    texts = ("\n".join(told(change, 12)) for change in listed)
    outcome(case, "failure", clip(message, _MESSAGE), "\n\n".join(texts))


def output(case: Element, lines: Iterable[str]) -> None:
    """What a testcase says whatever its outcome."""
    SubElement(case, "system-out").text = legal("\n".join(lines))


def legal(text: str) -> str:
    """`text` without the characters that XML has no way to say."""
    return _ILLEGAL.sub("", text)
