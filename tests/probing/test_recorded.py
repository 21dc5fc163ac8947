from __future__ import annotations

from harness.changes.asked import ASKED
from harness.probing.asking import Asker
from harness.probing.probe import probe
from harness.probing.recorded import recorded_on
from tests.probing.shops import LISTS, old, paged, recorded, server


def test__recorded_on__what_was_found__is_news_recording_under_olds_ids() -> None:
    before = recorded(old, *LISTS)
    unsafe = recorded(old, "/api/1/items", method="POST", body={"title": "x"}).exchanges
    with server(paged("page", "per_page", "sort")) as running:
        asker = Asker(running.url, 900)
        result = recorded_on(probe(type(before)((*before.exchanges, *unsafe)), asker), asker, lambda text: None)
    assert [each.id for each in result.exchanges] == [each.id for each in before.exchanges]
    assert {each.response.status for each in result.exchanges if each.response} == {200}
    assert all(each.meta[ASKED] for each in result.exchanges)
    assert result.exchanges[0].request.path == "/api/2/items"
