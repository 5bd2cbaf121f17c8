"""Packs: what is said of their mistakes, and the commands that list, show, check and begin them."""

import pytest
from command import run

from cleanwire.errors import PackError
from cleanwire.rules import book
from cleanwire.rules.read import read

GOOD = """\
source = "Harbour Press"
description = "Lines of Harbour Press."

[[rule]]
id = "harbour.line"
kind = "pattern"
category = "contact"
description = "The desk's number."
scope = "line"
anchors = ["harbour desk"]
pattern = "Harbour desk: .{1,40}"

[[rule.example]]
text = '''
A.
Harbour desk: 12 34
'''
removed = ["Harbour desk: 12 34"]

[[rule.keep]]
text = "The harbour desk is closed."
why = "A sentence."

[[rule]]
id = "harbour.passage"
kind = "text"
category = "disclaimer"
description = "A passage."
text = "Harbour Press passes this story on as received."

[[rule.example]]
text = "A. Harbour Press passes this story on as received."
removed = ["Harbour Press passes this story on as received."]

[[rule.keep]]
text = "Harbour Press passes the harbour."
why = "A sentence."
"""

# What is changed in the good pack, and what is said of it, with the line.
MISTAKES = [
    ('id = "harbour.line"', 'id = "Harbour line"', "5: rule Harbour line: an id is source.what in lower case, such as 'menafn.disclaimer'"),
    ('id = "harbour.line"\n', "", "4: rule number 1: id is missing"),
    ('kind = "pattern"', 'kind = "patern"', "6: rule harbour.line: kind = 'patern' is none of text, pattern; did you mean 'pattern'?"),
    ('kind = "pattern"', 'kind = "section"', "6: rule harbour.line: kind = 'section' needs a later version of cleanwire"),
    ('category = "contact"', 'category = "contacts"', "7: rule harbour.line: category = 'contacts' is none of disclaimer, syndication, copyright, contact, about, promo; did you mean 'contact'?"),
    ('description = "The desk\'s number."\n', "", "4: rule harbour.line: description is missing"),
    ('scope = "line"', 'scope = "lines"', "9: rule harbour.line: scope = 'lines' is none of inline, line, paragraph; did you mean 'line'?"),
    ('scope = "line"', 'scop = "line"', "9: rule harbour.line: there is no key 'scop' here; did you mean 'scope'?"),
    ('scope = "line"', "scope = 3", "9: rule harbour.line: scope must be words in quotes"),
    ('anchors = ["harbour desk"]\n', "", "4: rule harbour.line: anchors are missing"),
    ('anchors = ["harbour desk"]', 'anchors = "harbour desk"', '10: rule harbour.line: anchors must be a list such as ["menafn provides"]'),
    ('anchors = ["harbour desk"]', 'anchors = ["the"]', "10: rule harbour.line: the anchor 'the' is in every document"),
    (".{1,40}", ".*", "11: rule harbour.line: pattern: .* can run to the end of the text: bound it, as in .{0,80}"),
    (".{1,40}", "(a+)+", "11: rule harbour.line: pattern: a repeat within the repeat + can take forever"),
    (".{1,40}", "(", "11: rule harbour.line: pattern: the expression cannot be read"),
    (".{1,40}", ".{1, 40}", "11: rule harbour.line: pattern: {1, 40} with a blank is literal text"),
    ("[[rule.example]]\ntext = '''\nA.\nHarbour desk: 12 34\n'''\nremoved = [\"Harbour desk: 12 34\"]\n", "", "4: rule harbour.line: it has no example"),
    ('[[rule.keep]]\ntext = "The harbour desk is closed."\nwhy = "A sentence."\n', "", "4: rule harbour.line: it has no keep"),
    ('removed = ["Harbour desk: 12 34"]', 'removed = ["Harbour desk: 56"]', "4: rule harbour.line: example 1: removed 'Harbour desk: 56' does not stand in text"),
    ('removed = ["Harbour desk: 12 34"]', "", "4: rule harbour.line: example 1: removed is missing"),
    ('id = "harbour.passage"', 'id = "harbour.line"', "24: rule harbour.line: this id is already taken"),
    ('as received."\n\n[[rule.example]]\ntext = "A.', '{as received."\n\n[[rule.example]]\ntext = "A.', "29: rule harbour.passage: text, near “asses this story on {as received.”: '{' without '}'"),
    ('kind = "text"', 'kind = "text"\nsimilarity = 0.2', "27: rule harbour.passage: similarity must be a number from 0.5 to 1"),
    ('kind = "text"', 'kind = "text"\nscope = "line"', "27: rule harbour.passage: there is no key 'scope' here"),
    ('kind = "text"', 'kind = "text"\noverride = true', "24: rule harbour.passage: override = true, but there is no such rule before"),
    ('kind = "text"', 'kind = "text"\noverride = true\nextend = true', "28: rule harbour.passage: override replaces a rule, extend adds to it: choose one"),
    ('description = "Lines of Harbour Press."', 'disable = ["menafm.disclaimer"]', "1: disable: there is no rule 'menafm.disclaimer'; did you mean 'menafn.disclaimer'?"),
    ('description = "Lines of Harbour Press."', "desc = 1", "2: there is no key 'desc' here"),
    ('source = "Harbour Press"', "source = Harbour", "1: this is not TOML"),
    (GOOD, 'source = "x"\n', "1: there is no rule in it"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[case[2].partition(":")[2][:50] for case in MISTAKES])
def test_a_mistake_is_answered_with_file_line_rule_and_cure(old, new, message):
    assert old in GOOD
    shipped = read(
        "menafn.toml", GOOD.replace("harbour.", "menafn.").replace("menafn.line", "menafn.disclaimer").encode()
    )
    with pytest.raises(PackError) as raised:
        book.join([shipped, read("house.toml", GOOD.replace(old, new, 1).encode())])
    assert str(raised.value).startswith(f"house.toml:{message}")


def test_the_good_pack_is_good(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(GOOD)
    done = run("rules", "check", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"{path}: 2 rules, 2 examples, 2 keeps: all well\n"


def test_an_example_that_fails_and_a_keep_that_goes_are_told(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(
        GOOD.replace("The harbour desk is closed.", "Harbour desk: closed.")
        .replace('on as received."\nremoved', 'on."\nremoved')
        .replace('["Harbour Press passes this story on as received."]', '["Harbour Press passes this story on."]')
    )
    done = run("rules", "check", path)
    assert done.returncode == 2
    assert done.stdout.decode() == f"{path}: 2 rules, 2 examples, 2 keeps: 3 wrong\n"
    assert done.stderr.decode().splitlines() == [
        f"{path}:4: rule harbour.line: keep 1: harbour.line removes “Harbour desk: closed.”, which should stay (A sentence.)",
        f"{path}:24: rule harbour.passage: example 1: expected to be removed: “Harbour Press passes this story on.”; was removed: nothing",
        f"{path}:24: rule harbour.passage: no example has an exact copy of wording 1, “Harbour Press passes this story on as received.”: add one",
    ]


def test_a_wording_that_no_example_uses_is_told(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(
        GOOD.replace(
            'text = "Harbour Press passes this story on as received."\n',
            'text = ["Harbour Press passes this story on as received.", "Harbour Press answers for nothing."]\n',
        )
    )
    done = run("rules", "check", path)
    assert (
        b"no example has an exact copy of wording 2, \xe2\x80\x9cHarbour Press answers for nothing.\xe2\x80\x9d: add one"
        in done.stderr
    )


def test_packs_override_extend_and_disable():
    base = read("base.toml", GOOD.encode())
    override = GOOD.replace('kind = "pattern"', 'kind = "pattern"\noverride = true').replace(
        "Harbour desk: .{1,40}", "Harbour desk: .{1,20}"
    )
    override = override[: override.index('[[rule]]\nid = "harbour.passage"')]
    extend = '[[rule]]\nid = "harbour.passage"\nextend = true\ncategory = "promo"\ntext = "Harbour Press answers for nothing."\n'
    joined = book.join([base, read("a.toml", override.encode()), read("b.toml", extend.encode())])
    assert joined.rules["harbour.line"].patterns == ("Harbour desk: .{1,20}",)
    passage = joined.rules["harbour.passage"]
    assert passage.category == "promo"
    assert passage.texts == ("Harbour Press passes this story on as received.", "Harbour Press answers for nothing.")
    assert (passage.description, len(passage.examples)) == ("A passage.", 1)
    assert set(book.join([base, read("c.toml", b'disable = ["harbour.line"]')]).rules) == {"harbour.passage"}
    with pytest.raises(PackError, match=r"base\.toml has a rule of this id: write override = true or extend = true"):
        book.join([base, read("d.toml", GOOD.encode())])


def test_a_pack_that_is_no_utf8(tmp_path):
    path = tmp_path / "house.toml"
    path.write_bytes(b"# a\n# caf\xe9\n" + GOOD.encode())
    done = run("rules", "check", path)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        f"cleanwire: {path}:2: this is not UTF-8: save the pack as UTF-8\n",
    )


def test_list_and_show():
    lines = run("rules", "list").stdout.decode().splitlines()
    assert any(line.split()[:3] == ["menafn.disclaimer", "disclaimer", "text"] for line in lines)
    shown = run("rules", "show", "menafn.disclaimer").stdout.decode()
    for part in (
        "menafn.disclaimer\n",
        "  category: disclaimer\n",
        "  wording:\n",
        "  example (",
        "  removed:\n",
        "  stays (",
    ):
        assert part in shown
    assert run("rules", "show", "menafn").stdout.decode().count("\n  category: ") > 3


def test_new_begins_a_pack_that_checks(tmp_path):
    done = run("rules", "new", "house.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert run("rules", "check", "house.toml", cwd=tmp_path).returncode == 0
    assert run("rules", "new", "house.toml", cwd=tmp_path).returncode == 2
    assert run("rules", "new", "-").stdout == (tmp_path / "house.toml").read_bytes()
    assert run("rules", "new", "nosuch/house.toml", cwd=tmp_path).returncode == 2


def test_the_shipped_packs_check_themselves():
    done = run("rules", "check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"all well") == len(done.stdout.splitlines())
