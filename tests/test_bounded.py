"""A stream keeps a window, never the whole, whatever comes."""

import io

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.detect.settle import TAIL_MOST
from cleanwire.stream.guard import Guard
from cleanwire.stream.session import GROUP_MOST, REGION_MOST, STEP, Session

CLEANER = Cleaner()
BLOCK = (
    "Legal Disclaimer:\nMENAFN provides the information “as is” without warranty of any kind. We do not accept any "
    "responsibility or liability for the accuracy, content, images, videos, licenses, completeness, legality, or "
    "reliability of the information contained in this article. If you have any complaints or copyright issues related "
    "to this article, kindly contact the provider above.\n"
).encode()
STORY = b"The ferry sails again on Monday, and nobody asked where it had been.\n"

ENDLESS = {
    "a story": STORY * 4000,
    "a story on one line": STORY.replace(b"\n", b" ") * 4000,
    "nothing but blocks": BLOCK * 400,
    "blocks in a story": (STORY * 20 + b"\n" + BLOCK + b"\n") * 160,
    "an anchor over and over": b"menafn provides " * 18_000,
    "first halves of a block": BLOCK[: len(BLOCK) // 2] * 800,
    "copyright lines, which wait for the end": (b"(c) 2024 Coastline Weekly. All rights reserved.\n" + STORY) * 2400,
    "blank lines": b"\n" * 300_000,
    "nested quotes": b'"' * 300_000,
    "open brackets": b"(MENAFN- " * 32_000,
    "no UTF-8": b"\xff\xfe\x80" * 100_000,
}
MOST = STEP + REGION_MOST + GROUP_MOST + TAIL_MOST + (1 << 17)


@pytest.mark.parametrize("name", ENDLESS)
def test_the_window_stays_small(name):
    session = CLEANER.session()
    largest = 0
    for _ in range(3):
        for start in range(0, len(ENDLESS[name]), 1 << 16):
            session.feed(ENDLESS[name][start : start + (1 << 16)])
            largest = max(largest, len(session._buffer))
    session.close()
    assert largest <= MOST


@pytest.mark.parametrize("name", ENDLESS)
def test_it_says_the_same_as_for_the_whole(name):
    output = io.BytesIO()
    CLEANER.stream(io.BytesIO(ENDLESS[name]), output)
    assert output.getvalue() == CLEANER.clean_bytes(ENDLESS[name]).text


def guarded(data, *, max_removed=0.8, allow_empty=False, size=1 << 16):
    guard = Guard(Session(CLEANER._detector), max_removed=max_removed, allow_empty=allow_empty)
    out = [
        event.data
        for at in range(0, len(data), size)
        for event in guard.feed(data[at : at + size])
        if hasattr(event, "start")
    ]
    out += [event.data for event in guard.close() if hasattr(event, "start")]
    return b"".join(out), guard.kept_back


@pytest.mark.parametrize("size", [100, 1 << 16, 1 << 22])
def test_a_document_that_would_lose_nearly_everything_stays(size):
    text = STORY + BLOCK * 3
    assert guarded(text, size=size) == (text, guarded(text)[1])
    assert "of its words would go, the limit is 80%" in guarded(text, size=size)[1]
    assert guarded(text, max_removed=1, size=size) == (STORY, "")


def test_a_document_of_which_nothing_would_be_left_stays():
    assert guarded(BLOCK, max_removed=1) == (BLOCK, "nothing would be left of it; --allow-empty lets it go")
    assert guarded(BLOCK, max_removed=1, allow_empty=True) == (b"", "")


@pytest.mark.parametrize("size", [1 << 10, 1 << 23])
def test_a_long_document_is_judged_by_its_beginning(size, monkeypatch):
    window = 1 << 15
    monkeypatch.setattr("cleanwire.stream.guard.WINDOW", window)
    story = STORY * (window // len(STORY) + 1)
    blocks = BLOCK * (5 * window // len(BLOCK))
    assert guarded(story + blocks, size=size) == (story, "")
    text, kept_back = guarded(blocks + story, size=size)
    assert text == blocks + story
    assert kept_back


# A blank line before such a run is given out before its end is seen, so at the end of a document it stays.
AROUND = [
    (a, b) for a in (b"", b"A.\n", b"A.\n\n") for b in (b"", b"B.\n", b"\nB.\n", b"\n\n\nB.\n") if a != b"A.\n\n" or b
]


@pytest.mark.parametrize(("before", "behind"), AROUND)
def test_a_run_of_blocks_too_long_to_hold_leaves_the_same_seam_as_a_short_one(before, behind, monkeypatch):
    text = before + BLOCK * 12 + behind
    short = CLEANER.clean_bytes(text).text
    monkeypatch.setattr("cleanwire.stream.session.GROUP_MOST", 1000)
    assert CLEANER.clean_bytes(text).text == short
