"""The language that wordings are written in, and the expressions that packs may contain."""

import pytest

from cleanwire.rules import anchors, lint, words
from cleanwire.rules.wording import WordingError, read


def matches(wording, text):
    return read(wording).exact.search(words.split(text).canonical) is not None


MATCHES = [
    ("{a|b} harbour", "B harbour", True),
    ("{a|b} harbour", "c harbour", False),
    ("the {?old} harbour", "the harbour", True),
    ("the {?old} harbour", "the old harbour", True),
    ("the {?old} harbour", "the new harbour", False),
    ("{north|south {east|west}} harbour", "south west harbour", True),
    ("from {...3} harbour", "from a b c harbour", True),
    ("from {...3} harbour", "from a b c d harbour", False),
    ("from {...} harbour", "from " + "a " * 40 + "harbour", True),
    ("from {...} harbour", "from " + "a " * 41 + "harbour", False),
    ("see {url} now", "see https://harbour.example/a?b=c now", True),
    ("see {url} now", "see www.harbour.example now", True),
    ("see {url} now", "see harbour now", False),
    ("see https://harbour.example/", "see http://www.harbour.example", True),
    ("on {date} at", "on 3 May 2024 at", True),
    ("on {date} at", "on Friday, September 13th, 2019 at", True),
    ("on {date} at", "on 2024-05-03 at", True),
    ("on {date} at", "on some day at", False),
    ("no. {number} is", "no. 1,234.5 is", True),
    ("no. {number} is", "no. one is", False),
    ("by {name} in", "by the Evening Post of Bergen in", True),
    ("by {name} in", "by a b c d e f g h i in", False),
    ("source {line}", "source the rest of the line\nand more", True),
    (r"a \{b\} c \| d", "a {b} c | d", True),
    ("the harbour", "the harbours", False),
    ("the harbour", "breathe harbour", False),
    ("免责 声明", "免\n责声明", True),
]


@pytest.mark.parametrize(("wording", "text", "expected"), MATCHES)
def test_wording(wording, text, expected):
    assert matches(wording, text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("by Coastline Weekly. The ferry", "Coastline Weekly"),
        ("by Coastline Weekly\nThe ferry sails.", "Coastline Weekly"),
        ("by Coastline\nWeekly.\nThe ferry sails.", "Coastline\nWeekly"),
        ("by St. Olaf Post. The ferry", "St. Olaf Post"),
        ("by Acme Inc. The ferry", "Acme Inc"),
    ],
)
def test_a_name_at_the_end_stops_where_its_sentence_or_line_stops(text, name):
    found = words.split(text)
    match = read("by {name}").exact.search(found.canonical)
    last = found.index_at(match.end()) - 1
    assert text[found.starts[1] : found.ends[last]] == name


MISTAKES = [
    ("from {a", "'{' without '}'"),
    ("from a}", "'}' without '{'"),
    ("from {place}", "{place} is no slot"),
    ("from {...0} to", "a gap is written"),
    ("from {...x} to", "a gap is written"),
    ("{...} to", "a gap stands between words"),
    ("from {...}", "a gap stands between words"),
    ("a {?b {...}} c", "a gap stands between words"),
    ("…", "there is no word in it"),
]


@pytest.mark.parametrize(("wording", "problem"), MISTAKES)
def test_a_mistake_in_a_wording_is_named(wording, problem):
    with pytest.raises(WordingError, match=problem.replace("{", r"\{").replace("}", r"\}")):
        read(wording)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        (r"(a+)+", "a repeat within the repeat"),
        (r"(?:\d+,)*x", "a repeat within the repeat"),
        (r"((ab)*c)+", "a repeat within the repeat"),
        (r"(?:a{0,50}){0,50}", "a repeat within the repeat"),
        (r"x.*", "can run to the end"),
        (r"\S+x", "can run to the end"),
        (r"[^)]*x", "can run to the end"),
        (r"[\w.]+x", "can run to the end"),
        (r"\p{L}{2,}x", "can run to the end"),
        (r".{0,9000}", "no useful bound"),
        (r"a{1, 6}", "literal text, not a repeat"),
        (r"(a", "cannot be read"),
    ],
)
def test_an_expression_that_could_run_forever_is_refused(expression, problem):
    assert any(problem in found for found in lint.problems(expression))


@pytest.mark.parametrize(
    "expression",
    [
        r"(?i)/PRNewswire(?:-[\w ]{1,20})?/\s{0,3}(?:--?|–)?",
        r"(?>a+)b",
        r"\d+",
        r"[A-Z]+x",
        r"(?:ab){1,15}",
        r"\(a*\)",
        r"[(*+]{1,3}",
        r"x{2}",
    ],
)
def test_an_expression_with_bounds_is_fine(expression):
    assert list(lint.problems(expression)) == []


def test_anchors_come_from_all_over_a_wording():
    wording = (
        "harbour press passes this story on and answers for neither accuracy nor completeness of pictures or recordings"
    )
    derived = anchors.derive(read(wording))
    assert len(derived) >= 4
    position = [wording.split().index(anchor[0]) for anchor in derived]
    assert min(position) < 4
    assert max(position) > 9


def test_alternatives_give_anchors_where_the_rest_is_everywhere():
    assert set(anchors.derive(read("{harbourpress|nightferry} for {?now}"))) == {("harbourpress",), ("nightferry",)}


def test_words_everywhere_give_no_anchor():
    assert anchors.derive(read("for {name} the {url}")) == []


def test_a_wording_of_which_damaged_copies_are_not_wanted_needs_one_anchor():
    assert len(anchors.derive(read("harbour press passes this story on and answers for neither accuracy"), most=1)) == 1
