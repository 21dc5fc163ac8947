"""Pairs whose `findings.json` is what a person would say and the study does not yet, each with its defect."""

from __future__ import annotations

DEFECTS: dict[str, str] = {}
