"""The order of a list, told by a field and a direction, in one parameter or two: the notations of many APIs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from harness.lens.steps.combine import Combine
from harness.lens.steps.order_to_sign import OrderToSign
from harness.lens.steps.sign_to_order import SignToOrder
from harness.lens.steps.table import Table
from harness.model.json_text import Json
from harness.probing.candidate import QUERY, Steps
from harness.probing.part import Part, Query, Rows, renamed
from harness.probing.vocabulary import SORTED, SORTS, spelled

_ORDER = "backfit-order"
"""A name between two notations, that no API has."""

_DOWN = frozenset({"desc", "descending", "down", "-1"})
_UP = frozenset({"asc", "ascending", "up", "1"})
_SPELLINGS = (("asc", "desc"), ("ASC", "DESC"))
_SUFFIXES = (":", " ", ",", ".")


def is_order(queries: Sequence[Query], name: str) -> bool:
    """Whether a parameter's values are all directions."""
    values = [str(query[name]).lower() for query in queries if name in query]
    return all(part in _DOWN | _UP for value in values for part in value.split(","))


def sorting_part(roles: Mapping[str, str], queries: Sequence[Query]) -> Part | None:
    """The order in the calls, where there is one; `roles` are the names of parameters by what they are for."""
    key = roles.get("sort")
    if key is None:
        return None
    texts = [text for query in queries if isinstance(text := query.get(key), str)]
    field = next((text.lstrip("-").split(",")[0] for text in texts if text.lstrip("-")), "")
    order = roles.get("order")
    if not field or any(by in text for text in texts for by in (":", " ")):
        return None
    if order is not None:
        words = _orders(queries, order)
        if words is None:
            return None
        tries = ({key: field, order: words[0]}, {key: field, order: words[1]})
        return Part((key, order), lambda: _sorts(key, order, words, ()), tries, _in_order(field))
    if any(text.startswith("-") for text in texts):
        away = SignToOrder(at=QUERY, key=key, order=_ORDER)
        return Part(
            (key,),
            lambda: _sorts(key, _ORDER, _SPELLINGS[0], (away,)),
            ({key: field}, {key: f"-{field}"}),
            _in_order(field),
        )
    return None


def _orders(queries: Sequence[Query], order: str) -> tuple[str, str] | None:
    """The words for up and for down, as OLD was asked with them; the usual one for what nobody asked for."""
    said = dict.fromkeys(part for query in queries if order in query for part in str(query[order]).split(","))
    ups, downs = [each for each in said if each.lower() in _UP], [each for each in said if each.lower() in _DOWN]
    if len(ups) > 1 or len(downs) > 1 or len(ups) + len(downs) != len(said) or not said:
        return None
    big = "".join((*ups, *downs)).isupper()
    return (ups or ["ASC" if big else "asc"])[0], (downs or ["DESC" if big else "desc"])[0]


def _in_order(field: str) -> Callable[[Sequence[Rows]], bool]:
    """Whether the first list goes up by the field and the second one down; where rows lack it, whether they differ at all."""

    def shows(lists: Sequence[Rows]) -> bool:
        up, down = lists
        if len(up) != len(down) or len(up) <= 1 or up == down:
            return False
        ends = [_comparable(row, field) for row in (up[0], up[-1], down[-1], down[0])]
        if any(end is None for end in ends) or len({type(end) for end in ends}) > 1:
            return True
        return bool(ends[0] <= ends[1] and ends[2] <= ends[3] and ends[0] != ends[3])

    return shows


def _comparable(row: Json, field: str) -> Any:
    value = row.get(field) if isinstance(row, dict) else None
    if isinstance(value, str):
        return value.casefold()
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _sorts(key: str, order: str, said: tuple[str, str], before: Steps) -> Iterator[Steps]:
    """From `key` and `order` to a sign, to two parameters, and to one text with both."""
    yield ()
    up, down = said
    signed = OrderToSign(at=QUERY, key=key, order=order, up=up, down=down)
    names = [name for word in SORTS for [name] in spelled((word,), key)]
    yield from ((*before, signed, *renamed({key: name})) for name in names)
    said_as = [(*before, *_said(order, said, ways)) for ways in _SPELLINGS]
    for new_key, new_order in (way for row in SORTED for way in spelled(row, key)):
        yield from ((*words, *_both_renamed(key, order, new_key, new_order)) for words in said_as)
    for name in names:
        yield from (
            (*said_as[0], Combine(at=QUERY, from_=(key, order), by=by, to=key), *renamed({key: name}))
            for by in _SUFFIXES
        )


def _said(order: str, said: tuple[str, str], ways: tuple[str, str]) -> Steps:
    return () if ways == said else (Table(at=(*QUERY, order), rows=((said[0], ways[0]), (said[1], ways[1]))),)


def _both_renamed(key: str, order: str, new_key: str, new_order: str) -> Steps:
    """In the order in which neither takes the other's name."""
    pairs = {key: new_key, order: new_order}
    return renamed(dict(reversed(pairs.items())) if new_key == order else pairs)
