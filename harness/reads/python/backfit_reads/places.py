"""The places of the answers of one method and URL: a tree with a node a place, so that a touch costs one look-up."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Iterable

from .frames import where
from .notebook import Touch, quietly, quoted, remark, tell

MOST_ANSWERS = 5000
"""Different methods and URLs that are tracked in one process."""
MOST_MEMBERS = 1000
"""Different names at one place; past them it is a map, and further names are all `.*`."""
_MOST_WHERE = 3
_LOOKS = 12
"""How often it is looked from where a place is touched: a stack costs more than a touch."""

_answers: dict[tuple[str, str], Answer] = {}


class Answer:
    """What calls of one method and URL answer: where the body begins, and its other parts."""

    def __init__(self, method: str, url: str) -> None:
        self.method = method
        self.url = url
        self.root = Place(self, "$")
        self._parts: dict[str, Place] = {}

    def part(self, name: str) -> Place:
        """`status`, or `header x-total-count`."""
        found = self._parts.get(name)
        if found is None:
            found = self._parts[name] = Place(self, name)
        return found


class Place:
    """A place in answers, `text` as harness.model.paths writes it, and the members or elements below it.

    `name` is the key under which tracked mappings hold it: a string of our own, so that a key that came from iterating
    over a mapping can be told from one that stands in the plugin's code.
    """

    __slots__ = ("_element", "_members", "_touches", "answer", "name", "text")

    def __init__(self, answer: Answer, text: str, name: str = "") -> None:
        self.answer = answer
        self.text = text
        self.name = name
        self._members: dict[object, Place] = {}
        self._element: Place | None = None
        self._touches: dict[str, Touch] = {}

    def member(self, name: str) -> Place:
        """The place of an object's member."""
        found = self._members.get(name)
        if found is None:
            many = len(self._members) >= MOST_MEMBERS
            found = self._members.setdefault("*" if many else name, Place(self.answer, *_member(self.text, name, many)))
        return found

    def known(self, name: object) -> Place | None:
        """The place of a member that an answer had; None of any other."""
        return self._members.get(name) or (self._members.get("*") if isinstance(name, str) else None)

    def element(self) -> Place:
        """The place of a list's elements."""
        if self._element is None:
            self._element = Place(self.answer, self.text + "[*]")
        return self._element

    def touched(self, op: str, frame: FrameType | None = None) -> None:
        """Count a touch, by the code at `frame` (that of the caller's caller if none is given), and tell a new one at once."""
        touch = self._touches.get(op)
        if touch is None or touch.count < _LOOKS:
            _looked(self, op, frame or sys._getframe(2))
        else:
            touch.count += 1

    def met(self, op: str, where: str) -> str:
        """Count a touch from there; the line that tells it where there is something new to tell, else nothing."""
        touch = self._touches.get(op)
        if touch is None:
            touch = self._touches[op] = Touch(self, op)
        touch.count += 1
        if where and len(touch.where) < _MOST_WHERE and where not in touch.where:
            touch.where.append(where)
            return touch.line([where])
        return touch.line() if touch.count == 1 else ""


def answer(method: str, url: str) -> Answer | None:
    """The answer of those calls, always the same one; None past MOST_ANSWERS."""
    key = (method.upper(), url)
    found = _answers.get(key)
    if found is None:
        if len(_answers) >= MOST_ANSWERS:
            remark(f"more than {MOST_ANSWERS} different URLs were asked: what is read of further ones is not tracked")
            return None
        found = _answers[key] = Answer(*key)
        _heard(found)
    return found


@quietly
def all_touched(places: Iterable[Place], op: str, where: str) -> None:
    """Count a touch of each place, from there in the plugin's code, and tell the new ones in one write."""
    tell([place.met(op, where) for place in places])


@quietly
def _heard(answer: Answer) -> None:
    """Tell that the answers of a call are followed: nothing is read of those of which nothing else is told.

    That reads are tracked at all is told with the first: what a program asks for in other ways is not seen.
    """
    version = ".".join(map(str, sys.version_info[:2]))
    started = [f'{{"started":"python {version}"}}\n'] if len(_answers) == 1 else []
    tell([*started, f'{{"seen":{quoted(f"{answer.method} {answer.url}")}}}\n'])


@quietly
def _looked(place: Place, op: str, frame: FrameType) -> None:
    tell([place.met(op, where(frame))])


def _member(text: str, name: str, many: bool) -> tuple[str, str]:
    """The text of a member's place, and the key of our own under which it is held."""
    if many:
        return f"{text}.*", ""
    own = "".join(list(name))
    return (f"{text}.{own}" if name.isidentifier() else f"{text}[{quoted(name)}]"), own
