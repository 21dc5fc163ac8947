"""What the HTML pages share: one file each, that needs no network, runs no script, and prints."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from harness.report import diff_words, findings, text

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, filters: Mapping[str, Callable[..., object]] | None = None, **values: Any) -> str:
    """The text of a page. Every value is escaped; only the page's own style may take effect in it."""
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(line=text.line, duration=text.duration, percent=text.percent, count=text.count)
    environment.filters.update(filters or {})
    environment.globals.update(
        findings=findings,
        diff_words=diff_words,
        style=Markup(style),  # noqa: S704  our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    return environment.get_template(template).render(values)
