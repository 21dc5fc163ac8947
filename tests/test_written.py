from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import BadFile
from harness.written import Mistake, Written, document, read_written, refused, suggestion, unknown_keys
from tests.gate.rows import written

FORMAT = "backfit/x/v1"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0123456789012345", "0123456789012345"),
        ("12345e6789012345", "12345e6789012345"),
        ("2026-12-31", "2026-12-31"),
        ("1.10", "1.10"),
        ("yes", "yes"),
        ("~", None),
        ("", None),
        ("'~'", "~"),
        ('"\\ud83d\\udeb2"', "🚲"),
        ('"\\ud83d"', "\ufffd"),
    ],
)
def test__read_written__a_scalar__is_the_text_that_stands_there(tmp_path: Path, text: str, value: str | None) -> None:
    assert read_written(written(tmp_path, text)).value == value


@pytest.mark.parametrize("text", ["a: x\nb:\n- y\n- c: z\n", '{"a": "x",\n\t"b": [\n\t"y",\n\t{"c": "z"}]}'])
def test__read_written__yaml_or_json__has_the_line_of_each_value(tmp_path: Path, text: str) -> None:
    read = read_written(written(tmp_path, "\ufeff" + text))
    assert isinstance(read.value, dict)
    listed = [Written(3, "y"), Written(4, {"c": Written(4, "z")})]
    assert read.value == {"a": Written(1, "x"), "b": Written(2, listed)}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2\n", 2, "'a' stands here twice"),
        ("a: &x [1]\nb: *x\n", 1, "anchors and aliases"),
        ("a: &x\n- *x\n", 1, "anchors and aliases"),
        ("a:\n\tb: 1\n", 2, "not YAML"),
        ("a: 1\n- b\n", 2, "not YAML"),
        ("a: 1\n\x07b: 2\n", 1, "not YAML"),
        ("? [a]\n: 1\n", 1, "a key is a text"),
        ("a: x\n---\nb: y\n", 2, "not YAML"),
    ],
)
def test__read_written__what_it_cannot_read__names_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadFile, match=said) as error:
        read_written(file)
    assert error.value.where == f"{file}:{line}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: \xff", "not UTF-8"),
        (b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b" " * 4_000_001, "are read at most"),
    ],
)
def test__read_written__bytes_that_nobody_wrote__are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(BadFile, match=said):
        read_written(tmp_path / "x")


def test__read_written__no_file__says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file"):
        read_written(tmp_path / "x")


def test__refused__several_mistakes__names_each_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    mistakes = [Mistake(3, "c", "do x"), Mistake(1, "a"), Mistake(3, "c", "do x"), Mistake(2, "b", "do y")]
    assert str(refused(Path("f"), mistakes)) == "f:1: a\nf:2: b\n  do y\nf:3: c\n  do x"


def test__refused__a_first_one_with_a_hint__keeps_the_hint_under_it() -> None:
    assert str(refused(Path("f"), [Mistake(1, "a", "do x"), Mistake(2, "b")])) == "f:1: a\n  do x\nf:2: b"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "not a mapping"),
        ("- a", 1, "not a mapping"),
        ("a: 1", 1, "does not say its format"),
        ("a: 1\nschema: backfit/y/v1", 2, "not the format 'backfit/x/v1'"),
        (f"schema: {FORMAT}\naa: 1", 2, "unknown key 'aa'\n  did you mean 'a'"),
    ],
)
def test__document__of_another_kind__says_what_it_must_be(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadFile) as error:
        document(file, FORMAT, ("schema", "a"))
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert said in str(error.value)


def test__unknown_keys__none__are_no_mistake() -> None:
    assert list(unknown_keys({"a": Written(1, None)}, ("a", "b"))) == []


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("timezon", ["os", "timezone"], "did you mean 'timezone'?  known: os, timezone"),
        ("zzz", ["os", "locale"], "known: os, locale"),
        ("zzz", [], "nothing like it is there"),
        ("name-7", [f"name-{n}" for n in range(100)], "did you mean 'name-7'?  known: name-7, "),
    ],
)
def test__suggestion__a_word__guesses_only_what_is_near(word: str, known: list[str], expected: str) -> None:
    assert suggestion(word, known).startswith(expected)
