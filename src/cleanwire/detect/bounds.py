"""Where a block begins and ends in its text, once its first and last words are known."""

from __future__ import annotations

import regex

# What may stand between the line's start and the first word of a block, and belongs to the block.
_LINE_LEAD = regex.compile(
    r"[ \t\u00a0\u200b>*_#•·|–—-]*+(?:[\"'“”‘’«„(\[{<]|&(?:quot|ldquo|lsquo|laquo|#8220|#8216|#34);|â€œ|â€˜)*+[*_]*+"
)
_CLOSERS = regex.compile(
    r"(?:[.,:;!?…。！？؟۔।\"'”’»)\]}*_]|&(?:quot|rdquo|rsquo|raquo|#8221|#8217|#34|#39);|â€(?:™|\u009d)?)*+"
)
_OPENING_QUOTE = regex.compile(r"(?:[\"“«„‘]|&(?:quot|ldquo|laquo|#8220|#34);|â€œ)\Z")
_CLOSING_QUOTE = regex.compile(r"[.,!?…]?(?:[\"”»“’]|&(?:quot|rdquo|raquo|#8221|#34);|â€)")
LINE_END = regex.compile(r"\r\n|\n|\r")
_QUOTE_GOES_ON = 300  # characters
_PAIRS = {")": "(", "]": "[", "}": "{"}


def line_start(text: str, at: int) -> int:
    """The offset of the first character of the line that holds ``at``."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` stand in quotation marks of their own, as somebody's words do.

    The mark opens before them in their line, and closes behind them or within them. Straight marks are too ambiguous
    for that: they count where one opens right before the words.
    """
    line_end = LINE_END.search(text, end, end + _QUOTE_GOES_ON)
    stop = min(len(text), line_end.start() if line_end else end + _QUOTE_GOES_ON)
    if any(_opens_and_closes(text, line_start(text, start), start, stop, *pair) for pair in ("“”", "«»")):
        return True
    if _OPENING_QUOTE.search(text, max(0, start - 8), start) is None:
        return False
    if _CLOSING_QUOTE.match(text, end):
        return True
    if text[start - 1] != '"':
        return False
    depth = 1
    for at in range(start, stop):
        if text[at] == '"':
            # A straight mark opens behind a blank and closes behind anything else.
            depth += 1 if text[at - 1].isspace() else -1
            if not depth:
                return True
    return False


def _opens_and_closes(text: str, low: int, start: int, stop: int, opening: str, closing: str) -> bool:
    """Whether a quotation is open at ``start``, seen from ``low``, that closes before ``stop``."""
    depth = 0
    for char in text[low:start]:
        depth = max(0, depth + (char == opening) - (char == closing))
    if not depth:
        return False
    for char in text[start:stop]:
        depth += (char == opening) - (char == closing)
        if not depth:
            return True
    return False


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """From the first and last word to the punctuation, quoting and emphasis that belong to them."""
    lead = line_start(text, start)
    if _LINE_LEAD.fullmatch(text, lead, start):
        start = lead
    stop = _CLOSERS.match(text, end).end()  # type: ignore[union-attr]
    while start > 0 and text[start - 1] in '([{*_"“‘' and not text[start - 1 : start].isspace():
        opener = text[start - 1]
        closed = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’"}.get(opener, opener)
        if closed not in text[end:stop]:
            break
        start -= 1
    for index in range(end, stop):
        opener = _PAIRS.get(text[index], "")
        if opener and text.count(opener, start, index) <= text.count(text[index], start, index):
            stop = index  # it closes what was opened before the block
            break
    return start, stop
