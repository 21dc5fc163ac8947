"""What two declarations say of the answers to the same call, compared: one finding a change, under oasdiff's id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.declared.api import BARE, Api, DeclaredHeader, DeclaredOperation, DeclaredResponse, Schema
from harness.declared.compare import Comparer
from harness.declared.found import Found
from harness.declared.matching import answers, matched_operations
from harness.declared.media_types import matched, media_type
from harness.declared.members import Deprecations
from harness.declared.routes import full_template
from harness.declared.rules import declared_rules, rule_id
from harness.declared.value_types import nullable, types
from harness.declared.values import short, value_key
from harness.declared.views import Views
from harness.declared.walk import Walk
from harness.model.change import Change, Support, fingerprint
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

_NOTHING = Support(0, 0, 0)

Row = tuple[str, str, str, Found]
"""A rule's id, where it is (as in Change.path), where the schema stands that has it, and the finding."""


def compare_responses(old: Api, new: Api, deprecations: Deprecations | None = None) -> list[Change]:
    """How the declared answers differ, for each operation that both declare: a row a place, one fingerprint a change.

    `deprecations` says how long before its end a field has to be marked as deprecated; without it, nothing is asked.
    """
    side = _Comparison(Views(old.resolve), Views(new.resolve), deprecations or Deprecations())
    return [change for pair in matched_operations(old, new) for change in side.changes(*pair)]


@dataclass
class _Comparison:
    """`walks` keep what was compared: by whether values are text, and how long deprecations have to be announced."""

    before: Views
    after: Views
    deprecations: Deprecations
    walks: dict[tuple[bool, int], Walk] = field(default_factory=dict)

    def changes(self, old: DeclaredOperation, new: DeclaredOperation) -> Iterator[Change]:
        """Rows that differ only in the status or the media type are one."""
        rows: dict[bytes, tuple[Row, list[str]]] = {}
        days = self.deprecations.days.get(str(new.extensions.get("x-stability-level", "stable")), 0)
        for row, answer in self._rows(old, new, days):
            key = value_key([row[0], row[1], row[3].told])
            rows.setdefault(key, (row, []))[1].append(answer)
        first: dict[tuple[str, str, bytes], str] = {}
        for (id_, path, place, found), said in rows.values():
            start = first.setdefault((id_, place, value_key(found.told)), path)
            yield _change(id_, old, path, start, found, list(dict.fromkeys(said)))

    def _rows(self, old: DeclaredOperation, new: DeclaredOperation, days: int) -> Iterator[tuple[Row, str]]:
        for status, before, after in answers(old.responses, new.responses):
            if before is None or after is None:
                action = "added" if before is None else "removed"
                success = "success" if status.startswith("2") else "non-success"
                message = f"an answer with status {status} is declared {'now' if before is None else 'no more'}"
                yield _row(f"response-{success}-status-{action}", f"status {status}", Found("", message)), ""
                continue
            for row in self._headers(before.headers, after.headers):
                yield row, status
            for row in self._contents(status, before, after, days):
                yield row, status

    def _headers(self, old: Mapping[str, DeclaredHeader], new: Mapping[str, DeclaredHeader]) -> Iterator[Row]:
        for name, header in old.items():
            place = f"header {name}"
            if name not in new:
                kind = "required" if header.required else "optional"
                yield _row(f"{kind}-response-header-removed", place, Found("", f"{name} is gone", header.schema))
                continue
            if header.required and not new[name].required:
                yield _row("response-header-became-optional", place, Found("", f"{name} may be missing now"))
            schemas = header.schema, new[name].schema
            if schemas[0] is not None and schemas[1] is not None:
                views = self.before.of(schemas[0]), self.after.of(schemas[1])
                for found in (*types(*views, loose=True), *nullable(*views)):
                    yield _row(found.id.format("header"), place, found)
        for name, header in new.items():
            if name not in old:
                yield _row("response-header-added", f"header {name}", Found("", f"{name} is new", None, header.schema))

    def _contents(self, status: str, old: DeclaredResponse, new: DeclaredResponse, days: int) -> Iterator[Row]:
        place = f"status {status}"
        for before, after, how in matched(old.content, new.content):
            if before is None or after is None:
                action = "added" if before is None else "removed"
                found = Found("", f"{after or before} was {action}", before, after, told=after or before)
                yield _row(f"response-media-type-{action}", place, found)
                continue
            if how:
                found = Found("", f"{before} became {after}", before, after, told=[before, after])
                yield _row(f"response-media-type-{how}", place, found)
            yield from self._bodies(place, before, old.content[before], new.content[after], days)

    def _bodies(self, place: str, name: str, old: Schema | None, new: Schema | None, days: int) -> Iterator[Row]:
        if old is None or new is None:
            if old is not new:
                action = "added" if old is None else "removed"
                message = f"what {name} holds is {'declared now' if old is None else 'not declared any more'}"
                yield _row(f"response-body-media-type-schema-{action}", place, Found("", message, old, new, told=name))
            return
        loose = not media_type(name).is_json
        if (loose, days) not in self.walks:
            comparer = Comparer(self.before, self.after, loose, days, self.deprecations.today)
            self.walks[loose, days] = Walk(comparer)
        for path, found in self.walks[loose, days].differences(old, new):
            at: Path = (*path, *found.at)
            id_ = rule_id(found.id, "property" if at else "body")
            yield id_, format_path(at), str(id(found)), found


def _row(id_: str, place: str, found: Found) -> Row:
    return id_, place, place, found


def _change(id_: str, declared: DeclaredOperation, path: str, first: str, found: Found, said: list[str]) -> Change:
    rule = declared_rules()[id_]
    operation = declared.operation
    name = str(operation) if operation == BARE else f"{operation.method} {full_template(declared)}"
    statuses = [status for status in said if status]
    return Change(
        kind=id_,
        title=rule.title,
        level=rule.level,
        operation=name,
        path=path,
        message=found.message + (f" (status {', '.join(statuses)})" if statuses and path.startswith("$") else ""),
        reason=f"OLD declares {_declared(found.old)}, NEW declares {_declared(found.new)}",
        support=_NOTHING,
        old=found.old,
        new=found.new,
        facts={"statuses": statuses} if statuses else {},
        fingerprint=fingerprint(id_, name, first, found.told),
    )


def _declared(fragment: Json) -> str:
    return "nothing" if fragment is None else short(fragment, 120)
