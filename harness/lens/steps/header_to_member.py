"""`header-to-member`: what NEW says in a header stands in the body again."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.conversions import UNFIT, conversion_of
from harness.lens.lines import is_kept
from harness.lens.parameters import checked_header, checked_place
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import member_to_header
from harness.lens.steps.convert import conversion_loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class HeaderToMember(BodyStep):
    """The header goes, and its value, a text, becomes the last member `key` of the object at `at`; `using` converts it.

    Nothing happens unless there is just one header of that name (in any letter case), with a value as `member-to-header` writes
    it, an object at `at`, no member `key` in it, and the conversion fits. `at` names one place.
    """

    name = "header-to-member"
    header: str
    key: str
    using: str = ""

    def __post_init__(self) -> None:
        """One header, one place, a conversion that exists."""
        checked_header(self.header)
        checked_place(self.at)
        conversion_of(self.using)

    @property
    def loss(self) -> Loss:
        """The conversion's."""
        return conversion_loss(conversion_of(self.using))

    def edit(self) -> Edit:
        """Takes the header out of the answer when it edits the value; see the class."""
        lowered, key, convert = self.header.lower(), self.key, conversion_of(self.using).forward

        def header_to_member(value: Json, answer: Answer) -> Json:
            texts = [text for name, text in answer.headers if name.lower() == lowered]
            if not isinstance(value, dict) or key in value or len(texts) != 1 or not is_kept(texts[0]):
                return value
            member = convert(texts[0])
            if member is UNFIT:
                return value
            answer.headers = [pair for pair in answer.headers if pair[0].lower() != lowered]
            return {**value, key: member}

        return header_to_member

    def undo(self) -> member_to_header.MemberToHeader | None:
        """The header again, where the conversion has a way back."""
        conversion = conversion_of(self.using)
        if conversion_loss(conversion) is Loss.LOST:
            return None
        return member_to_header.MemberToHeader(
            at=self.at, key=self.key, header=self.header, using=conversion.back, when=self.when
        )
