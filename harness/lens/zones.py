"""One moment, written in another zone: by the minutes that a zone is ahead of UTC. Named zones are not known here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from harness.lens.moments import cut

_ZONE = re.compile(r"Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9]")


def minutes_ahead(zone: str) -> int:
    """Of `Z`, `+01:00`, `-0530`. Raises ValueError for anything else."""
    if not _ZONE.fullmatch(zone):
        raise ValueError(f"a zone is Z or an offset such as +01:00, not {zone!r}")
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def shifted(text: str, zone: str, minutes: int, to: str) -> str | None:
    """An ISO moment so many minutes later by the clock, with `to` for its zone `zone` ("" for none); the fraction stays.

    None where the text is no ISO moment in that zone, its day does not exist, or the year is not 1 to 9999 then.
    """
    parts = cut(text)
    if parts is None or parts.zone != zone:
        return None
    try:
        moved = datetime.fromisoformat(f"{parts.day}T{parts.time}") + timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return None
    return f"{moved.year:04}-{moved:%m-%d}{parts.between}{moved:%H:%M:%S}{parts.fraction}{to}"
