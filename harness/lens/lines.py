"""What may stand in a header: a text that cannot break out of its line, and that no server refuses for its length."""

from __future__ import annotations

import re

_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
"""RFC 9110 section 5.5: no control character but the tab; and half a surrogate pair has no bytes."""
_LONGEST = 8000
"""Characters: about what common servers and clients take of a header, as RFC 9110 section 4.1 asks for of a URL."""


def is_sendable(text: str) -> bool:
    """Whether the text can be a header's value."""
    return len(text) <= _LONGEST and not _UNSENDABLE.search(text)


def is_kept(text: str) -> bool:
    """Whether it also arrives as it was sent: white space at the ends is no part of a value."""
    return is_sendable(text) and text.strip(" \t") == text
