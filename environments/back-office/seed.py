"""Makes db.json, the same on every run and machine: posts with comments, and the people who wrote them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

WORDS = ["amber", "brook", "cedar", "dune", "ember", "fjord", "grove", "haven", "inlet", "juniper", "knoll", "lagoon"]
WORDS += ["meadow", "north", "orchard", "prairie"]
STATUSES = ["draft", "published", "archived"]
START = datetime(2025, 1, 6, 8, tzinfo=UTC)


def main() -> None:
    """Write db.json into the current folder, in place of one that is there."""
    random = Random(20260302)
    people = [person(n, word) for n, word in enumerate(WORDS[:10], start=1)]
    posts = [post(n, random) for n in range(1, 46)]
    comments = [comment(n, random) for n in range(1, 121)]
    office = {"posts": posts, "comments": comments, "users": people, "profile": {"name": "The gazette"}}
    Path("db.json").write_text(json.dumps(office, indent=2))


def person(number: int, word: str) -> dict[str, object]:
    return {"id": number, "name": f"{word.title()} {number}", "email": f"{word}@example.org"}


def post(number: int, random: Random) -> dict[str, object]:
    """Titles and views are different in each, so that sorting by them leaves nothing open."""
    return {
        "id": number,
        "title": f"{random.choice(WORDS).title()} and {random.choice(WORDS)} {number}",
        "body": " ".join(random.choices(WORDS, k=12)),
        "status": random.choice(STATUSES),
        "views": random.randrange(1000) * 50 + number,
        "rating": round(random.uniform(1, 5), 1),
        "featured": random.random() < 0.2,
        "tags": random.sample(WORDS, random.randrange(4)),
        "published": moment(number * 26),
        "userId": random.randrange(1, 11),
    }


def comment(number: int, random: Random) -> dict[str, object]:
    """The first twenty posts have some each: comments go round."""
    return {
        "id": number,
        "postId": (number * 7) % 20 + 1,
        "author": random.choice(WORDS).title(),
        "text": " ".join(random.choices(WORDS, k=5)),
        "written": moment(random.randrange(5000) * 2 + number % 2),
    }


def moment(hours: int) -> str:
    """So many hours after START, as JSON has it."""
    return (START + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


if __name__ == "__main__":
    main()
