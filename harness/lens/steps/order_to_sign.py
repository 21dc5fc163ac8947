"""`order-to-sign`: the order of sorting goes from a member of its own into a sign (`sort=x&order=desc` becomes `sort=-x`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import sign_to_order
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class OrderToSign(BodyStep):
    """In an object, the text `key` names what to sort by, and the text `order` is `down` or `up`: `order` goes, and `-` stands
    before the name where it was `down`. Both may be several, with `,` between them: then each has its own order.

    Nothing happens where one of the two is missing or no text, an order is neither `down` nor `up`, the two do not have as
    many parts, or a name is empty or has a sign already.
    """

    name = "order-to-sign"
    key: str
    order: str
    down: str = "desc"
    up: str = "asc"

    def __post_init__(self) -> None:
        """Two members and two orders that can be told apart."""
        sign_to_order.check_orders(self.key, self.order, self.down, self.up)

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, order, signs = self.key, self.order, {self.down: "-", self.up: ""}

        def order_to_sign(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or not isinstance(by := value.get(key), str):
                return value
            if not isinstance(said := value.get(order), str):
                return value
            names, orders = by.split(","), said.split(",")
            if len(names) != len(orders) or not all(each in signs for each in orders):
                return value
            if any(not name or name.startswith("-") for name in names):
                return value
            signed = ",".join(signs[each] + name for name, each in zip(names, orders, strict=True))
            return {name: (signed if name == key else item) for name, item in value.items() if name != order}

        return order_to_sign

    def undo(self) -> sign_to_order.SignToOrder:
        """The order in a member of its own again."""
        return sign_to_order.SignToOrder(
            at=self.at, key=self.key, order=self.order, down=self.down, up=self.up, when=self.when
        )
