"""Shims: learned from paired recordings, written as YAML, applied to answers, served in front of NEW, verified."""
