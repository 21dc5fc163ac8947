"""What parameters are conventionally called: the words of many APIs, by what they mean. Data, no logic but the spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.lens.steps.recase import words

WORDS: dict[str, frozenset[str]] = {
    "start": frozenset({"start", "offset", "skip", "from", "begin", "start index", "start at", "page offset"}),
    "end": frozenset({"end", "to", "stop"}),
    "limit": frozenset({"limit", "take", "top", "count", "max", "max results", "rows", "page limit"}),
    "page": frozenset({"page", "p", "page number", "page no", "page num", "page index", "current page"}),
    "size": frozenset({"size", "per page", "page size", "perpage", "pagesize", "items per page", "results per page"}),
    "sort": frozenset({"sort", "sort by", "order by", "sortby", "orderby", "ordering", "sort field", "sort column"}),
    "order": frozenset(
        {"order", "direction", "dir", "sort order", "order dir", "sort dir", "sort direction", "orderdir"}
    ),
    "search": frozenset({"q", "query", "search", "s", "term", "keyword", "keywords", "text", "filter"}),
}
"""Names in lower case, word by word, whatever they are written like."""

PAGES = (
    ("page", "per_page"),
    ("page", "size"),
    ("page", "page_size"),
    ("page", "limit"),
    ("page", "count"),
    ("page_number", "page_size"),
    ("page[number]", "page[size]"),
    ("p", "per_page"),
)
ROWS = (
    ("offset", "limit"),
    ("start", "end"),
    ("start", "limit"),
    ("skip", "take"),
    ("skip", "limit"),
    ("skip", "top"),
    ("from", "size"),
    ("from", "to"),
    ("start", "count"),
    ("start_at", "max_results"),
    ("page[offset]", "page[limit]"),
)
ENDS = frozenset({"end", "to"})
"""The last of ROWS says where a window ends; each other one how long it is."""

SORTS = ("sort", "order_by", "sort_by", "ordering", "order", "orderby", "sortby")
SORTED = (
    ("sort", "order"),
    ("sort", "direction"),
    ("sort", "dir"),
    ("sort_by", "order"),
    ("sort_by", "sort_order"),
    ("order_by", "order"),
    ("order_by", "direction"),
    ("order_by", "order_dir"),
    ("order", "direction"),
    ("sort", "sort_dir"),
)
SEARCHES = ("q", "query", "search", "term", "keyword", "text", "filter", "s")
FIELDS = ("fields", "include", "expand", "embed", "extra", "with", "select", "columns", "include_fields", "show")
"""By which a client asks for what an answer leaves out."""

FILTERS = ("filter[{}]", "filter.{}", "where[{}]", "{}__eq", "{}[eq]", "{}:eq", "{}_eq", "eq_{}")
"""How a filter on the field {} is written."""

MEMBERS = ("{}s", "{}[]", "{}[in]", "{}_in", "{}__in", "{}:in", "{}_in[]", "filter[{}]", "filter[{}][in]")
"""How a filter on several values of the field {} is written."""

_AFFIXES = ("", "_", "$")


def role(name: str) -> str:
    """Which of WORDS a parameter belongs to by its name, "" for none."""
    said = " ".join(words(name.lstrip("_$").replace("[", " ").replace("]", "")))
    return next((role for role, names in WORDS.items() if said in names), "")


def spelled(names: tuple[str, ...], like: str) -> Iterator[tuple[str, ...]]:
    """Several names in each usual spelling, that of `like` (`_start` has an underscore) first."""
    affix = next((each for each in _AFFIXES[1:] if like.startswith(each)), "")
    affixes = dict.fromkeys((affix, *_AFFIXES))
    yield from dict.fromkeys(tuple(each + name for name in way) for each in affixes for way in _cased(names))


def _cased(names: Iterable[str]) -> list[tuple[str, ...]]:
    snake = tuple(names)
    return [snake, tuple(_camel(name) for name in snake)]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))
