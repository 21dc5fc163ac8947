"""Two versions of a shop, as real servers: OLD's answers are recorded from one, and the other one is probed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from harness.model.exchange import Exchange, Recording, Request, Response
from tests.record.raw_server import RawServer, body_of, head_of, http

Query = dict[str, list[str]]
Asked = Callable[[str, str, Query, Any], tuple[int, Any]]
"""(method, path, query, body) -> status and JSON."""

ITEMS = [{"id": n, "title": f"item {n * 7 % 45:02}", "views": n * 13 % 45, "tag": "abc"[n % 3]} for n in range(1, 46)]


def server(asked: Asked) -> RawServer:
    """A server that answers so."""

    def answer(request: bytes) -> bytes:
        method, target, _ = head_of(request)[0].split(" ")
        body = body_of(request)
        parts = urlsplit(target)
        query = parse_qs(parts.query, keep_blank_values=True)
        status, value = asked(method, parts.path, query, json.loads(body) if body else None)
        return http(json.dumps(value).encode(), "Content-Type: application/json", status=f"{status} X")

    return RawServer(answer)


def recorded(asked: Asked, *targets: str, method: str = "GET", body: Any = None) -> Recording:
    """OLD's recording of these calls."""
    return Recording(tuple(_exchange(asked, method, target, body, at) for at, target in enumerate(targets)))


def _exchange(asked: Asked, method: str, target: str, body: Any, at: int) -> Exchange:
    parts = urlsplit(target)
    status, value = asked(method, parts.path, parse_qs(parts.query, keep_blank_values=True), body)
    headers = (("Content-Type", "application/json"),)
    sent = b"" if body is None else json.dumps(body).encode()
    response = Response(status, headers, json.dumps(value).encode())
    return Exchange(Request(method, f"http://shop.test{target}", headers if sent else (), sent), response, id=f"c{at}")


def ordered(by: str, down: bool) -> list[dict[str, Any]]:
    return sorted(ITEMS, key=lambda item: item[by], reverse=down)


def first(query: Query, name: str, default: str = "") -> str:
    return query.get(name, [default])[0]


def old(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
    """`/api/1/items?_start=0&_end=10&_sort=title&_order=DESC&tag=a&search=x`, `/api/1/items/7`."""
    if path.startswith("/api/1/items/"):
        return next(((200, item) for item in ITEMS if path.endswith(f"/{item['id']}")), (404, {"error": "gone"}))
    if path != "/api/1/items":
        return 404, {"error": "no such path"}
    rows = ordered(first(query, "_sort", "id"), first(query, "_order") == "DESC")
    rows = [
        row for row in rows if first(query, "search") in row["title"] and first(query, "tag", row["tag"]) == row["tag"]
    ]
    return 200, rows[int(first(query, "_start", "0")) : int(first(query, "_end", "45"))]


def paged(
    page: str, size: str, sort: str, *, first_page: int = 1, strict: bool = False, search: str = "search"
) -> Asked:
    """A new version that serves `/api/2/items` in pages with an envelope; one that is `strict` refuses what it does not know."""
    known = {page, size, sort, "tag", search}

    def asked(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        if path.startswith("/api/2/items/"):
            return next(((200, item) for item in ITEMS if path.endswith(f"/{item['id']}")), (404, {"error": "gone"}))
        if path != "/api/2/items":
            return 404, {"error": "no such path"}
        if strict and not query.keys() <= known:
            return 400, {"error": f"unknown parameter {min(query.keys() - known)}"}
        by = first(query, sort, "id")
        rows = ordered(by.lstrip("-"), by.startswith("-")) if by.lstrip("-") in ITEMS[0] else ITEMS
        rows = [
            row
            for row in rows
            if first(query, search) in row["title"] and first(query, "tag", row["tag"]) == row["tag"]
        ]
        count = int(first(query, size, "20"))
        start = (int(first(query, page, str(first_page))) - first_page) * count
        return 200, {"total": len(rows), "data": rows[start : start + count]} if start >= 0 else {
            "total": 0,
            "data": [],
        }

    return asked


LISTS: Sequence[str] = (
    "/api/1/items?_start=0&_end=10&_sort=title&_order=ASC",
    "/api/1/items?_start=10&_end=20&_sort=title&_order=ASC",
    "/api/1/items?_start=0&_end=5&_sort=views&_order=DESC",
    "/api/1/items?_start=5&_end=10&_sort=views&_order=DESC&tag=a",
    "/api/1/items?_start=0&_end=5&_sort=id&_order=DESC",
)
