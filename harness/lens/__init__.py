"""Lens steps: small, total edits of an answer. One file a step, in `steps/`; each says what it does and what it loses."""
