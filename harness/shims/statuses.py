"""Which statuses are left when some are taken, and two conditions at once: what the format of a condition can say of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.lens.condition import Condition
from harness.lens.step import Step
from harness.lens.steps.refuse import Refuse
from harness.lens.steps.status import Status
from harness.shims.document import Learned
from harness.shims.retold import CannotCompose

_CLASSES = "12345"


@dataclass(frozen=True)
class Statuses:
    """For each class (its first digit) the codes of it that are not among them."""

    classes: Mapping[str, frozenset[str]]
    codes: frozenset[str] = frozenset()

    @staticmethod
    def all() -> Statuses:
        """Every status."""
        return Statuses(dict.fromkeys(_CLASSES, frozenset()))

    @staticmethod
    def none() -> Statuses:
        """No status."""
        return Statuses({})

    def with_(self, status: str) -> Statuses:
        """These and another, as a condition has it: a code, a class, or "" for all."""
        if not status:
            return Statuses.all()
        if status.endswith("xx"):
            return replace(self, classes={**self.classes, status[0]: frozenset()})
        return replace(self, codes=self.codes | {status})

    def without(self, taken: Statuses) -> Statuses:
        """These less others (which are whole classes and codes)."""
        left = {
            each: out | {code for code in taken.codes if code[0] == each}
            for each, out in self.classes.items()
            if each not in taken.classes
        }
        codes = frozenset(code for code in self.codes if code not in taken.codes and code[0] not in taken.classes)
        return Statuses(left, codes)

    def narrowed(self, steps: Sequence[Learned]) -> list[Learned]:
        """The steps for just these statuses. Raises CannotCompose where no condition says so."""
        return [each for learned in steps for each in self._narrowed(learned)]

    def _narrowed(self, learned: Learned) -> Iterator[Learned]:
        asked = learned.step.when.status
        if self == Statuses.all():
            yield learned
        elif asked and not asked.endswith("xx"):
            if asked in self.codes or asked not in self.classes.get(asked[0], {asked}):
                yield learned
        else:
            for each, out in self.classes.items():
                if asked in ("", f"{each}xx"):
                    if out:
                        said = ", ".join(sorted(out))
                        raise CannotCompose(f"a step would have to be for {each}xx, but not for {said}")
                    step = learned.step
                    yield replace(learned, step=step.conditioned(replace(step.when, status=f"{each}xx")))


def within(status: str, *parts: Sequence[Learned]) -> tuple[list[Learned], ...]:
    """Steps one after the other for answers with a status: less those that are for others, and not asking again.

    Behind a step that changes the status, every condition stays.
    """
    told: list[list[Learned]] = []
    known = status
    for part in parts:
        told.append([])
        for learned in part:
            step = learned.step
            if known and (both(step.when, Condition(status=known)) is None or _starts_elsewhere(step, known)):
                continue
            if known and step.when.status in (known, f"{known[0]}xx"):
                learned = replace(learned, step=step.conditioned(replace(step.when, status="")))
            told[-1].append(learned)
            known = "" if isinstance(step, (Status, Refuse)) else known
    return tuple(told)


def _starts_elsewhere(step: Step, status: str) -> bool:
    return isinstance(step, Status) and status not in (str(step.from_), f"{step.from_ // 100}xx")


def both(one: Condition, other: Condition) -> Condition | None:
    """Both conditions at once; None where no answer meets both."""
    statuses = {one.status, other.status} - {""}
    if len(statuses) > 1 and len({each[0] for each in statuses}) > 1:
        return None
    if len(statuses) > 1 and not any(each.endswith("xx") for each in statuses):
        return None
    if one.content_type and other.content_type and one.content_type != other.content_type:
        return None
    for name in ("query", "path"):
        theirs = dict(getattr(other, name))
        for key, wanted in getattr(one, name):
            if key in theirs and _exclude(wanted, theirs[key]):
                return None
    return one.and_(other)


def excluding(asked: Condition, taken: Condition) -> Condition | None:
    """`asked`, less the calls that another condition takes; None where nothing is left."""
    if both(asked, taken) is None:
        return asked
    pairs = [("query", *pair) for pair in taken.query] + [("path", *pair) for pair in taken.path]
    if not pairs:
        return None
    [(of, name, wanted), *more] = pairs
    if more or not isinstance(wanted, bool):
        raise CannotCompose(f"calls that are not {dict(taken.query)} cannot be told by a condition")
    rest = Condition(query=((name, not wanted),)) if of == "query" else Condition(path=((name, not wanted),))
    return both(asked, rest)


def _exclude(one: str | bool, other: str | bool) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one != other
    return False in (one, other) and one is not other
