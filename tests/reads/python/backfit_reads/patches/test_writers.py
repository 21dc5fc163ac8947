"""YAML libraries write tracked values as plain ones, though they go by the exact type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import run_python
from tests.reads.site import Site

BEGIN = """
import io, json, sys, urllib.request
with urllib.request.urlopen(url + "/items") as answer: page = json.load(answer)["page"]
"""


@pytest.mark.parametrize(
    "text",
    [
        "import yaml; print(yaml.safe_dump([page]), yaml.dump({'in': page}))",
        "import ruamel.yaml as r; r.YAML().dump([page], sys.stdout); r.YAML(typ='safe', pure=True).dump(page, sys.stdout)",
    ],
)
def test__yaml__of_tracked_values__is_that_of_plain_ones(text: str, site: Site, tmp_path: Path) -> None:
    found = run_python(BEGIN + text, site, tmp_path)
    assert (found.code, found.err) == (0, "")
    assert {"$.page.size serialised", "$.page.next serialised"} <= found.reads
