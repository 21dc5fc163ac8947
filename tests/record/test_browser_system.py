from __future__ import annotations

from pathlib import Path

import pytest

from tests.record.browsing import ran

pytestmark = pytest.mark.browser


def test__screenshots__whatever_their_names__stay_below_the_folder_and_apart(tmp_path: Path) -> None:
    run = ran(tmp_path, "    for name in ('../../a', 'a', 'a', '', 'é/<b>'): system.screenshot(name)")
    assert [shot.name for shot in run.screenshots] == ["a", "a-2", "a-3", "page", "b"]
    assert {path.name for path in (tmp_path / "screenshots").iterdir()} == {
        Path(shot.file).name for shot in run.screenshots
    }
    assert run.screenshots[0].file == "screenshots/shimmed-a.png"


def test__snapshot__of_a_page_or_a_part__is_kept_as_a_screen_reader_has_it(tmp_path: Path) -> None:
    page = "<!doctype html><h1>Cart</h1><ul><li>3 bikes</ul><button disabled>Pay</button>"
    scenario = (
        "    page.goto(system.url + '/cart?token=1#top')\n"
        "    system.snapshot('page')\n    system.snapshot('list', page.get_by_role('list'))\n    system.snapshot('list')\n"
    )
    run = ran(tmp_path, scenario, page)
    whole = '- heading "Cart" [level=1]\n- list:\n  - listitem: 3 bikes\n- button "Pay" [disabled]'
    assert run.snapshots == {"page": whole, "list": "- list:\n  - listitem: 3 bikes", "list-2": whole}
    assert run.pages == {"http://system.test/cart": whole}


def test__popup__without_an_extension__says_so(tmp_path: Path) -> None:
    assert "no extension with a popup" in ran(tmp_path, "    system.popup()").headline


def test__worker__without_an_extension__says_so(tmp_path: Path) -> None:
    assert "there is no extension" in ran(tmp_path, "    system.worker()").headline
