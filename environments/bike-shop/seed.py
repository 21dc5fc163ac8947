"""Makes shop.db, the same on every run and machine: no clock, no chance but a generator with a fixed start."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random

TABLES = """
create table category (id integer primary key, name text not null);
create table customer (id integer primary key, name text not null, email text, city text, since date);
create table product (
    id integer primary key, name text not null, category_id integer references category(id),
    price real not null, stock integer not null, tags text, added date, thumb blob
);
create table "order" (id integer primary key, customer_id integer references customer(id), placed date, status text);
create table order_line (
    order_id integer references "order"(id), product_id integer references product(id), quantity integer, price real,
    primary key (order_id, product_id)
);
create table log (at text, message text);  -- no primary key: rows are known by rowid
"""
CATEGORIES = ["Road bikes", "Mountain bikes", "City bikes", "Tyres", "Lights", "Locks", "Helmets", "Tools"]
MAKES = ["Alba", "Brisk", "Comet", "Dune", "Ember", "Fjord", "Gale", "Heron"]
TAGS = ["sale", "new", "kids", "e-bike", "carbon", "steel", "wet weather", "gift"]
CITIES = ["Leeds", "York", "Bath", "Ely", "Wells", "Llandrindod Wells", "Zürich"]
STATUSES = ["paid", "sent", "returned", "open"]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000050001"
    "0d0a2db40000000049454e44ae426082"
)
START = date(2024, 1, 1)


def day(random: Random) -> str:
    """A date within two years of START."""
    return (START + timedelta(days=random.randrange(730))).isoformat()


def products(random: Random) -> list[tuple[object, ...]]:
    """250 products: some without stock, tags or picture."""
    return [
        (
            number,
            f"{random.choice(MAKES)} {random.randrange(100, 999)}",
            random.randrange(len(CATEGORIES)) + 1,
            random.randrange(199, 250_000) / 100,
            random.choice([0, random.randrange(1, 60)]),
            json.dumps(random.sample(TAGS, random.randrange(4))),
            day(random),
            PIXEL if number % 9 == 0 else None,
        )
        for number in range(1, 251)
    ]


def customers(random: Random) -> list[tuple[object, ...]]:
    """120 customers, some without an e-mail address."""
    return [
        (
            number,
            f"Customer {number}",
            f"c{number}@example.org" if number % 5 else None,
            random.choice(CITIES),
            day(random),
        )
        for number in range(1, 121)
    ]


def orders(random: Random) -> list[tuple[object, ...]]:
    """300 orders."""
    return [(n, random.randrange(1, 121), day(random), random.choice(STATUSES)) for n in range(1, 301)]


def order_lines(random: Random) -> list[tuple[object, ...]]:
    """One to four different products for each order."""
    return [
        (order, product, random.randrange(1, 5), random.randrange(199, 250_000) / 100)
        for order in range(1, 301)
        for product in random.sample(range(1, 251), random.randrange(1, 5))
    ]


def main() -> None:
    """Write shop.db into the current folder, in place of one that is there."""
    random = Random(20260302)
    Path("shop.db").unlink(missing_ok=True)
    shop = sqlite3.connect("shop.db")
    shop.executescript(TABLES)
    shop.executemany("insert into category values (?, ?)", enumerate(CATEGORIES, start=1))
    shop.executemany("insert into product values (?, ?, ?, ?, ?, ?, ?, ?)", products(random))
    shop.executemany("insert into customer values (?, ?, ?, ?, ?)", customers(random))
    shop.executemany('insert into "order" values (?, ?, ?, ?)', orders(random))
    shop.executemany("insert into order_line values (?, ?, ?, ?)", order_lines(random))
    shop.executemany("insert into log values (?, ?)", [(f"{day(random)}T09:00:00", f"backup {n}") for n in range(40)])
    shop.commit()
    shop.close()


if __name__ == "__main__":
    main()
