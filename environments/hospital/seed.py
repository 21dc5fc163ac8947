"""Makes hospital.db: wards, and patients who were admitted in the days before the clock of the machine that runs this."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

TABLES = """
create table "病区" ("编号" integer primary key, "名称" text not null, "床位" integer not null);
create table "患者" (
    "编号" integer primary key, "姓名" text not null, "病区" integer not null references "病区"("编号"),
    "床号" text, "入院日期" date
);
create virtual table "患者_fts" using fts5("姓名", content="患者", content_rowid="编号");
create virtual table "病区_fts" using fts5("名称", content="病区", content_rowid="编号");
"""
WARDS = [("心血管内科", 42), ("骨科", 38), ("儿科", 30), ("急诊科", 16)]
NAMES = [
    "王芳",
    "李娜",
    "张伟",
    "刘洋",
    "陈静",
    "杨磊",
    "赵敏",
    "黄强",
    "周杰",
    "吴秀英",
    "徐丽",
    "孙婷",
    "王芳",
    "马超",
]


def patients() -> list[tuple[object, ...]]:
    """Each in the next ward and bed; one came each day, the last one yesterday."""
    first = date.today() - timedelta(days=len(NAMES) + 1)
    return [
        (number, name, number % len(WARDS) + 1, f"{number:02}床", (first + timedelta(days=number)).isoformat())
        for number, name in enumerate(NAMES, start=1)
    ]


def main() -> None:
    """Write hospital.db into the current folder, in place of one that is there."""
    Path("hospital.db").unlink(missing_ok=True)
    hospital = sqlite3.connect("hospital.db")
    hospital.executescript(TABLES)
    hospital.executemany('insert into "病区" values (?, ?, ?)', [(n, *ward) for n, ward in enumerate(WARDS, start=1)])
    hospital.executemany('insert into "患者" values (?, ?, ?, ?, ?)', patients())
    for table in ("患者", "病区"):
        hospital.execute(f'insert into "{table}_fts" ("{table}_fts") values (\'rebuild\')')
    hospital.commit()
    hospital.close()


if __name__ == "__main__":
    main()
