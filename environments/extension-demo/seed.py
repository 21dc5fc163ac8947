"""Makes db.json, the same on every run and machine: posts of a newsroom, their comments, and who wrote them."""

from __future__ import annotations

import json
from pathlib import Path

TITLES = ["Amber", "Brook", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Haven", "Inlet", "Juniper", "Knoll", "Lagoon"]
NAMES = ["Ada", "Ben", "Cleo", "Dov", "Eve"]


def main() -> None:
    """Write db.json into the current folder, in place of one that is there."""
    posts = [post(number) for number in range(1, 31)]
    comments = [comment(number) for number in range(1, 41)]
    users = [{"id": number, "name": name} for number, name in enumerate(NAMES, start=1)]
    newsroom = {"posts": posts, "comments": comments, "users": users, "profile": {"name": "The gazette"}}
    Path("db.json").write_text(json.dumps(newsroom, indent=2))


def post(number: int) -> dict[str, object]:
    """Views differ in each post, so that sorting by them leaves nothing open."""
    return {
        "id": number,
        "title": f"{TITLES[number % 12]} {number}",
        "status": "draft" if number % 4 == 0 else "published",
        "views": number * 977 % 1009,
        "userId": number % 5 + 1,
    }


def comment(number: int) -> dict[str, object]:
    """A post has one or two."""
    return {
        "id": number,
        "postId": number * 7 % 30 + 1,
        "text": f"{TITLES[number * 5 % 12]}?",
        "written": f"2025-03-{number % 28 + 1:02}T{number % 24:02}:30:00Z",
    }


if __name__ == "__main__":
    main()
