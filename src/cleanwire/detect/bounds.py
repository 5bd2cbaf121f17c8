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

    The mark opens right before them, and closes right behind them, within them or in the same line behind
    them.
    """
    opening = _OPENING_QUOTE.search(text, max(0, start - 8), start)
    if opening is None:
        return False
    if _CLOSING_QUOTE.match(text, end):
        return True
    mark = opening.group()
    closing = {"“": "”", "«": "»", '"': '"'}.get(mark)
    if closing is None:
        return False
    line_end = LINE_END.search(text, end, end + _QUOTE_GOES_ON)
    depth = 1
    for at in range(start, min(len(text), line_end.start() if line_end else end + _QUOTE_GOES_ON)):
        if text[at] in (mark, closing):
            # A straight mark opens behind a blank and closes behind anything else.
            opens = text[at] == mark if mark != closing else text[at - 1].isspace()
            depth += 1 if opens else -1
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
