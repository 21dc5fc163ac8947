"""What all bodies and messages of a recording may take of the memory together, however many there are at once."""

from __future__ import annotations


class Room:
    """So many bytes to be had; what is given back can be had again."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, wanted: int) -> int:
        """How many of `wanted` bytes may be held."""
        got = min(wanted, self.left)
        self.left -= got
        return got

    def holds(self, size: int) -> bool:
        """Take all of `size`, or nothing: whether it fits."""
        fits = size <= self.left
        self.left -= size if fits else 0
        return fits

    def give_back(self, size: int) -> None:
        """So many bytes are held no more."""
        self.left += size
