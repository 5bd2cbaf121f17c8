"""The promises of docs/architecture.md, for all inputs that Hypothesis can think of."""

import io

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.cleaner import Cleaner
from cleanwire.detect.detector import Detector
from cleanwire.model import Cleaned
from cleanwire.rules.book import join
from cleanwire.rules.read import read
from cleanwire.stream.session import Cut, Session

PACK = """
source = "Harbour Press"
[headings]
disclaimer = ["Disclaimer", "Legal notice"]
[[rule]]
id = "harbour.long"
kind = "text"
category = "disclaimer"
description = "A long wording."
headings = ["Legal notice"]
text = '''Harbour Press passes this story on {as it came|as received} and answers for neither its accuracy nor its
completeness. Questions go to the editor of the {?evening} edition, {...5} who answers on weekdays only.'''
require = ["harbour"]
EVIDENCE
[[rule]]
id = "harbour.post"
kind = "text"
category = "syndication"
description = "A line with a name."
text = "The story {...12} appeared first in {name}"
EVIDENCE
[[rule]]
id = "harbour.tag"
kind = "pattern"
category = "syndication"
description = "An inline tag."
scope = "inline"
place = "head"
anchors = ["harbour"]
pattern = '''(?i)\\(HARBOUR\\s{1,3}-\\s{0,3}[^()\\n]{1,30}\\)'''
EVIDENCE
[[rule]]
id = "harbour.copyright"
kind = "pattern"
category = "copyright"
description = "A line at the end."
scope = "line"
place = "tail"
anchors = ["copyright", "alle rechte"]
pattern = '''(?i)(?:copyright|©)\\s{1,3}\\d{4}[^\\n]{0,40}|alle rechte[^\\n]{0,30}'''
EVIDENCE
[[rule]]
id = "harbour.arabic"
kind = "text"
category = "disclaimer"
description = "Another script."
text = "تقدم الميناء هذه المعلومات"
EVIDENCE
[[rule]]
id = "harbour.paragraph"
kind = "pattern"
category = "syndication"
description = "A paragraph."
scope = "paragraph"
anchors = ["carried by"]
pattern = '''(?s)This text was carried by.{0,200}'''
EVIDENCE
"""

EVIDENCE = (
    '[[rule.example]]\ntext = "x"\nremoved = ["x"]\n[[rule.keep]]\ntext = "x"\nwhy = "x"'  # not what is tested here
)
BOOK = join([read("promises.toml", PACK.replace("EVIDENCE", EVIDENCE).encode())])
CLEANER = Cleaner.of_rules(BOOK.rules.values(), BOOK.headings)
FAST = Detector(tuple(BOOK.rules.values()), BOOK.headings)
SLOW = Detector(tuple(BOOK.rules.values()), BOOK.headings, prefilter=False)

LONG = (
    "Harbour Press passes this story on as it came and answers for neither its accuracy nor its\ncompleteness. "
    "Questions go to the editor of the evening edition, Ms Berg, who answers on weekdays only."
)
BLOCKS = [
    LONG,
    "Legal notice:\n" + LONG,
    LONG.upper(),
    LONG.replace(" ", "\n> "),
    LONG.replace("neither", "none of"),
    LONG[:130],
    LONG[: len(LONG) * 3 // 4],
    "“" + LONG + "”",
    "The story Ten Quiet Beaches appeared first in Coastline Weekly.",
    "The story Ten Quiet Beaches appeared first in Coastline\nWeekly.",
    "(HARBOUR - Evening)",
    "(harbour -\u00a0Late Edition)",
    "Copyright 2024 Harbour Press",
    "© 2024 Harbour Press. Copyright.",
    "Alle Rechte vorbehalten.",
    "تقدم الميناء هذه المعلومات",
    "This text was carried by\nthe night boat.",
]
STORY = [
    "The ferry sails again on Monday.",
    "A harbour is a press of ships; copyright is not.",
    "Ж" * 3,
    "词语。",
    "na\u00efve caf\u00e9",
    "&nbsp;",
    "\u200b",
    "#",
    "a",
    "story appeared first",
]
BLANKS = [
    "",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\t",
    "\n\n\n",
    " \n ",
    "\u00a0",
    "\n> ",
    "\f",
    "\n" * 40,
    " " * 700,
]
pieces = st.lists(
    st.one_of(
        st.sampled_from(BLOCKS),
        st.sampled_from(STORY),
        st.sampled_from(BLANKS),
        st.sampled_from(BLANKS),
        st.text(max_size=5),
    ),
    max_size=14,
)
texts = st.builds(lambda parts, bom: ("\ufeff" if bom else "") + "".join(parts), pieces, st.booleans())
far_apart = st.builds(
    lambda a, b, c, size, unit: a + unit * size + b + unit * size + c,
    texts, texts, texts, st.sampled_from([0, 60, 700, 2000, 9000]), st.sampled_from(["wort ", "ф ", "\n", "x"]),
)  # fmt: skip
data = st.one_of(
    texts.map(lambda t: t.encode("utf-8", "surrogatepass")),
    far_apart.map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.lists(st.one_of(st.binary(max_size=6), texts.map(lambda t: t.encode("utf-8", "surrogatepass"))), max_size=4).map(
        b"".join
    ),
)


def put_together(result: Cleaned[bytes]) -> bytes:
    """The clean text and what was removed, put back where it stood."""
    out, clean_at, at = [], 0, 0
    for span, removed in zip(result.spans, result.removed, strict=True):
        out.append(result.text[clean_at : clean_at + span.start - at])
        clean_at += span.start - at
        out.append(removed)
        at = span.end
    out.append(result.text[clean_at:])
    return b"".join(out)


@given(data)
def test_subtraction_only(data):
    result = CLEANER.clean_bytes(data)
    ends = [0, *(offset for span in result.spans for offset in (span.start, span.end)), len(data)]
    assert ends == sorted(ends)
    assert put_together(result) == data
    assert all(
        data[span.start : span.end] == removed for span, removed in zip(result.spans, result.removed, strict=True)
    )


@given(texts)
def test_str_and_bytes_agree(text):
    as_text = CLEANER.clean(text)
    as_bytes = CLEANER.clean_bytes(text.encode("utf-8", "surrogatepass"))
    assert as_text.text.encode("utf-8", "surrogatepass") == as_bytes.text
    assert [text[span.start : span.end] for span in as_text.spans] == list(as_text.removed)
    assert [removed.encode("utf-8", "surrogatepass") for removed in as_text.removed] == list(as_bytes.removed)
    assert [(s.rule, s.match, s.score) for s in as_text.spans] == [(s.rule, s.match, s.score) for s in as_bytes.spans]


@given(data, st.lists(st.integers(1, 30000), min_size=1, max_size=6), st.sampled_from([1, 100, 1 << 14]))
def test_chunks_change_nothing(data, sizes, step):
    whole = CLEANER.clean_bytes(data)
    session = Session(FAST, step=step)
    events, at = [], 0
    while at < len(data):
        size = sizes[len(events) % len(sizes)]
        events += session.feed(data[at : at + size])
        at += size
    events += session.close()
    assert b"".join(e.data for e in events if not isinstance(e, Cut)) == whole.text
    assert tuple(e.span for e in events if isinstance(e, Cut)) == whole.spans
    starts = [e.span.start if isinstance(e, Cut) else e.start for e in events]
    assert starts == sorted(starts)


@given(data)
def test_a_reader_and_a_writer_change_nothing(data):
    output = io.BytesIO()
    result = CLEANER.stream(io.BytesIO(data), output)
    assert output.getvalue() == CLEANER.clean_bytes(data).text
    assert result.bytes_read == len(data)
    assert result.bytes_written == len(output.getvalue())


@given(data)
def test_the_anchor_pass_changes_nothing(data):
    assert Session(FAST).whole(data) == Session(SLOW).whole(data)


@given(data)
def test_no_words_run_together(data):
    """The words of the clean text are words of the input, in its order."""
    word = regex.compile(r"[\w--[_\p{Han}\p{Hiragana}\p{Katakana}]]+", regex.V1)
    source = iter(word.findall(data.decode("utf-8", "replace")))
    assert all(
        any(found == wanted for found in source)
        for wanted in word.findall(CLEANER.clean_bytes(data).text.decode("utf-8", "replace"))
    )


@given(
    st.lists(st.sampled_from([*STORY[:5], "One more line.", ""]), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(BLOCKS[:3])), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_paragraphs_stay_as_they_were(paragraphs, blocks, newline):
    """Where blocks stand between the paragraphs of an ordinary text, that very text is left."""
    story = [p for p in paragraphs if p] or ["One line."]
    mixed = list(story)
    for place, block in sorted(blocks, reverse=True):
        mixed.insert(min(place, len(story)), block.replace("\n", newline))
    text = (newline * 2).join(mixed) + newline
    assert CLEANER.clean(text).text == (newline * 2).join(story) + newline


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "a", "a\r\n\r\n", "  \n"])
def test_what_has_no_match_comes_out_the_same(text):
    assert CLEANER.clean(text) == Cleaned(text, (), ())


@given(texts)
def test_clean_text_is_not_cleaned_differently_by_a_used_cleaner(text):
    first = CLEANER.clean(text)
    CLEANER.clean(LONG)
    assert CLEANER.clean(text) == first
