"""`refuse`: an answer that lacks what OLD always had gives way to an error that says so."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import values_at
from harness.lens.step import Apply, Loss, Step
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

_BAD_GATEWAY = 502


@dataclass(frozen=True, kw_only=True)
class Refuse(Step):
    """Where an object at `at` lacks the member `key`, the answer becomes one with status 502 and a body that says what is lost.

    The body is `{"error": message, "lost": "$.items[*].units"}`; of the headers, only `content-type: application/json` is sent.
    An answer that has no object at `at` stays as it is; null is not missing.
    """

    name = "refuse"
    loss = Loss.LOST
    at: Path = ()
    key: str
    message: str

    def compile(self) -> Apply:
        """Replaces the whole answer; see the class."""
        at, key, message = self.at, self.key, self.message
        place = format_path((*at, key))

        def lacks(value: Json) -> bool:
            return isinstance(value, dict) and key not in value

        def refuse(answer: Answer) -> None:
            if any(map(lacks, values_at(answer.body, at))):
                answer.status = _BAD_GATEWAY
                answer.headers = [("content-type", "application/json")]
                answer.body = {"error": message, "lost": place}
                answer.edits += 1

        return self.when.guard(refuse)
