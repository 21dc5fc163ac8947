"""What ablation found: for each place of each operation's answers whether the plugin needs it, and what happens without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.ablation.edits import How
from harness.model.reads import Need


@dataclass(frozen=True)
class Finding:
    """`difference` says in words how the outcome differs where the place is needed; elsewhere why nothing is known."""

    need: Need
    difference: str = ""


@dataclass(frozen=True)
class Place:
    """A place of an operation's answers: `GET /articles`, `$.rows[*].id`."""

    operation: str
    place: str


@dataclass(frozen=True)
class Together:
    """Places of which the plugin can miss each, but not all: where all are changed so, the outcome differs."""

    how: How
    places: tuple[Place, ...]
    difference: str


@dataclass(frozen=True)
class Needs:
    """By operation, place, and what was done to it. `runs` of the plugin took `seconds`; `stopped` says why they ended early.

    `remarks` are what else must be said.
    """

    operations: Mapping[str, Mapping[str, Mapping[How, Finding]]] = field(default_factory=dict)
    together: tuple[Together, ...] = ()
    remarks: tuple[str, ...] = ()
    runs: int = 0
    seconds: float = 0.0
    stopped: str | None = None

    def of(self, operation: str, place: str, how: How = How.REMOVED) -> Finding:
        """What is known of a place; unobserved where it was not looked at."""
        found = self.operations.get(operation, {}).get(place, {}).get(how)
        return found or Finding(Need.UNOBSERVED, "not tried")

    def plain(self) -> Mapping[str, Mapping[str, Mapping[str, Need]]]:
        """The needs alone. A place that can be missed only where another one is there is unobserved: its need is not its own."""
        joint = {(each.operation, each.place, group.how) for group in self.together for each in group.places}
        return {
            operation: {
                place: {
                    how.value: Need.UNOBSERVED if (operation, place, how) in joint else finding.need
                    for how, finding in hows.items()
                }
                for place, hows in places.items()
            }
            for operation, places in self.operations.items()
        }

    def count(self, need: Need) -> int:
        """How many places have that need."""
        return sum(need_of(hows) is need for places in self.operations.values() for hows in places.values())


def need_of(hows: Mapping[How, Finding]) -> Need:
    """Of a place: needed where it is in any way, tolerated where all that was to be tried is."""
    needs = {finding.need for finding in hows.values()}
    if Need.NEEDED in needs:
        return Need.NEEDED
    return Need.TOLERATED if needs == {Need.TOLERATED} else Need.UNOBSERVED
