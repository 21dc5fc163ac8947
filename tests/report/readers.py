"""How tests read what a writer wrote: a page as its texts and elements, a schema that refuses what it does not name."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Parsed(HTMLParser):
    """The page's text and its elements' attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def closed(schema: Any) -> Any:
    """The schema, refusing what it does not name: a field that it forgot is seen."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(item) for key, item in schema.items()}
    return {"additionalProperties": False, **inner} if "properties" in schema else inner
