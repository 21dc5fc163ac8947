"""What plugins do with answers, and what is told of it."""

from __future__ import annotations

import json

from tests.reads.conftest import Uses
from tests.reads.site import HTML, JSON, Answer

ROW = {"$.rows": "read", "$.rows[*]": "read"}
NAMES = ("id", "name", "owner")
HEADERS = ("content-length", "content-type", "date", "server")


def row(op: str, *names: str) -> Uses:
    return ROW | {f"$.rows[*].{name}": op for name in names}


USES = [
    ("", {}),
    ("d.total;", {"$.total": "read"}),
    ("d.rows[1].owner.first;", row("read", "owner", "owner.first")),
    ("const [{id}] = d.rows;", row("read", "id")),
    ("d.rows.map((row) => row.name);", row("read", "name")),
    ("for (const row of d.rows) row.name;", row("read", "name")),
    ("d.nope;", {"$.nope": "missing"}),
    ("d.rows[0].nope?.more;", row("missing", "nope")),
    ("'total' in d; 'nope' in d;", {"$.total": "tested", "$.nope": "tested"}),
    ("Object.hasOwn(d, 'total');", {"$.total": "tested"}),
    ("({...d.rows[0]});", row("copied", *NAMES)),
    ("Object.assign({}, d.rows[0]);", row("copied", *NAMES)),
    ("const {id, ...rest} = d.rows[0];", row("copied", "name", "owner") | {"$.rows[*].id": "read"}),
    ("Object.keys(d.rows[0]);", row("enumerated", *NAMES)),
    ("for (const k of Object.keys(d.rows[0])) d.rows[0][k];", row("enumerated", *NAMES)),
    (
        "for (const k in d.rows[0]) if (k === 'name') d.rows[0][k];",
        row("enumerated", "id", "owner") | {"$.rows[*].name": "read"},
    ),
    (
        "Object.keys(d.rows[0]); d.rows[0].name;",
        row("enumerated", "id", "owner") | {"$.rows[*].name": "enumerated read"},
    ),
    ("structuredClone(d).total;", {"$.total": "read"}),
    ("structuredClone({a: d.rows[0]}).a.id;", row("read", "id")),
    ("new MessageChannel().port1.postMessage({a: d.rows[0]});", {"$.rows": "read", "$.rows[*]": "exported read"}),
    ("history.replaceState(d.rows[0], '');", {"$.rows": "read", "$.rows[*]": "exported read"}),
    (
        "localStorage.x = JSON.stringify(d.rows[0].owner);",
        row("read serialised", "owner") | {"$.rows[*].owner.first": "serialised"},
    ),
    ("JSON.parse(JSON.stringify(d)).total;", {"$.total": "read"}),
    (
        "JSON.parse(JSON.stringify(d.rows[0].owner)).first; localStorage.x = JSON.stringify(d.rows[0].owner);",
        row("read serialised", "owner", "owner.first") | {"$.rows[*].owner.first": "read serialised"},
    ),
    ("JSON.stringify({mine: d.rows[0].owner});", row("read", "owner") | {"$.rows[*].owner.first": "serialised"}),
    ("d.total = 5; d.total; d.mine = 1; d.mine; delete d.rows; d.rows;", {}),
    ("Object.freeze(d); d.total;", {"$.total": "read", "$.rows": "enumerated"}),
    ("Object.defineProperty(d, 'total', {get: () => 3}); d.total;", {"$.total": "read"}),
    ("d.rows.push({id: 3}); d.rows[2].id; d.rows.length;", {"$.rows": "read", "$.rows[*]": "read"}),
    ("console.error(d); Promise.resolve(d);", {}),
]
"""What a plugin does with an answer `d`, and what is told of it."""

SOURCES = [
    ("(await get()).json().then((d) => d.total)", {"$.total": "read"}),
    ("JSON.parse(await (await get()).text()).total", {"$.total": "read"}),
    ("JSON.parse((await (await get()).text()).trim()).total", {"$.total": "read"}),
    ("JSON.parse(await (await get('prefixed')).text().then((text) => text.slice(6))).total", {"$.total": "read"}),
    ("JSON.parse(new TextDecoder().decode(await (await get()).arrayBuffer())).total", {"$.total": "read"}),
    ("JSON.parse(await (await (await get()).blob()).text()).total", {"$.total": "read"}),
    ("JSON.parse(await gathered((await get()).body.getReader())).total", {"$.total": "read"}),
    ("(await (await get()).clone().json()).total", {"$.total": "read"}),
    ("(await new Response((await get()).body).json()).total", {"$.total": "read"}),
    ("(await (await fetch(new Request(url))).json()).total", {"$.total": "read"}),
    ("(await (await fetch(new URL(url, location.href))).json()).total", {"$.total": "read"}),
    ("await (await get('text')).text()", {"$": "exported"}),
    ("await (await get('text')).arrayBuffer()", {"$": "exported"}),
    ("await (await get()).text()", {"$": "exported"}),
    ("(await get()).body.pipeThrough(new TextDecoderStream())", {"$": "exported"}),
    ("await (await get('number')).json()", {"$": "read"}),
    (
        "const x = JSON.parse(await (await get()).text()); localStorage.x = JSON.stringify(x.total + 1)",
        {"$.total": "read"},
    ),
    ("JSON.parse(await (await get('number')).text())", {"$": "read"}),
    ("await (await get('number')).json().catch(() => 1); (await get('text')).json().catch(() => 1)", {"$": "read"}),
    ("(await get()).ok; (await get()).status", {"status": "read"}),
    ("(await get()).headers.get('Content-Type')", {"header content-type": "read"}),
    ("(await get()).headers.get('X-Total-Count')", {"header x-total-count": "missing"}),
    ("(await get()).headers.has('X-Total-Count')", {"header x-total-count": "tested"}),
    ("[...(await get()).headers.keys()].length === 4", {f"header {name}": "enumerated" for name in HEADERS}),
    ("JSON.parse((await xhr()).responseText).total", {"$.total": "read"}),
    ("JSON.parse((await xhr()).response).total", {"$.total": "read"}),
    (
        "const x = await xhr(); x.responseText && JSON.parse(x.responseText).total; x.responseText.length",
        {"$.total": "read"},
    ),
    ("(await xhr('json')).response.total", {"$.total": "read"}),
    ("JSON.parse(new TextDecoder().decode((await xhr('arraybuffer')).response)).total", {"$.total": "read"}),
    ("(await xhr('blob')).response", {"$": "exported"}),
    ("(await xhr('json')).status", {"status": "read"}),
    ("(await xhr('json')).getResponseHeader('X-Total-Count')", {"header x-total-count": "missing"}),
    ("(await xhr('json')).getAllResponseHeaders()", {f"header {name}": "enumerated" for name in HEADERS}),
    ("(await lines('ndjson')).map((line) => JSON.parse(line).id)", {"$[*].id": "read"}),
    (
        "(await lines('events')).map((line) => line.startsWith('data:') && JSON.parse(line.slice(5)).id)",
        {"$[*].data.id": "read"},
    ),
    ("JSON.parse((await message('events')).data).id", {"$[*].data.id": "read"}),
]
"""How a plugin comes by an answer, and what is told of it."""

HELPERS = """
const get = (name = "json") => fetch(url.replace("json", name));
const gathered = async (reader) => {
  let text = "";
  for (const decoder = new TextDecoder(); ; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
};
const xhr = (type = "") => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  request.open("GET", url);
  request.responseType = type;
  request.onload = () => resolve(request);
  request.send();
});
const lines = async (name) => (await gathered((await get(name)).body.getReader())).split("\\n").filter(Boolean);
const message = (name) => new Promise((resolve) => {
  const events = new EventSource(url.replace("json", name));
  events.onmessage = (event) => { events.close(); resolve(event); };
});
"""


def bodies(rows: int) -> dict[str, Answer]:
    """The answers of each row, by its query: no two rows are given the same text."""
    return {f"/{name}?{row}": answer for row in range(rows) for name, answer in _bodies(row).items()}


def _bodies(row: int) -> dict[str, Answer]:
    people = ({"id": n, "name": "a", "owner": {"first": f"Ann {n} {row}"}} for n in (1, 2))
    data = json.dumps({"rows": list(people), "total": 100 + row}).encode()
    return {
        "json": (data, JSON),
        "prefixed": (b")]}',\n" + data, JSON),
        "text": (b"<p>some words</p>", HTML),
        "number": (b" 17%d" % row, JSON),
        "ndjson": (b'{"id": 1%d}\n{"id": 2%d}\n' % (row, row), {"Content-Type": "application/x-ndjson"}),
        "events": (b': hello\ndata: {"id": %d}\n\ndata: {"id": 0}\n\n' % row, {"Content-Type": "text/event-stream"}),
    }
