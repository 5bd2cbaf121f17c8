"""The packs that come with cleanwire: their examples are their tests."""

from importlib import resources

import pytest

from cleanwire import examples
from cleanwire.cleaner import load_book, shipped_packs
from cleanwire.model import CATEGORIES
from cleanwire.rules import read

RULES = [rule.id for pack in shipped_packs() for rule in pack.rules]


@pytest.fixture(scope="module")
def failures():
    book = load_book()
    found = [failure for pack in shipped_packs() for failure in examples.failures(pack, book)]
    return {rule: [str(failure) for failure in found if failure.rule == rule] for rule in RULES}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_takes_its_examples_and_leaves_its_keeps(rule, failures):
    assert failures[rule] == []


@pytest.mark.parametrize("name", [pack.path for pack in shipped_packs()])
def test_a_pack_passes_the_checks_that_loading_it_leaves_out(name):
    data = resources.files("cleanwire").joinpath("packs", name).read_bytes()
    assert read.read(name, data) == read.read(name, data, trusted=True)


def test_every_source_of_the_readme_has_a_pack():
    sources = {rule.partition(".")[0] for rule in RULES}
    wanted = "menafn einpresswire prnewswire cision businesswire globenewswire accesswire newsfile wordpress copyright"
    assert set(wanted.split()) <= sources


def test_rules_say_who_what_and_in_which_language():
    for rule in load_book().rules.values():
        assert rule.source, rule.id
        assert rule.description, rule.id
        assert rule.category in CATEGORIES, rule.id
