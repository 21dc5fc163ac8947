"""Strangers' text in Markdown is read by a Markdown parser as the text that it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from harness.report.markdown_text import code, html_code, html_text, prose
from harness.report.text import line

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
GAP = "\N{ZERO WIDTH SPACE}"
TEXT = st.text(st.sampled_from("`*_[]()<>|~!{}#&@$:/\\-ab \n"), min_size=1, max_size=20)


def read(markdown: str) -> list[tuple[str, str]]:
    """(type, content) of everything that stands in the one paragraph."""
    inline = next(token for token in GFM.parse(markdown) if token.type == "inline")
    return [(token.type, token.content) for token in inline.children or []]


@given(TEXT)
def test__prose__any_text__is_nothing_but_text(text: str) -> None:
    told = read(f"- why: {prose(text)}")
    assert {kind for kind, _ in told} <= {"text", "text_special"}
    assert "".join(content for _, content in told).replace(GAP, "") == f"why: {line(text)}".rstrip()


@given(TEXT)
def test__code__any_text__is_one_code_span(text: str) -> None:
    if line(text).strip():
        ((kind, content),) = [each for each in read(f"- {code(text)}") if each != ("text", "")]
        assert (kind, content.strip()) == ("code_inline", line(text).strip())


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("@octocat", "@\u200boctocat"),
        ("see #12 and GH-12", "see \\#\u200b12 and GH\u200b-12"),
        ("http://example.com", "http:\u200b//example.com"),
        ("www.example.com", "www\u200b.example.com"),
        ("$x$", "&#36;x&#36;"),
        ("<b> & |", "&lt;b&gt; &amp; \\|"),
    ],
)
def test__prose__what_github_would_link__is_broken_up(text: str, broken: str) -> None:
    assert prose(text) == broken


@pytest.mark.parametrize("write", [html_text, html_code])
def test__html__any_element__is_text(write: object) -> None:
    assert callable(write)
    assert re.findall("<[^>]*>", write("</summary><img src=x>")) in ([], ["<code>", "</code>"])
    assert write("$a") in ("&#36;a", "<code>&#36;a</code>")


def test__code__nothing__is_nothing() -> None:
    assert code("") == ""
