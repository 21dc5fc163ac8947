from __future__ import annotations

from harness.lens.answer import ABSENT
from harness.model.paths import EACH
from harness.model.verification import Example, Said
from harness.shims.claims import NO_CLAIM, Claim
from harness.shims.tallies import Row, Seen, Standing, Tally


def seen(standing: Standing, call: str = "c0", **more: object) -> Seen:
    return Seen(call, ("a", 0), (1, 2, 3), standing, **more)  # type: ignore[arg-type]


def test__tally__of_values__counts_each_once() -> None:
    tally = Tally()
    tally.equal(before=True)
    tally.equal(before=False)
    for standing in (Standing.NOISY, Standing.ADDED, Standing.LOST, Standing.WRONG):
        tally.differs(seen(standing, before=standing is Standing.WRONG))
    told = tally.told("GET /a", ("a", EACH))
    assert (told.operation, told.place) == ("GET /a", "$.a[*]")
    assert (told.seen, told.before, told.equal, told.noisy, told.lost, told.wrong) == (5, 2, 2, 1, 1, 1)
    assert (told.added, told.spoilt) == (1, 1)


def test__tally__of_several_differences__shows_the_first_of_the_worst() -> None:
    tally = Tally()
    tally.differs(seen(Standing.LOST, "c1"))
    tally.differs(seen(Standing.WRONG, "c2"))
    tally.differs(seen(Standing.WRONG, "c3", claimed=True))
    tally.differs(seen(Standing.WRONG, "c4", claimed=True))
    assert tally.told("", "").example == Example("c3", "/a/0", "1", "2", "3")
    tally.differs(seen(Standing.LOST, "c5", before=True))
    shown = tally.told("", "").example
    assert shown is not None
    assert shown.call == "c5"


def test__tally__of_noise__is_not_spoilt() -> None:
    tally = Tally()
    tally.differs(seen(Standing.NOISY, before=True))
    assert tally.told("", "").spoilt == 0


def test__tally__of_what_the_file_says__keeps_the_first_word() -> None:
    tally = Tally()
    for claim in (NO_CLAIM, Claim(Said.LOST, "gone"), Claim(Said.AMBIGUOUS, "two")):
        tally.differs(seen(Standing.LOST, claim=claim))
    told = tally.told("", "")
    assert (told.said, told.reason) == (Said.LOST, "gone")


def test__tally__of_long_values_and_absent_ones__shows_a_part_and_nothing() -> None:
    tally = Tally()
    tally.differs(Seen("c", ("a/b",), ("x" * 900, ABSENT, ABSENT), Standing.LOST))
    shown = tally.told("", "").example
    assert shown is not None
    assert (len(shown.old), shown.new, shown.place) == (201, "", "/a~1b")


def test__row__of_an_operation__counts_only_bodies_in_its_agreement() -> None:
    row = Row("GET /a", pairs=1)
    row.at("status").equal(before=True)
    row.at(("a",)).equal(before=False)
    row.at(("a",)).differs(seen(Standing.WRONG))
    agreement = row.agreement()
    assert (agreement.leaves, agreement.equal_before, agreement.equal_after, agreement.wrong) == (2, 0, 1, 1)


def test__row__of_many_places__tells_them_in_one_order() -> None:
    row = Row("GET /a")
    for place in (("b",), "status", ("a", EACH), "header x", ("a",)):
        row.at(place).equal(before=True)
    assert [each.place for each in row.fields()] == ["status", "header x", "$.a", "$.a[*]", "$.b"]
