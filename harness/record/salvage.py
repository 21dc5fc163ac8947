"""A recording out of a damaged file: a journal whose writer was killed, a HAR that was cut off on its way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.model.errors import BadFile
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import parse
from harness.record.har import exchange_at, file_bytes, within_bounds
from harness.record.stream import is_stream, read_exchanges
from harness.record.whole_entries import whole_entries


def salvaged(path: Path) -> Recording:
    """The exchanges of a HAR or a stream up to its first damage, in the file's order; all of them where it has none.

    A journal has them in the order in which they ended. Raises BadFile where not even one is whole.
    """
    kept, damage = _until_damage(path, read_exchanges(path))
    if damage is not None and not kept and not is_stream(path):
        kept, _ = _until_damage(path, _whole(path))
    if damage is not None and not kept:
        raise damage
    return Recording(tuple(kept), source=f"{path}, as far as it is whole ({damage.what})" if damage else str(path))


def _until_damage(path: Path, exchanges: Iterator[Exchange]) -> tuple[list[Exchange], BadFile | None]:
    kept: list[Exchange] = []
    try:
        for exchange in within_bounds(path, exchanges):
            kept.append(exchange)  # noqa: PERF402 (what came before the damage stays)
    except BadFile as damage:
        return kept, damage
    return kept, None


def _whole(path: Path) -> Iterator[Exchange]:
    """The exchanges of a HAR that cannot be read as one."""
    for index, text in enumerate(whole_entries(file_bytes(path))):
        try:
            entry = parse(text)
        except ValueError:  # here, or before, is the damage
            return
        yield exchange_at(path, index, entry)
