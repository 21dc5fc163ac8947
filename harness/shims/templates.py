"""Two path templates against each other: which paths both name, and what one's variables are in the other's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

_VARIABLE = re.compile(r"\{([^{}/]+)\}")

Fragments = dict[str, str]
"""Variables, and the part of another template that each stands for: `{id}`, `7`, `{name}.json`."""


def filled(template: str, fragments: Mapping[str, str]) -> str:
    """The template with some of its variables replaced."""
    return _VARIABLE.sub(lambda found: fragments.get(found[1], found[0]), template)


def variables(template: str) -> list[str]:
    """Their names, in order."""
    return _VARIABLE.findall(template)


def is_variable(fragment: str) -> str | None:
    """The name, where the fragment is one variable and nothing else."""
    found = _VARIABLE.fullmatch(fragment)
    return found[1] if found else None


def bound(general: str, special: str) -> Fragments | None:
    """What the variables of a template are in one that names no other paths; None where it does name others."""
    found: Fragments = {}
    theirs = special.split("/")
    ours = general.split("/")
    if len(ours) != len(theirs):
        return None
    for mine, its in zip(ours, theirs, strict=True):
        part = _segment(mine, its)
        if part is None or any(found.get(name, text) != text for name, text in part.items()):
            return None
        found |= part
    return found


def met(one: str, other: str) -> Fragments | None:
    """What the variables of `one` are, in the words of `one` and `other`, where both name a path; None where no path is both's.

    A variable that `other` brings in gets a name that `one` does not have.
    """
    other = _renamed(other, set(variables(one)))
    found: Fragments = {}
    ours, theirs = one.split("/"), other.split("/")
    if len(ours) != len(theirs):
        return None
    for mine, its in zip(ours, theirs, strict=True):
        if _segment(its, mine) is not None:
            continue  # as narrow as the other one, or narrower
        part = _segment(mine, its)
        if part is None or any(found.get(name, text) != text for name, text in part.items()):
            return None
        found |= part
    return found


def _segment(general: str, special: str) -> Fragments | None:
    """The same for what stands between two slashes. A variable is one character at least."""
    names, literals = _VARIABLE.findall(general), [re.escape(part) for part in _VARIABLE.split(general)[::2]]
    if not names:
        return {} if general == special else None
    groups = "".join(f"{literal}(.+?)" for literal in literals[:-1]) + literals[-1]
    match = re.fullmatch(groups, special, re.DOTALL)
    if match is None or not all(map(_is_whole, match.groups())):
        return None
    return dict(zip(names, match.groups(), strict=True))


def _is_whole(fragment: str) -> bool:
    """Whether the fragment cuts no variable in two."""
    return not set("{}") & set(_VARIABLE.sub("", fragment))


def _renamed(template: str, taken: Set[str]) -> str:
    names = {name: name for name in variables(template)}
    for name in names:
        while names[name] in taken:
            names[name] += "_"
    return filled(template, {name: f"{{{new}}}" for name, new in names.items()})
