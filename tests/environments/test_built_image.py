from __future__ import annotations

from typing import Any

import pytest

from harness.environments.built_image import cleaned

LENT = {"PIP_INDEX_URL": "https://me:pw@index.example/simple", "http_proxy": "http://p:1"}
COPY = "/bin/sh -c #(nop) COPY dir:abc in /run/backfit-build/ "


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("|1 PIP_INDEX_URL=https://me:pw@index.example/simple /bin/sh -c make", "/bin/sh -c make"),
        (
            "|3 OWN=a b PIP_INDEX_URL=https://me:pw@index.example/simple http_proxy=http://p:1 /bin/sh -c make",
            "|1 OWN=a b /bin/sh -c make",
        ),
        ("|1 OWN=1 /bin/sh -c make", "|1 OWN=1 /bin/sh -c make"),
        ("/bin/sh -c #(nop)  ARG PIP_INDEX_URL", None),
        ("/bin/sh -c #(nop)  ARG OWN", "/bin/sh -c #(nop)  ARG OWN"),
        (COPY, None),
        ("/bin/sh -c #(nop) COPY dir:abc in /site ", "/bin/sh -c #(nop) COPY dir:abc in /site "),
    ],
)
def test__cleaned__one_instruction__says_nothing_of_what_was_lent(command: str, kept: str | None) -> None:
    config = {"history": [{"created_by": command, "empty_layer": True}], "rootfs": {"diff_ids": []}}
    history = cleaned(config, LENT, "/run/backfit-build")[0]["history"]
    assert [each["created_by"] for each in history] == ([kept] if kept else [])


def test__cleaned__layers__go_with_their_instruction() -> None:
    history: list[dict[str, Any]] = [
        {"created": "2025", "comment": "imported"},
        {"created_by": COPY},
        {"created_by": "/bin/sh -c #(nop)  ARG http_proxy", "empty_layer": True},
        {"created_by": "|1 http_proxy=http://p:1 /bin/sh -c make"},
    ]
    config = {
        "history": history,
        "rootfs": {"type": "layers", "diff_ids": ["base", "lent", "made"]},
        "config": {"Cmd": ["x"]},
        "container_config": {"Cmd": ["|1 http_proxy=http://p:1 /bin/sh -c make"]},
    }
    found, layers = cleaned(config, LENT, "/run/backfit-build")
    assert (layers, found["rootfs"]["diff_ids"], found["config"]) == ([0, 2], ["base", "made"], {"Cmd": ["x"]})
    assert [each.get("created_by") for each in found["history"]] == [None, "/bin/sh -c make"]
    assert "http_proxy" not in str(found)
