"""`sign-to-order`: the order of sorting goes from a sign into a member of its own (`sort=-x` becomes `sort=x&order=desc`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import order_to_sign
from harness.model.json_text import Json


def check_orders(key: str, order: str, down: str, up: str) -> None:
    """Raises ValueError where the members or the orders cannot be told apart, or an order holds what separates orders."""
    if key == order or down == up or "," in down + up:
        raise ValueError("key and order are two members, down and up two texts without a comma")


@dataclass(frozen=True, kw_only=True)
class SignToOrder(BodyStep):
    """In an object, the text `key` names what to sort by, with `-` before it to sort down: the sign goes, and member `order`,
    right behind `key`, says `down` or `up`. Several names have `,` between them: then so have the orders.

    Nothing happens where `key` is missing or no text, `order` is there, or a name is empty or has two signs.
    """

    name = "sign-to-order"
    key: str
    order: str
    down: str = "desc"
    up: str = "asc"

    def __post_init__(self) -> None:
        """Two members and two orders that can be told apart."""
        check_orders(self.key, self.order, self.down, self.up)

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, order, down, up = self.key, self.order, self.down, self.up

        def sign_to_order(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or order in value or not isinstance(by := value.get(key), str):
                return value
            signed = by.split(",")
            names = [name.removeprefix("-") for name in signed]
            if any(not name or name.startswith("-") for name in names):
                return value
            orders = ",".join(down if name.startswith("-") else up for name in signed)
            ordered: dict[str, Json] = {}
            for name, item in value.items():
                ordered |= {key: ",".join(names), order: orders} if name == key else {name: item}
            return ordered if answer.takes(len(orders)) else value

        return sign_to_order

    def undo(self) -> order_to_sign.OrderToSign:
        """The order in a sign again."""
        return order_to_sign.OrderToSign(
            at=self.at, key=self.key, order=self.order, down=self.down, up=self.up, when=self.when
        )
