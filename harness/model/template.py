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
    """A variable stands for one or more characters other than `/`. `text` is as written."""

    text: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts, at = [], 0
        for position, variable in enumerate(_VARIABLE.finditer(self.text)):
            parts.append(re.escape(self.text[at : variable.start()]) + f"(?P<v{position}>[^/]+?)")
            at = variable.end()
        return re.compile("".join(parts) + re.escape(self.text[at:]))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(_VARIABLE.findall(self.text))

    @property
    def literal(self) -> int:
        """How many characters are fixed: the more, the more specific."""
        return len(_VARIABLE.sub("", self.text))

    def match(self, path: str) -> dict[str, str] | None:
        """The variables' values in a path, percent-decoded; None where it does not fit."""
        found = self._pattern.fullmatch(path)
        if found is None:
            return None
        return {name: unquote(found[f"v{position}"]) for position, name in enumerate(self.variables)}

    def raw(self, path: str) -> dict[str, str] | None:
        """The same, as they stand in the path."""
        found = self._pattern.fullmatch(path)
        return None if found is None else {name: found[f"v{at}"] for at, name in enumerate(self.variables)}

    def fill(self, values: Mapping[str, str]) -> str:
        """The path for values as `raw` gives them. Raises KeyError for a variable without a value."""
        return _VARIABLE.sub(lambda variable: values[variable[1]], self.text)
