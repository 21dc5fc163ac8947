"""What a workspace says of its own secrets, beside what is known of everybody's: more that is one, or what is none after all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from harness.model.paths import Path
from harness.model.template import PathTemplate


class By(StrEnum):
    """What a rule goes by."""

    NAME = "names"
    HEADER = "headers"
    PLACE = "places"
    PATTERN = "patterns"


@dataclass(frozen=True)
class Rule:
    """One line of redact.yaml. `text` is a glob for a name, a header's name, a JSONPath, or a regular expression.

    `keep` says that it is no secret. `operation` (`GET /users/{id}`) and `path` are a place's; `line` is where it stands.
    """

    by: By
    text: str
    keep: bool = False
    operation: str = ""
    path: Path = ()
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.operation} {self.text}" if self.operation else self.text
        return f"{'keep' if self.keep else 'add'}: {self.by.value}: {place}"


@dataclass(frozen=True)
class Rules:
    """All of them; `source` is the file. With `off`, nothing is redacted at all."""

    rules: Sequence[Rule] = ()
    off: bool = False
    source: str = "redact.yaml"
    _named: dict[tuple[By, str], Rule | None] = field(default_factory=dict, repr=False, compare=False)

    def named(self, name: str, by: By = By.NAME) -> Rule | None:
        """The rule for a name (any letter case, - and _ alike), one that keeps before one that adds."""
        wanted = (by, _normal(name))
        if wanted not in self._named:
            fitting = [rule for rule in self._of(by) if fnmatchcase(wanted[1], _normal(rule.text))]
            self._named[wanted] = min(fitting, key=lambda rule: not rule.keep, default=None)
        return self._named[wanted]

    def keeping(self, value: str) -> Rule | None:
        """The rule by whose pattern a whole value is no secret."""
        return next((rule for pattern, rule in self._patterns if rule.keep and pattern.fullmatch(value)), None)

    @property
    def added(self) -> Iterator[tuple[re.Pattern[str], Rule]]:
        """What is a secret by its pattern, in any text."""
        return ((pattern, rule) for pattern, rule in self._patterns if not rule.keep)

    def places(self, method: str, path: str) -> list[Rule]:
        """The rules for places in the bodies of an operation."""
        return [
            rule for operation, template, rule in self._places if operation == method and template.raw(path) is not None
        ]

    def _of(self, by: By) -> list[Rule]:
        return [rule for rule in self.rules if rule.by is by]

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Rule]]:
        return [(re.compile(rule.text), rule) for rule in self._of(By.PATTERN)]

    @cached_property
    def _places(self) -> list[tuple[str, PathTemplate, Rule]]:
        split = ((*rule.operation.partition(" ")[::2], rule) for rule in self._of(By.PLACE))
        return [(method, PathTemplate(template), rule) for method, template, rule in split]


def _normal(name: str) -> str:
    return name.lower().replace("-", "_")
