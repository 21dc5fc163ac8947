from __future__ import annotations

from harness.redaction.hiding import Hiding, Kind
from harness.redaction.rules import By, Rules
from tests.redaction.redactors import KEY, keep

VALUE = "hunter22-a1b2c3"


def test__secret__a_value__is_hidden_counted_and_remembered() -> None:
    hiding = Hiding(KEY, Rules())
    hidden = hiding.secret(VALUE, Kind.NAMED, "named x")
    assert hidden != VALUE
    assert hiding.secret(hidden, Kind.NAMED, "named x") == hidden
    assert hiding.again(f"see {VALUE}.") == f"see {hidden}."
    assert hiding.tally == {(Kind.NAMED, "named x"): 1, (Kind.AGAIN, "it was met elsewhere"): 1}


def test__secret__percent_encoded__has_the_pseudonym_of_the_plain_value() -> None:
    hiding = Hiding(KEY, Rules())
    plain = hiding.secret("a1/b2:c3d4e5f6", Kind.NAMED, "x")
    assert hiding.secret("a1%2Fb2%3Ac3d4e5f6", Kind.NAMED, "x") == plain.replace("/", "%2F").replace(":", "%3A")


def test__secret__that_a_rule_keeps__stays_and_the_rule_was_used() -> None:
    rule = keep(By.PATTERN, "hunter.*")
    hiding = Hiding(KEY, Rules((rule,)))
    assert hiding.secret(VALUE, Kind.NAMED, "x") == VALUE
    assert hiding.used[rule] == 1
    assert not hiding.tally


def test__again__addresses_and_what_means_something_in_its_place_alone__are_not_looked_for() -> None:
    hiding = Hiding(KEY, Rules())
    hiding.secret("Dark Mode 2", Kind.COOKIE, "x", alone=True)
    hiding.secret("jane@example.com", Kind.EMAIL, "x")
    assert hiding.again("in Dark Mode 2 of jane@example.com") == "in Dark Mode 2 of jane@example.com"
