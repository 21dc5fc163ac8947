"""The beginning of a scenario: what a person has to write, beside an example of it."""

from __future__ import annotations

_PAGE = '''\
"""What the customer does until the problem is seen. Whatever is returned must be the same on the new version.

Write the steps of the ticket, then say `scenario: scenario.py` in environment.yaml.
"""


def run(page, system):
    """`page` is Playwright's, `system.url` where the system is (no slash at its end)."""
    page.goto(system.url + "/")  # log in, open the page of the ticket, click what the customer clicks
    system.screenshot("the page of the ticket")
    return {"headline": page.title()}  # what the customer looks at: texts, counts, what a table shows
'''
_PROGRAM = '''\
"""What the customer's plugin does until the problem is seen. Whatever is returned must be the same on the new version.

Write the calls of the ticket, then say `scenario: scenario.py` in environment.yaml; where the plugin is a program, say
`scenario: {run: "program --server {url}"}` instead.
"""

import urllib.request


def run(system):
    """`system.url` is where the system is (no slash at its end). Import the plugin and have it do its work."""
    with urllib.request.urlopen(system.url + "/") as answer:
        return {"status": answer.status}  # what the customer looks at: records, counts, texts
'''


def scenario_stub(*, paged: bool) -> str:
    """scenario.py for a plugin in a browser's pages, or for one that is a program."""
    return _PAGE if paged else _PROGRAM
