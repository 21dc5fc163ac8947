"""Secrets out of everything that is written, and keyed pseudonyms in their place: on by default."""
