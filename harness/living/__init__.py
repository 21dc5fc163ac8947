"""Environments that stay up for a person: a keeper for each side, what is asked of it, and what is thrown away when it is old."""
