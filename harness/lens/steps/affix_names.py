"""`affix-names`: the beginning or end of every member's name is exchanged (`filter[x]` becomes `x`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class AffixNames(BodyStep):
    """The object's own names that start with `prefix` and end with `suffix` (NEW's) get `to_prefix` and `to_suffix` (OLD's)
    instead, but those that `keep` lists. The two do not overlap: a name shorter than both together stays.

    The object stays as it is where a new name is one that `keep` lists or that the object has already. With `all`, also where
    a name that `keep` does not list does not start and end so: then nothing is lost.
    """

    name = "affix-names"
    prefix: str = ""
    to_prefix: str = ""
    suffix: str = ""
    to_suffix: str = ""
    keep: tuple[str, ...] = ()
    all: bool = False

    @property
    def loss(self) -> Loss:
        """Which names were changed, unless all were."""
        return Loss.ISO if self.all else Loss.RESTORABLE

    def edit(self) -> Edit:
        """Pure; see the class."""
        keep, least = frozenset(self.keep), len(self.prefix) + len(self.suffix)

        def fits(name: str) -> bool:
            affixed = name.startswith(self.prefix) and name.endswith(self.suffix)
            return affixed and len(name) >= least and name not in keep

        def renamed(name: str) -> str:
            return self.to_prefix + name[len(self.prefix) : len(name) - len(self.suffix)] + self.to_suffix

        def affix_names(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict):
                return value
            new = {name: renamed(name) for name in value if fits(name)}
            if self.all and any(name not in new and name not in keep for name in value):
                return value
            names = [new.get(name, name) for name in value]
            if names == list(value) or len(set(names)) < len(names) or not keep.isdisjoint(new.values()):
                return value
            return dict(zip(names, value.values(), strict=True))

        return affix_names

    def undo(self) -> AffixNames:
        """The other way round."""
        return AffixNames(
            at=self.at,
            prefix=self.to_prefix,
            to_prefix=self.prefix,
            suffix=self.to_suffix,
            to_suffix=self.suffix,
            keep=self.keep,
            all=self.all,
            when=self.when,
        )
