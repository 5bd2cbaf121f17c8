"""What a rule of kind "pattern" is matched against, and where."""

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.model import Rule


def cleaner(pattern, **keys):
    rule = Rule(
        id="test.rule", kind="pattern", category="syndication", source="", description="",
        patterns=(pattern,), anchors=("harbour",), **keys,
    )  # fmt: skip
    return Cleaner.of_rules([rule])


SCOPES = [
    ("a line", "line", r"harbour \d+", "A.\nharbour 12\nB.\n", "A.\nB.\n"),
    ("a line with blanks and quoting around it", "line", r"harbour \d+", "A.\n >  harbour 12 \t\nB.\n", "A.\nB.\n"),
    ("^ and $ are the line's ends", "line", r"^harbour \d+$", "A.\nharbour 12\nB.\n", "A.\nB.\n"),
    ("not a part of a line", "line", r"harbour \d+", "A.\nthe harbour 12\nB.\n", None),
    ("not two lines", "line", r"harbour\s\d+", "A.\nharbour\n12\nB.\n", None),
    ("a line that ends in CR", "line", r"harbour \d+", "A.\rharbour 12\rB.\r", "A.\rB.\r"),
    ("not a line that is too long", "line", r"harbour [^\n]{0,1990} \d+", "harbour " + "x " * 1100 + "12", None),
    ("a paragraph", "paragraph", r"(?s)harbour .{0,50} end", "A.\n\nharbour a\nb end\n\nB.\n", "A.\n\nB.\n"),
    ("a paragraph in CRLF", "paragraph", r"(?s)harbour .{0,50} end", "A.\r\n\r\nharbour a\r\nb end\r\n\r\nB.\r\n", "A.\r\n\r\nB.\r\n"),
    ("a quoted paragraph", "paragraph", r"(?s)harbour .{0,50} end", "A.\n\n> harbour a\n> b end\n>\n> B.\n", "A.\n\n>\n> B.\n"),
    ("not a part of a paragraph", "paragraph", r"(?s)harbour .{0,50} end", "A.\nharbour a\nb end\n\nB.\n", None),
    ("a stretch", "inline", r"\(harbour \d+\)", "A (harbour 12) B.\n", "A B.\n"),
    ("a stretch over a line break", "inline", r"\(harbour\s\d+\)", "A (harbour\n12) B.\n", "A B.\n"),
    ("only the group cut", "inline", r"(?<=on )(?P<cut>harbour \d+,)(?= \w)", "A on harbour 12, B.\n", "A on B.\n"),
    ("context before the group cut", "inline", r"\w+ (?P<cut>\(harbour\)) -", "A (harbour) - B.\n", "A - B.\n"),
    ("letter case counts", "inline", r"\(harbour \d+\)", "A (HARBOUR 12) B.\n", None),
    ("the anchor must be in it", "inline", r"\(\w+ \d+\)", "A harbour (press 12) B.\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("scope", "pattern", "text", "expected"), [c[1:] for c in SCOPES], ids=[c[0] for c in SCOPES])
def test_scope(scope, pattern, text, expected):
    assert cleaner(pattern, scope=scope).clean(text).text == (text if expected is None else expected)


LINE = "Every line of this story has fifty-nine letters, no more.\n"


@pytest.mark.parametrize(("lines", "goes"), [(0, True), (60, True), (75, False)])
def test_head_is_the_first_4096_bytes(lines, goes):
    text = LINE * lines + "harbour 12\n" + LINE
    assert (cleaner(r"harbour \d+", scope="line", place="head").clean(text).text != text) == goes


@pytest.mark.parametrize(("lines", "goes"), [(0, True), (60, True), (75, False)])
def test_tail_has_at_most_4096_bytes_of_text_behind_it(lines, goes):
    text = LINE + "harbour 12\n" + LINE * lines
    assert (cleaner(r"harbour \d+", scope="line", place="tail").clean(text).text != text) == goes


def test_what_goes_behind_it_does_not_count_for_the_tail():
    tail, block = (
        Rule(
            id=f"test.{name}", kind="pattern", category="syndication", source="", description="", scope="line",
            patterns=(pattern,), anchors=(anchor,), place=place,
        )
        for name, pattern, anchor, place in [
            ("tail", r"harbour \d+", "harbour", "tail"),
            ("block", r"wireblock.{0,1500}", "wireblock", "anywhere"),
        ]
    )  # fmt: skip
    text = LINE + "harbour 12\n" + ("wireblock " + "x" * 1000 + "\n") * 10 + LINE
    assert Cleaner.of_rules([tail, block]).clean(text).text == LINE + LINE
    assert "harbour" in Cleaner.of_rules([tail]).clean(text).text


def test_a_rule_that_runs_out_of_time_leaves_the_text_alone_and_is_reported(monkeypatch):
    monkeypatch.setattr("cleanwire.detect.match.pattern.SECONDS", 0.01)
    # No pack may have such an expression; this one shows what happens if lint misses one.
    slow = cleaner(r"harbour (a|aa)+b", scope="inline")
    text = "harbour " + "a" * 200 + "\n"
    result = slow.clean(text)
    assert result.text == text
    assert result.over_budget == {"test.rule"}
