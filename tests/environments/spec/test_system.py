from __future__ import annotations

import pytest

from harness.model.errors import BadFile
from tests.environments.tiny import Write

START = "  start: python3 server.py {host} {port} {options}\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({START: ""}, "'system' needs 'start'"),
        ({START: "", "{pip: [], options: one}": "{image: 'x:1'}"}, "or 'port' for the image's own command"),
        ({"{pip: [], options: one}": "{pip: [], image: 'x:1'}"}, "not pip and image"),
        ({"{pip: [], options: one}": "{pip: [], node: 22}"}, "'node' means something with 'npm' only"),
        ({"{pip: [], options: one}": "{pip: [], migrate: 'x'}"}, "the new version migrates: new: {migrate: …}"),
        ({"two}": "two, migrate: 'x \"y'}"}, "cannot split the command into words: no closing quotation"),
    ],
)
def test__system__that_cannot_be_started__is_a_mistake(write: Write, change: dict[str, str], told: str) -> None:
    with pytest.raises(BadFile) as caught:
        write(change)
    assert told in str(caught.value)


def test__side__migration__is_news_alone(write: Write) -> None:
    environment = write(
        {"two}": "two, migrate: 'tiny migrate {db.host}'}", "plugin:": "services: {db: {debian: redis}}\nplugin:"}
    )
    assert (environment.side("old").migrate, environment.side("new").migrate) == (None, "tiny migrate {db.host}")
