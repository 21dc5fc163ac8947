"""What steps make of an object of one shape, as a function: it puts the new object together at once.

Its code is written here and holds nothing but numbered names: what stands in a shim or in an answer (names of members,
constants) is handed to it as values, so that nothing of that is ever run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from harness.lens.answer import Answer
from harness.lens.sketch import Mark, Sketch
from harness.model.json_text import Json
from harness.model.paths import Path

MISSED = object()
"""What a plan answers for an object of another shape. Nothing was edited then."""

Plan = Callable[[Json, Answer], Json]
"""(an object with the names that the plan is for, answer) -> the new value, its edits counted; or MISSED."""


def plan_of(sketch: Sketch) -> Plan:
    """The function that does to each object what the steps did to the sketch."""
    return _Writer(sketch).plan()


class _Writer:
    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.given: dict[str, Any] = {"MISSED": MISSED}
        self.objects = {path: f"object{number}" for number, path in enumerate(sketch.shapes)}
        self.converted: list[str] = []
        self.changed = [str(sketch.edits)]

    def plan(self) -> Plan:
        result = self._expression(self.sketch.result)
        lines = [*self._checks(), *self.converted, f"answer.edits += {' + '.join(self.changed)}", f"return {result}"]
        code = "def plan(object0, answer):\n" + "".join(f"    {line}\n" for line in lines)
        exec(compile(code, "<plan>", "exec"), self.given)  # noqa: S102 - our own code, of numbered names only
        made: Plan = self.given["plan"]
        return made

    def _checks(self) -> Iterator[str]:
        """Whether the object has the sketch's shape further in; its own names are known."""
        for path, names in self.sketch.shapes.items():
            one = self.objects[path]
            if path:
                yield f"{one} = {self._source(path)}"
            if names is None:
                yield f"if type({one}) is dict: return MISSED"
            elif path:
                yield f"if type({one}) is not dict or tuple({one}) != {self._value(names)}: return MISSED"
        if self.sketch.room:
            yield f"if not answer.takes({self.sketch.room}): return MISSED"

    def _expression(self, value: Any) -> str:
        if isinstance(value, Mark):
            return self._marked(value)
        if isinstance(value, dict):
            same = next((one for path, one in self.objects.items() if self._is_untouched(value, path)), None)
            return same or "{" + ", ".join(f"{self._value(k)}: {self._expression(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._expression, value)) + "]"
        return self._value(value)

    def _marked(self, mark: Mark) -> str:
        """The name of the value after its edits; each counts where it made another value of it."""
        found = self.objects.get(mark.path) or self._source(mark.path)
        for edit in mark.edits:
            before, after = (f"value{len(self.converted) + number}" for number in (0, 1))
            self.converted += [f"{before} = {found}", f"{after} = {self._value(edit)}({before}, answer)"]
            self.changed.append(f"({after} is not {before})")
            found = after
        return found

    def _is_untouched(self, value: Any, path: Path) -> bool:
        """Whether it is the very object that stood at `path`. An empty one may be a constant, and is made anew."""
        if isinstance(value, Mark):
            return value == Mark(path)
        if not isinstance(value, dict) or not value or self.sketch.shapes.get(path) != tuple(value):
            return False
        return all(self._is_untouched(item, (*path, name)) for name, item in value.items())

    def _source(self, path: Path) -> str:
        return f"{self.objects[path[:-1]]}[{self._value(path[-1])}]"

    def _value(self, value: object) -> str:
        """A name under which the code has this value."""
        name = f"given{len(self.given)}"
        self.given[name] = value
        return name
