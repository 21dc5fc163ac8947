"""Path templates: `/articles/{id}.json` matches a path, says what its variables are, and is filled with them again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

_VARIABLE = re.compile(r"\{([^{}/]+)\}")


@dataclass(frozen=True)
class PathTemplate:
    """A variable stands for one or more characters other than `/`, as few as will do. `text` is as written.

    A name that stands twice stands for the same characters.
    """

    text: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Each variable ends at the first place where what follows it fits, for good: no path makes the match slow."""
        first, *rest = _VARIABLE.split(self.text)
        names, literals = rest[::2], [re.escape(literal) for literal in rest[1::2]]
        groups = [
            f"(?P=v{names.index(name)})" if name in names[:at] else f"(?P<v{at}>[^/]+?)"
            for at, name in enumerate(names)
        ]
        parts = [group + literal for group, literal in zip(groups, literals, strict=True)]
        return re.compile(re.escape(first) + "".join([f"(?>{part})" for part in parts[:-1]] + parts[-1:]))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(dict.fromkeys(_VARIABLE.findall(self.text)))

    @property
    def literal(self) -> int:
        """How many characters are fixed: the more, the more specific."""
        return len(_VARIABLE.sub("", self.text))

    def match(self, path: str) -> dict[str, str] | None:
        """The variables' values in a path, percent-decoded where that is UTF-8; None where it does not fit."""
        values = self.raw(path)
        return None if values is None else {name: decoded(value) for name, value in values.items()}

    def raw(self, path: str) -> dict[str, str] | None:
        """The same, as they stand in the path."""
        found = self._pattern.fullmatch(path)
        return None if found is None else dict(zip(self.variables, found.groups(), strict=True))

    def fill(self, values: Mapping[str, str]) -> str:
        """The path for values as `raw` gives them. Raises KeyError for a variable without a value."""
        return _VARIABLE.sub(lambda variable: values[variable[1]], self.text)


def decoded(raw: str) -> str:
    """A part of a path, percent-decoded where that is UTF-8."""
    try:
        return unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return raw
