"""What several reports say together: agreed, or contradicting each other, which nobody decides silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.intake.fact import Fact, agree


@dataclass(frozen=True)
class Contradiction:
    """Facts about one thing that do not agree, each with its source."""

    facts: tuple[Fact, ...]

    def __str__(self) -> str:
        subject, name = self.facts[0].key
        said = ", ".join(f"{fact.value} ({fact.source})" for fact in self.facts)
        return f"{subject} {name}: {said}"


@dataclass(frozen=True)
class Gathered:
    """The facts of all reports, by what they are about."""

    by_key: Mapping[tuple[str, str], tuple[Fact, ...]]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Gathered:
        """In the order in which they were told."""
        by_key: dict[tuple[str, str], tuple[Fact, ...]] = {}
        for fact in facts:
            by_key[fact.key] = (*by_key.get(fact.key, ()), fact)
        return cls(by_key)

    def fact(self, subject: str, name: str) -> Fact | None:
        """The most exact one about it; None where nothing is said, or reports contradict each other."""
        found = self.by_key.get((subject, name), ())
        return None if self.contradiction(subject, name) else max(found, key=lambda fact: len(fact.value), default=None)

    def value(self, subject: str, name: str) -> str:
        """The value of `fact`, else nothing."""
        found = self.fact(subject, name)
        return found.value if found else ""

    def contradiction(self, subject: str, name: str) -> Contradiction | None:
        """The facts about it, one for each value, where not all of them agree with the most exact one."""
        found = self.by_key.get((subject, name), ())
        exact = max(found, key=lambda fact: len(fact.value), default=None)
        if exact is None or all(agree(fact, exact) for fact in found):
            return None
        once: dict[str, Fact] = {}
        for fact in found:
            once.setdefault(fact.value.casefold(), fact)
        return Contradiction(tuple(once.values()))

    def contradictions(self) -> list[Contradiction]:
        """All of them."""
        return [found for key in self.by_key if (found := self.contradiction(*key))]

    def about(self, subject: str) -> list[Fact]:
        """One fact for each name of a subject that is agreed upon, in the order in which they were told."""
        return [fact for key in self.by_key if key[0] == subject and (fact := self.fact(*key))]
