from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from harness.gate.ignore import Entry
from harness.gate.ignore_file import ignore_schema, read_ignore
from harness.model.errors import BadFile
from tests.gate.rows import written

HEAD = "schema: backfit/ignore/v1\n"


def entries(folder: Path, *entries: str) -> tuple[Entry, ...]:
    """Those of a file; each is a mapping in one line, from line 3 on."""
    return read_ignore(written(folder, HEAD + "accepted:\n" + "".join(f"- {{{each}}}\n" for each in entries))).entries


def test__read_ignore__an_entry__has_all_that_it_says(tmp_path: Path) -> None:
    text = f"""\
{HEAD}accepted:
  # agreed with the vendor
  - fingerprint: 0123456789012345
    environment: bike-shop
    operation: GET /a/{{id}}
    path: $['a'][*].b
    rule: response-property-removed
    reason: "nobody reads it: see #12"
    owner: ana
    expires: 2026-12-31
  - path: Header ETag
    reason: a proxy adds it
"""
    first, _ = read_ignore(written(tmp_path, text.replace("Header ETag", "header ETag"))).entries
    assert first == Entry(
        reason="nobody reads it: see #12",
        fingerprint="0123456789012345",
        rule="response-property-removed",
        operation="GET /a/{id}",
        path="$.a[*].b",
        environment="bike-shop",
        owner="ana",
        expires=date(2026, 12, 31),
        line=4,
    )


def test__read_ignore__a_header__is_written_in_any_case(tmp_path: Path) -> None:
    assert entries(tmp_path, "path: header ETag, reason: r")[0].path == "header etag"


@pytest.mark.parametrize("text", ["", "accepted:\n", "accepted: []\n"])
def test__read_ignore__without_entries__has_none(tmp_path: Path, text: str) -> None:
    assert read_ignore(written(tmp_path, HEAD + text)).entries == ()


@pytest.mark.parametrize(
    ("entry", "said", "instead"),
    [
        ("path: $", "$ would hide whatever happens to a whole body", "$.name"),
        ("path: '$[*]'", "whatever happens to $, its length included", "$[*].name"),
        ("path: '$.*'", "whatever happens to $, its length included", "fingerprint"),
        ("path: '$.items[*]'", "whatever happens to $.items, its length included", "$.items[*].name"),
        ("path: '$.map.*'", "whatever happens to $.map, its length included", "$.map.*.name"),
        ("path: \"$['items'][*]\"", "whatever happens to $.items", "fingerprint"),
        ("operation: GET /a", "the entry names operation alone", "path: $.items[*].price"),
        ("environment: shop", "the entry names environment alone", "fingerprint"),
        ("rule: response-property-removed", "the entry names rule alone", "fingerprint"),
        ("rule: x, operation: GET /a", "the entry names rule and operation alone", "fingerprint"),
        ("owner: ana", "the entry names nothing alone", "fingerprint"),
        ("rule: response-list-elements-changed, path: $.a", "whatever a list gains or loses", "fingerprint"),
        ("rule: response-list-elements-changed, operation: GET /a", "names rule and operation alone", "fingerprint"),
        ("rule: response-list-emptied, path: $.a", "whatever a list gains or loses", "fingerprint"),
        ("path: status", "this would hide every status", "name the operation"),
    ],
)
def test__read_ignore__a_wide_mute__is_refused_and_told_what_to_write(
    tmp_path: Path, entry: str, said: str, instead: str
) -> None:
    with pytest.raises(BadFile) as error:
        entries(tmp_path, f"reason: r, {entry}")
    assert str(error.value.where).endswith("file.yaml:3")
    assert said in error.value.what
    assert instead in (error.value.hint or "")


@pytest.mark.parametrize(
    "entry",
    [
        "path: $.a",
        "path: '$[*].a'",
        "path: '$.map.*.a'",
        "path: '$.items[0]'",
        "path: header etag",
        "path: status, operation: GET /a",
        "fingerprint: 00000000000000ff",
        "fingerprint: 00000000000000ff, rule: response-list-elements-changed, path: '$[*]'",
    ],
)
def test__read_ignore__one_place_or_finding__is_taken(tmp_path: Path, entry: str) -> None:
    assert len(entries(tmp_path, f"reason: r, {entry}")) == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("path: $.a", "the entry has no reason"),
        ("path: $.a, reason: ''", "'reason' is an empty text"),
        ("path: $.a, reason: ' '", "'reason' is an empty text"),
        ("path: $.a, reason: ", "'reason' is an empty text"),
        ("path: $.a, reason: [x]", "'reason' is no text"),
        ("path: $.a, reason: r, owner: ''", "'owner' is an empty text"),
        ("path: $.a, reason: r, expires: tomorrow", "'tomorrow' is no date"),
        ("path: $.a, reason: r, expires: 2026-02-30", "'2026-02-30' is no date"),
        ("fingerprint: 12, reason: r", "'12' is no fingerprint"),
        ("fingerprint: 00000000000000FF, reason: r", "is no fingerprint"),
        ("path: '$.a[', reason: r", "cannot read the path"),
        ("fingerprint: 00000000000000ff, path: '$.a[', reason: r", "cannot read the path"),
        ("path: $.a, reason: r, message: gone", "unknown key 'message'"),
        ("path: $.a, reason: r, reason: s", "stands here twice"),
    ],
)
def test__read_ignore__a_mistake__is_named_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(BadFile) as error:
        entries(tmp_path, entry)
    assert str(error.value.where).endswith("file.yaml:3")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accepted: {a: b}", "'accepted' is no list"),
        ("accepted: [a]", "an entry is a mapping"),
        ("ignored: []", "unknown"),
    ],
)
def test__read_ignore__of_another_shape__is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFile, match=said) as error:
        read_ignore(written(tmp_path, HEAD + text))
    assert str(error.value.where).endswith("file.yaml:2")


def test__read_ignore__several_mistakes__are_one_message(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as error:
        entries(tmp_path, "path: $", "path: $.a, reason: r", "path: $, reason: r", "operation: GET /, reason: r")
    assert [line.split(": ")[0][-2:] for line in str(error.value).split("\n") if "file.yaml" in line] == [
        ":3",
        ":5",
        ":6",
    ]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (
            "accepted: [{path: $.a, reason: r, owner: o, expires: '2026-01-01', environment: e, operation: GET /a}]",
            True,
        ),
        ("accepted: [{fingerprint: 00000000000000ff, reason: r, rule: x}]", True),
        ("accepted: []", True),
        ("accepted: [{path: $.a}]", False),
        ("accepted: [{operation: GET /a, reason: r}]", False),
        ("accepted: [{fingerprint: ff, reason: r}]", False),
        ("accepted: [{path: $.a, reason: r, message: m}]", False),
        ("accepted: [{path: $.a, reason: ''}]", False),
        ("other: []", False),
    ],
)
def test__ignore_schema__as_the_reader__takes_and_refuses(tmp_path: Path, text: str, valid: bool) -> None:
    Draft202012Validator.check_schema(ignore_schema())
    assert Draft202012Validator(ignore_schema()).is_valid(YAML(typ="safe").load(HEAD + text)) is valid
    try:
        read_ignore(written(tmp_path, HEAD + text))
    except BadFile:
        assert not valid
    else:
        assert valid
