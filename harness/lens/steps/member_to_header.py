"""`member-to-header`: what NEW says in the body stands in a header again (`{"total": 12, …}` becomes `X-Total-Count: 12`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.conversions import conversion_of
from harness.lens.lines import is_kept
from harness.lens.parameters import checked_header, checked_place
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import header_to_member
from harness.lens.steps.convert import conversion_loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class MemberToHeader(BodyStep):
    """Member `key` of the object at `at` goes, and its value, a text, becomes the last header; `using` converts it to one.

    Nothing happens where the member is missing, the conversion does not fit, the text cannot be sent as it is (control
    characters but the tab, half a surrogate pair, white space at its ends, more than 8,000 characters), or a header of that
    name (in any letter case) is there. `at` names one place.
    """

    name = "member-to-header"
    key: str
    header: str
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
        """Puts the header into the answer when it edits the value; see the class."""
        key, header, convert = self.key, self.header, conversion_of(self.using).forward

        def member_to_header(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or key not in value or answer.header(header) is not None:
                return value
            text = convert(value[key])
            if not isinstance(text, str) or not is_kept(text):
                return value
            answer.headers = [*answer.headers, (header, text)]
            return {name: item for name, item in value.items() if name != key}

        return member_to_header

    def undo(self) -> header_to_member.HeaderToMember | None:
        """The member again, where the conversion has a way back."""
        conversion = conversion_of(self.using)
        if conversion_loss(conversion) is Loss.LOST:
            return None
        return header_to_member.HeaderToMember(
            at=self.at, header=self.header, key=self.key, using=conversion.back, when=self.when
        )
