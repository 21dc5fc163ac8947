"""What a step is about, for a person: the places, headers or status of OLD's answer that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from harness.lens.step import BodyStep, Step
from harness.lens.steps.status import Status
from harness.model.paths import format_path
from harness.shims.addressed import addressed


def places(step: Step) -> Iterator[str]:
    """`$.items[*].price`, `header x-total-count`, `status 404`: each place that the step may change."""
    headers = [f"header {name.lower()}" for name in _headers(step)]
    yield from headers
    if isinstance(step, Status):
        yield f"status {step.from_}"
    elif isinstance(step, BodyStep) or not headers:
        yield from map(format_path, addressed(step))


def _headers(step: Step) -> Iterator[str]:
    if any(field.name == "header" for field in fields(step)):
        yield getattr(step, "header")  # noqa: B009  which steps have one is theirs to say
    elif step.name == "rename-header":
        yield from (getattr(step, "from_"), getattr(step, "to"))  # noqa: B009
