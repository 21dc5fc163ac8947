"""Pages that show an answer with a library from npm, each library in two of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

JQUERY = "npm:jquery@3.7.1/dist/jquery.min.js"

DATA = {
    "total": 3,
    "items": [
        {
            "id": n,
            "name": f"Item {n}",
            "price": 9.5 + n,
            "owner": {"first": "Ann", "last": "Lee"},
            "tags": ["x", "y"],
            "unused": n,
        }
        for n in (1, 2, 3)
    ],
}


@dataclass(frozen=True)
class Shown:
    """`scripts` are loaded in this order; `does` is the plugin, `reads` the places that it must be seen to read at least."""

    does: str
    scripts: tuple[str, ...]
    reads: tuple[str, ...]
    not_read: tuple[str, ...] = ("$.total",)
    data: object = field(default_factory=lambda: DATA)


DATATABLES = """
new DataTable("#at", {
  ajax: { url: "/data", dataSrc: "items" },
  columns: [{ data: "id" }, { data: "name" }, { data: "owner.first" }, { data: "tags", render: "[, ]" }],
  initComplete: () => { done = true; },
});"""
TABULATOR = """
const table = new Tabulator("#at", {
  ajaxURL: "/data", ajaxResponse: (url, params, answer) => answer.items, height: 300,
  columns: [{ title: "N", field: "name" }, { title: "P", field: "price" }, { title: "O", field: "owner.first" }],
});
table.on("renderComplete", () => { done = table.getDataCount() === 3; });"""
SELECT2 = """
$("#at").html("<select></select>").find("select").select2({
  ajax: { url: "/data", delay: 0, processResults: (d) => ({ results: d.items.map((i) => ({ id: i.id, text: i.name })) }) },
}).on("select2:open", () => setTimeout(() => { done = $(".select2-results__option").text().includes("Item 3"); }, 1500))
  .select2("open");"""
SELECT2 = SELECT2.replace("setTimeout(() => { done = ", "setInterval(() => { done = done || ").replace(
    ", 1500)", ", 20)"
)
CALENDAR = """
new FullCalendar.Calendar(document.querySelector("#at"), {
  initialView: "listWeek", initialDate: "2026-03-02", timeZone: "UTC", events: "/data",
  eventsSet: (events) => { done = events.length === 2; },
}).render();"""
BOOTSTRAP = """
$("#at").html("<table></table>").find("table").bootstrapTable({
  url: "/data", dataField: "items", totalField: "count", columns: [{ field: "id" }, { field: "name" }, { field: "owner.last" }],
  onPostBody: (rows) => { done = rows.length === 3; },
});"""
JSTREE = """
$("#at").jstree({ core: { worker: false, data: { url: "/data", dataType: "json" } } })
  .on("ready.jstree", () => { $("#at").jstree("open_all"); done = true; });"""

EVENTS = [
    {"id": 1, "title": "Meeting", "start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z", "room": "A"},
    {"id": 2, "title": "Lunch", "start": "2026-03-03T12:00:00Z", "room": "B"},
]
TREE = [
    {"id": "a", "text": "Root", "note": 1, "children": [{"id": "b", "text": "Leaf", "note": 2}]},
    {"id": "c", "text": "Other", "note": 3, "state": {"opened": True}},
]
NAMED = ("$.items", "$.items[*]", "$.items[*].id", "$.items[*].name")


def _shown(
    does: str, library: str, reads: tuple[str, ...], versions: Mapping[str, str], **more: object
) -> dict[str, Shown]:
    return {
        f"{library} {version}": Shown(does, (JQUERY, f"npm:{library}@{version}/{file}"), reads, **more)  # type: ignore[arg-type]
        for version, file in versions.items()
    }


SHOWN = {
    **_shown(
        DATATABLES,
        "datatables.net",
        (*NAMED, "$.items[*].owner.first", "$.items[*].tags[*]"),
        {"1.13.11": "js/jquery.dataTables.min.js", "2.3.8": "js/dataTables.min.js"},
        not_read=("$.total", "$.items[*].price", "$.items[*].owner.last"),
    ),
    **_shown(
        TABULATOR,
        "tabulator-tables",
        ("$.items", "$.items[*].name", "$.items[*].price", "$.items[*].owner.first"),
        {"5.6.1": "dist/js/tabulator.min.js", "6.5.3": "dist/js/tabulator.min.js"},
    ),
    **_shown(
        SELECT2,
        "select2",
        NAMED,
        {"4.0.13": "dist/js/select2.min.js", "4.1.0": "dist/js/select2.min.js"},
        not_read=("$.total", "$.items[*].price", "$.items[*].owner"),
    ),
    **_shown(
        CALENDAR,
        "fullcalendar",
        ("$[*].title", "$[*].start", "$[*].end"),
        {"5.11.5": "main.min.js", "6.1.21": "index.global.min.js"},
        not_read=(),
        data=EVENTS,
    ),
    **_shown(
        BOOTSTRAP,
        "bootstrap-table",
        (*NAMED, "$.items[*].owner.last"),
        {"1.22.6": "dist/bootstrap-table.min.js", "1.27.3": "dist/bootstrap-table.min.js"},
    ),
    **_shown(
        JSTREE,
        "jstree",
        ("$[*].id", "$[*].text", "$[*].children", "$[*].children[*].text", "$[*].state"),
        {"3.3.12": "dist/jstree.min.js", "3.3.17": "dist/jstree.min.js"},
        not_read=(),
        data=TREE,
    ),
}
