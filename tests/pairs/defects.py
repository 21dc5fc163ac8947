"""Pairs whose `findings.json` says what a person would say, and which the study does not say yet: the name of each defect."""

from __future__ import annotations

DEFECTS: dict[str, str] = {}
