from __future__ import annotations

from harness.record.headers import alike, end_to_end


def test__end_to_end__of_a_message__drops_the_connections_own_and_keeps_order_case_and_duplicates() -> None:
    headers = (
        ("X-A", "1"),
        ("Connection", "close, X-Hop"),
        ("x-hop", "2"),
        ("Keep-Alive", "timeout=5"),
        ("Transfer-Encoding", "chunked"),
        ("x-a", "3"),
        ("TE", "trailers"),
    )
    assert end_to_end(headers) == (("X-A", "1"), ("x-a", "3"))


def test__alike__names_in_two_cases__are_written_as_the_first() -> None:
    sent = (("X-a", "1"), ("B", "2"), ("x-A", "3"), ("X-a", "4"))
    assert alike(sent) == (("X-a", "1"), ("B", "2"), ("X-a", "3"), ("X-a", "4"))
