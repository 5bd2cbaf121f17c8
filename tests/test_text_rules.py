"""What a rule of kind "text" tolerates, and what it does not take."""

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.model import Rule

RULE = Rule(
    id="harbour.disclaimer",
    kind="text",
    category="disclaimer",
    source="Harbour Press",
    description="A liability paragraph.",
    headings=("Legal notice",),
    texts=(
        "Harbour Press passes this story on “as is” and answers for neither its accuracy nor its completeness. We don't "
        "accept – as of {date} – liability for {pictures|images}{?, sound} or links {...8} from third parties. Questions "
        "go to the editor of {name}, {url}.",
    ),
    require=("harbour press",),
)
USUAL = {"disclaimer": ("Disclaimer", "Haftungsausschluss")}
COPY = (
    "Harbour Press passes this story on “as is” and answers for neither its accuracy nor its completeness. We don’t accept – "
    "as of 3 May 2024 – liability for images, sound or links of any kind from third parties. Questions go to the editor of "
    "the Evening Post, https://harbour.example/contact?x=1&y=2."
)
STORY = "The ferry sails again on Monday."
NEXT = "The crew had waited for a year."

CLEANER = Cleaner.of_rules([RULE], USUAL)


def upper(text):
    return text.upper().replace("HTTPS://HARBOUR.EXAMPLE/CONTACT?X=1&Y=2", "https://harbour.example/contact")


TOLERATED = {
    "as written": COPY,
    "upper case": upper(COPY),
    "lower case": COPY.lower(),
    "hard wraps": COPY.replace("story on", "story\non").replace("liability for", "liability\n   for"),
    "CRLF wraps": COPY.replace(" nor ", "\r\nnor "),
    "quoting": "> " + COPY.replace(" nor ", "\n> nor ").replace("We don", "\n> We don"),
    "indentation": "        " + COPY.replace(" nor ", "\n        nor "),
    "straight quotes and hyphens": COPY.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-"),
    "em dashes": COPY.replace(" – ", "—"),
    "entities": COPY.replace("“", "&ldquo;")
    .replace("”", "&#8221;")
    .replace("’", "&rsquo;")
    .replace(" nor ", "&nbsp;nor "),
    "no-break spaces": COPY.replace(" ", "\u00a0"),
    "zero-width spaces": COPY.replace("completeness", "comp\u200bleteness").replace(" nor", "\u200b nor"),
    "doubled spaces": COPY.replace(" ", "  "),
    "broken quotes": COPY.encode().decode("cp1252", "ignore"),
    "broken dashes, Latin-1": COPY.encode().decode("latin-1"),
    "emphasis": "**" + COPY + "**",
    "its own heading": "Legal notice:\n" + COPY,
    "its own heading on the line": "LEGAL NOTICE: " + COPY,
    "its own heading in bold": "**Legal Notice**\n\n" + COPY,
    "a usual heading": "Disclaimer:\n" + COPY,
    "a usual heading in another language": "HAFTUNGSAUSSCHLUSS\n\n" + COPY,
    "two headings": "Disclaimer\n\nLegal notice:\n" + COPY,
    "the other alternative": COPY.replace("images", "pictures"),
    "without the option": COPY.replace(", sound", ""),
    "another date": COPY.replace("3 May 2024", "Friday, September 13th, 2019"),
    "cut off": COPY[: COPY.index("links of any")].rstrip(),
    "cut off within a sentence, at 60 %": " ".join(COPY.split()[:33]),
    "reworded in one place": COPY.replace("liability", "responsibility"),
    "reworded in three places": COPY.replace("accuracy", "truth")
    .replace("links", "references")
    .replace("go to", "reach"),
    "a word too many": COPY.replace("nor its", "nor indeed its"),
    "twice in a row": COPY + "\n" + COPY,
    "twice in a row with headings": "Legal notice:\n" + COPY + "\n\nLegal notice:\n" + COPY,
}


@pytest.mark.parametrize("name", TOLERATED)
@pytest.mark.parametrize("place", ["last", "between", "first"])
def test_a_copy_goes(name, place):
    block = TOLERATED[name]
    before, behind = {"last": (STORY, ""), "between": (STORY, NEXT), "first": ("", NEXT)}[place]
    text = "\n\n".join(part for part in (before, block, behind) if part) + "\n"
    assert CLEANER.clean(text).text == "\n\n".join(part for part in (before, behind) if part) + "\n"


@pytest.mark.parametrize("glue", [" ", "\n"])
@pytest.mark.parametrize(
    "name", ["as written", "its own heading", "its own heading on the line", "hard wraps", "entities", "lower case"]
)
def test_a_copy_behind_the_last_sentence_goes(name, glue):
    assert CLEANER.clean(STORY + glue + TOLERATED[name] + "\n").text == STORY + "\n"


def test_in_a_text_without_line_breaks_the_sentences_around_it_stay():
    assert CLEANER.clean(f"{STORY} {COPY} {NEXT}").text == f"{STORY} {NEXT}"


KEPT = {
    "less than 60 % of its words": " ".join(COPY.split()[:18]) + ".",
    "without a required word": COPY.replace("Harbour Press", "Nobody"),
    "quoted": f"“{COPY}” is what it says.",
    "quoted with more words": f"“{COPY} Sincerely,” he read.",
    "quoted behind other words": f"The judge read on: “It says so. {COPY}” Then she laughed.",
    "in guillemets": f"« Écoutez. {COPY} »",
    "in straight quotes": '"' + COPY.replace("“", "").replace("”", "") + '"',
    "a sentence about it": "Harbour Press passes this story on to its readers, and answers for its accuracy with its name.",
    "a story inside": COPY.replace(
        "We don’t",
        "The ferry sank last year within sight of the harbour, and nobody has raised her since then. We don’t",
    )[: COPY.index("We don’t") + 140],
}


@pytest.mark.parametrize("name", KEPT)
def test_what_only_looks_like_it_stays(name):
    text = f"{STORY}\n\n{KEPT[name]}\n\n{NEXT}\n"
    assert CLEANER.clean(text).text == text


def test_a_heading_without_its_block_stays():
    text = f"{STORY}\n\nLegal notice:\n{NEXT}\n"
    assert CLEANER.clean(text).text == text


def test_a_usual_heading_in_the_middle_of_a_sentence_stays():
    assert CLEANER.clean(f"He read the disclaimer: {COPY}\n").text == "He read the disclaimer:\n"


def test_a_copy_with_a_story_in_it_keeps_the_story():
    middle = "The ferry sank last year within sight of the harbour, and nobody has raised her since then."
    text = COPY.replace("We don’t", f"{middle} We don’t")
    assert middle in CLEANER.clean(f"{STORY}\n\n{text}\n").text


def test_what_was_nearly_taken_is_told_with_the_reason():
    result = CLEANER.clean(f"{STORY}\n\n{KEPT['less than 60 % of its words']}\n")
    (miss,) = result.near_misses
    assert miss.rule == RULE.id
    assert "of its words are there; 60% are needed" in miss.reason


def test_score_and_kind_of_match():
    exact, cut = CLEANER.clean(COPY).spans[0], CLEANER.clean(TOLERATED["cut off"]).spans[0]
    assert (exact.match, exact.score) == ("exact", 1.0)
    assert cut.match == "approximate"
    assert 0.6 <= cut.score < 1


def test_a_reworded_copy_that_ends_nowhere_stays_whole():
    rule = Rule(
        id="test.views", kind="text", category="disclaimer", source="", description="",
        texts=("The views {and opinions|} expressed are those of the author alone and do not necessarily reflect the position of {name}",),
    )  # fmt: skip
    cleaner = Cleaner.of_rules([rule])
    views = "The views expressed are those of the author and do not necessarily reflect the position of"
    long_name = "the Department of Ferries, the Department of Bridges, the harbours of the north, or any of the islands"
    text = f"{STORY}\n\n{views} {long_name}.\n"
    assert cleaner.clean(text).text == text
    assert cleaner.clean(f"{STORY}\n\n{views} the harbour.\n").text == STORY + "\n"
