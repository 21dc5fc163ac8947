"""A shop that gives out ids, tokens, versions and cursors by chance, and a client whose every call builds on earlier answers.

Each value of an answer belongs to an entity (`order 2`), and so does each value that the client sends: that is the truth to which
links are held. Decoys stand everywhere: ranks that equal another thing's id, flags, nulls, page sizes, quantities.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import requests

from harness.model.exchange import Exchange, Recording, Request, Response
from harness.replay.answered import Place
from harness.replay.sent import Slot

CALLS = 40


@dataclass
class Shop:
    """The server's side of one life: `seed` decides what it gives out, and nothing else does."""

    seed: int
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: list[dict[Place, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.next_id = self.chance.randrange(2, 40)
        self.counts = {"customers": 0, "orders": 0, "payments": 0}

    def text(self, length: int) -> str:
        return "".join(self.chance.choices("abcdefghjkmnpqrstuvwxyz0123456789", k=length - 2)) + "7q"

    def answer(self, method: str, target: str, headers: dict[str, str], body: Any) -> tuple[int, dict[str, str], Any]:
        path, query = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query))
        segments = path.strip("/").split("/")
        marks: dict[Place, str] = {}
        self.marks.append(marks)
        if segments == ["session"]:
            return self.session(marks)
        if headers.get("authorization") != f"Bearer {self.things['session']['token']}":
            return 401, {}, {"error": "who are you?"}
        if method != "GET" and headers.get("x-csrf-token") != self.things["session"]["csrf"]:
            return 403, {}, {"error": "forged"}
        return self.resource(method, segments, query, headers, body, marks)

    def session(self, marks: dict[Place, str]) -> tuple[int, dict[str, str], Any]:
        made = {"token": self.text(32), "csrf": self.text(20), "user": self.chance.randrange(100, 999)}
        self.things["session"] = made
        marks |= {("body", "access_token"): "session token", ("body", "csrf"): "session csrf"}
        return (
            200,
            {},
            {"access_token": made["token"], "csrf": made["csrf"], "expires_in": 3600, "ok": True, "count": 1},
        )

    def resource(
        self,
        method: str,
        segments: list[str],
        query: dict[str, str],
        headers: dict[str, str],
        body: Any,
        marks: dict[Place, str],
    ) -> tuple[int, dict[str, str], Any]:
        kind = segments[-1] if segments[-1] in self.counts else segments[0]
        if method == "POST":
            return self.created(kind, segments, body, marks)
        if segments[-1] in self.counts:
            return self.listed(kind, query, marks)
        name = next(
            (n for n, t in self.things.items() if n.startswith(kind[:-1]) and str(t["id"]) == segments[1]), None
        )
        if name is None:
            return 404, {}, {"error": f"no {kind[:-1]} {segments[1]}"}
        if method == "PUT":
            if headers.get("if-match") != self.things[name]["etag"]:
                return 412, {}, {"error": "changed meanwhile"}
            self.things[name] |= {"etag": f'"{self.text(16)}"', "edits": self.things[name]["edits"] + 1}
        return self.shown(name, 200, marks)

    def created(
        self, kind: str, segments: list[str], body: Any, marks: dict[Place, str]
    ) -> tuple[int, dict[str, str], Any]:
        for key, value in (body or {}).items():
            owner = key.removesuffix("Id").removesuffix("_id")
            if key != owner and not any(n.startswith(owner) and t["id"] == value for n, t in self.things.items()):
                return 422, {}, {"error": f"no {owner} {value}"}
        if len(segments) == 3 and not any(str(t.get("id")) == segments[1] for t in self.things.values()):
            return 404, {}, {"error": "nothing there"}
        self.counts[kind] += 1
        name = f"{kind[:-1]} {self.counts[kind]}"
        # Customers and orders have equal ids on purpose; payments have texts.
        number = self.text(24) if kind == "payments" else self.next_id + 3 * self.counts[kind]
        self.things[name] = {
            "id": number,
            "etag": f'"{self.text(16)}"',
            "edits": 0,
            "code": f"{kind[:2].upper()}-{self.text(8)}",
        }
        return self.shown(name, 201, marks)

    def shown(self, name: str, status: int, marks: dict[Place, str]) -> tuple[int, dict[str, str], Any]:
        thing, kind = self.things[name], name.split()[0] + "s"
        marks |= {
            ("body", "id"): f"{name} id",
            ("body", "code"): f"{name} code",
            ("header", "etag"): f"{name} etag {thing['edits']}",
            ("header", "location"): f"{name} location",
            ("header", "location", "segment", -1): f"{name} id",
        }
        body = {
            "id": thing["id"],
            "code": thing["code"],
            "rank": self.rank(),
            "active": True,
            "parent": None,
            "quantity": 2,
        }
        return status, {"ETag": thing["etag"], "Location": f"/{kind}/{thing['id']}"}, body

    def listed(self, kind: str, query: dict[str, str], marks: dict[Place, str]) -> tuple[int, dict[str, str], Any]:
        if "cursor" in query and query["cursor"] not in self.things["session"].get("cursors", ()):
            return 400, {}, {"error": "no such cursor"}
        names = [name for name in self.things if name.startswith(kind[:-1])][: int(query.get("limit", "10"))]
        cursor = self.text(18)
        self.things["session"].setdefault("cursors", []).append(cursor)
        marks[("body", "next")] = f"cursor {cursor}"
        marks[("header", "link", "next", "query", "cursor")] = f"cursor {cursor}"
        for index, name in enumerate(names):
            marks[("body", "items", index, "id")] = f"{name} id"
            marks[("body", "items", index, "code")] = f"{name} code"
        items = [
            {"id": self.things[n]["id"], "code": self.things[n]["code"], "rank": self.rank(), "ok": True} for n in names
        ]
        link = {"Link": f'</{kind}?cursor={cursor}&limit=2>; rel="next"'}
        return 200, link, {"items": items, "next": cursor, "limit": int(query.get("limit", "10")), "total": len(names)}

    def rank(self) -> int:
        """The id of the thing made first: equal to what it has nothing to do with, in every recording."""
        return next((thing["id"] for name, thing in self.things.items() if name == "customer 1"), 2)


@contextmanager
def serving(shop: Shop) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def respond(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, body = shop.answer(self.command, self.path, headers, json.loads(raw) if raw else None)
            text = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = respond  # noqa: N815 (the standard library's names)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


Truth = dict[tuple[str, Slot], str]
"""Which entity's value a slot of a call holds."""


@dataclass
class Client:
    """The plugin: what it does is decided by `plan`, what it sends by what it was answered."""

    url: str
    shop: Shop
    plan: random.Random
    exchanges: list[Exchange] = field(default_factory=list)
    truth: Truth = field(default_factory=dict)
    session: dict[str, str] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    cursor: tuple[str, str] | None = None

    def call(
        self, method: str, path: str, slots: dict[Slot, str], body: Any = None, headers: dict[str, str] | None = None
    ) -> Any:
        sent = dict(headers or {})
        if self.session:
            sent["Authorization"] = f"Bearer {self.session['access_token']}"
            slots = slots | {("header", "authorization"): "session token"}
            if method != "GET":
                sent["X-CSRF-Token"] = self.session["csrf"]
                slots = slots | {("header", "x-csrf-token"): "session csrf"}
        raw = json.dumps(body).encode() if body is not None else b""
        answer = requests.request(method, self.url + path, data=raw or None, headers=sent, timeout=10)
        assert answer.status_code < 400, (method, path, answer.text)
        name = f"c{len(self.exchanges) + 1:04d}"
        request = Request(method, f"http://system.test{path}", tuple(sent.items()), raw)
        response = Response(answer.status_code, tuple(answer.headers.items()), answer.content)
        self.exchanges.append(Exchange(request, response, id=name, meta={"dest": "empty"}))
        self.truth |= {(name, slot): entity for slot, entity in slots.items()}
        return answer

    def run(self) -> None:
        answer = self.call("POST", "/session", {}, {"user": "anna", "attempts": 3, "remember": True})
        self.session = answer.json()
        steps: list[Callable[[], None]] = [
            self.order,
            self.show,
            self.edit,
            self.list,
            self.more,
            self.pay,
            self.customer,
        ]
        self.customer()
        self.order()
        while len(self.exchanges) < CALLS:
            self.plan.choice(steps)()

    def pick(self, kind: str) -> str:
        return self.plan.choice([name for name in self.known if name.startswith(kind)])

    def made(self, kind: str, answer: Any) -> None:
        name = f"{kind} {sum(known.startswith(kind) for known in self.known) + 1}"
        self.known[name] = {**answer.json(), "etag": answer.headers["ETag"], "edits": 0}

    def customer(self) -> None:
        body = {"name": f"Customer {len(self.known)}", "active": True, "parent": None, "quantity": 2}
        self.made("customer", self.call("POST", "/customers", {}, body))

    def order(self) -> None:
        owner = self.pick("customer")
        key = self.plan.choice(["customerId", "customer_id"])
        body = {key: self.known[owner]["id"], "quantity": self.plan.randrange(2, 40), "express": True, "note": None}
        self.made("order", self.call("POST", "/orders", {("body", key): f"{owner} id"}, body))

    def pay(self) -> None:
        order = self.pick("order")
        path = f"/orders/{self.known[order]['id']}/payments"
        body = {
            "amount": self.plan.randrange(2, 40),
            "order_id": self.known[order]["id"],
            "code": self.known[order]["code"],
        }
        slots: dict[Slot, str] = {
            ("path", "2"): f"{order} id",
            ("body", "order_id"): f"{order} id",
            ("body", "code"): f"{order} code",
        }
        self.made("payment", self.call("POST", path, slots, body))

    def show(self) -> None:
        name = self.plan.choice(list(self.known))
        kind = name.split()[0]
        self.call("GET", f"/{kind}s/{self.known[name]['id']}?expand=true&size=10", {("path", "2"): f"{name} id"})

    def edit(self) -> None:
        name = self.pick(self.plan.choice(["order", "customer"]))
        thing = self.known[name]
        slots: dict[Slot, str] = {("path", "2"): f"{name} id", ("header", "if-match"): f"{name} etag {thing['edits']}"}
        body = {"quantity": self.plan.randrange(2, 40), "active": False}
        answer = self.call("PUT", f"/{name.split()[0]}s/{thing['id']}", slots, body, {"If-Match": thing["etag"]})
        thing |= {"etag": answer.headers["ETag"], "edits": thing["edits"] + 1}

    def list(self) -> None:
        kind = self.plan.choice(["orders", "customers"])
        answer = self.call("GET", f"/{kind}?limit={self.plan.choice([2, 5, 10])}", {}).json()
        self.cursor = (kind, answer["next"])

    def more(self) -> None:
        if self.cursor is None:
            self.list()
            return
        kind, cursor = self.cursor
        slots: dict[Slot, str] = {("query", "cursor"): f"cursor {cursor}"}
        answer = self.call("GET", f"/{kind}?cursor={quote(cursor)}&limit=2", slots).json()
        self.cursor = (kind, answer["next"])


def recorded(plan: int, life: int) -> tuple[Recording, Truth, dict[str, dict[Place, str]]]:
    """The workflow that `plan` decides, run on a shop of its own; the truth of its slots, and that of its answers."""
    shop = Shop(life)
    with serving(shop) as url:
        client = Client(url, shop, random.Random(plan))
        client.run()
    names = [exchange.id or "" for exchange in client.exchanges]
    return Recording(tuple(client.exchanges)), client.truth, dict(zip(names, shop.marks, strict=True))
