"""Places in answers under the names that contracts give them: a member of a map stands for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from harness.model.paths import ANY, EACH, Path, Step, format_path, parse_path
from harness.schema.places import is_map
from harness.schema.summary import Summary, as_map

STATUS = "status"
HEADER = "header "


def normal_place(text: str) -> str:
    """`$['tags'][*]` as `$.tags[*]`, `header X-Total` as `header x-total`, or `status`. Raises ValueError on anything else."""
    if text.startswith("$"):
        return format_path(parse_path(text))
    name = text.removeprefix(HEADER).strip()
    if text == STATUS:
        return STATUS
    if text.startswith(HEADER) and name and not any(map(str.isspace, name)):
        return HEADER + name.lower()
    raise ValueError(f"{text!r} is no place in an answer: write $.a.path, header NAME or status")


def in_body(place: str) -> Path | None:
    """The path of a place in a body; None for a header and the status."""
    return parse_path(place) if place.startswith("$") else None


def generalised(place: str, bodies: Sequence[Summary]) -> str:
    """`$.users["17"].name` as `$.users.*.name` where the bodies show a map at `$.users`."""
    path = in_body(place)
    return place if path is None else format_path(_followed(path, bodies)[0])


def stands_in(place: str, bodies: Sequence[Summary]) -> bool:
    """Whether a body has the place; whatever is in no body, a header or the status, may be anywhere."""
    path = in_body(place)
    return path is None or bool(_followed(path, bodies)[1])


def _followed(path: Path, bodies: Sequence[Summary]) -> tuple[Path, Sequence[Summary]]:
    """The path with the members of maps as ANY, and what stands there."""
    found: list[Step] = []
    for step in path:
        named, bodies = _stepped(step, bodies)
        found.append(named)
    return tuple(found), bodies


def _stepped(step: Step, bodies: Sequence[Summary]) -> tuple[Step, Sequence[Summary]]:
    if step is EACH or isinstance(step, int):
        return step, [each.arrays.elements for each in bodies if each.arrays is not None]
    objects = [each.objects for each in bodies if each.objects is not None]
    if step is ANY or any(map(is_map, objects)):
        return ANY, [as_map(each)[0] for each in objects]
    return step, [each.keys[step] for each in objects if each.keys and step in each.keys]
