"""What is left where a block stood: before | block | behind → what stays."""

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.model import Rule

BLOCK = Rule(
    id="test.block", kind="pattern", category="syndication", source="", description="",
    patterns=(r"\[BLOCK\]|WIREBLOCK",), anchors=("block]", "wireblock"), scope="inline",
)  # fmt: skip
CLEANER = Cleaner.of_rules([BLOCK])
B = "[BLOCK]"

SEAMS = [
    ("between paragraphs", f"A.\n\n{B}\n\nB.\n", "A.\n\nB.\n"),
    ("between paragraphs, CRLF", f"A.\r\n\r\n{B}\r\n\r\nB.\r\n", "A.\r\n\r\nB.\r\n"),
    ("between paragraphs, CR", f"A.\r\r{B}\r\rB.\r", "A.\r\rB.\r"),
    ("between lines", f"A.\n{B}\nB.\n", "A.\nB.\n"),
    ("no blank line before", f"A.\n{B}\n\nB.\n", "A.\n\nB.\n"),
    ("no blank line behind", f"A.\n\n{B}\nB.\n", "A.\n\nB.\n"),
    ("more blank lines behind", f"A.\n\n{B}\n\n\n\nB.\n", "A.\n\n\n\nB.\n"),
    ("two in a row", f"A.\n\n{B}\n\n{B}\n\nB.\n", "A.\n\nB.\n"),
    ("two on a line", f"A.\n\n{B} {B}\n\nB.\n", "A.\n\nB.\n"),
    ("indented block", f"A.\n\n    {B}\n\nB.\n", "A.\n\nB.\n"),
    ("indented neighbour", f"A.\n\n{B}\n\n    B.\n", "A.\n\n    B.\n"),
    ("trailing blanks at the block", f"A.\n\n{B}  \n\nB.\n", "A.\n\nB.\n"),
    ("at the end", f"A.\n\n{B}\n", "A.\n"),
    ("at the end, no final newline", f"A.\n\n{B}", "A."),
    ("at the end, no blank line", f"A.\n{B}\n", "A.\n"),
    ("at the end, blank lines behind", f"A.\n\n{B}\n\n\n", "A.\n"),
    ("at the end, blanks behind the newline", f"A.\n\n{B}\n  ", "A.\n"),
    ("at the end, CRLF", f"A.\r\n\r\n{B}\r\n", "A.\r\n"),
    ("glued at the end", f"A. {B}\n", "A.\n"),
    ("glued at the end, no final newline", f"A. {B}", "A."),
    ("glued at a paragraph's end", f"A. {B}\n\nB.\n", "A.\n\nB.\n"),
    ("at the start", f"{B}\n\nA.\n", "A.\n"),
    ("at the start, behind blank lines", f"\n\n{B}\n\nA.\n", "A.\n"),
    ("at the start, indented neighbour", f"{B}\n\n  A.\n", "  A.\n"),
    ("at the start of the line", f"{B} A.\n", "A.\n"),
    ("at the start of a later line", f"A.\n\n{B} B.\n", "A.\n\nB.\n"),
    ("byte order mark", f"\ufeff{B}\n\nA.\n", "\ufeffA.\n"),
    ("within a line", f"A {B} B.\n", "A B.\n"),
    ("before a full stop", f"A {B}.\n", "A.\n"),
    ("tight on one side", f"A{B} B.\n", "A B.\n"),
    ("tight before punctuation", f"A{B}, B.\n", "A, B.\n"),
    ("no-break spaces", f"A.\n\n{B}\u00a0\u00a0\n\nB.\n", "A.\n\nB.\n"),
    ("ideographs run on", f"文。{B}文。\n", "文。文。\n"),
    ("ideographs run on without punctuation", f"文{B}文\n", "文文\n"),
    ("words would run together", f"A{B}B\n", f"A{B}B\n"),
    ("words would run together in Russian", f"да{B}нет\n", f"да{B}нет\n"),
    ("a mark would go to another letter", f"да{B}\u0300 нет\n", f"да{B}\u0300 нет\n"),
    ("nothing else", f"{B}\n", ""),
    ("nothing else but a mark", f"\ufeff{B}", "\ufeff"),
    ("a form feed is a page's end", f"A.\n\f{B}\n\fB.\n", "A.\n\f\n\fB.\n"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SEAMS], ids=[case[0] for case in SEAMS])
def test_seam(text, expected):
    assert CLEANER.clean(text).text == expected


def test_bytes_that_are_no_utf8_stay_around_a_block():
    assert CLEANER.clean_bytes(b"\xff\xfe A.\x80\n\n[BLOCK]\n\n\xe9t\xe9.\n").text == b"\xff\xfe A.\x80\n\n\xe9t\xe9.\n"


def test_half_a_character_before_a_block_stays():
    assert CLEANER.clean_bytes(b"A\xc3[BLOCK]\n").text == b"A\xc3\n"
