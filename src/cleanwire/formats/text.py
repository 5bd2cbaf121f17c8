"""Plain text: whether it is any, in which encoding, and the way from that encoding to UTF-8 and back."""

from __future__ import annotations

import codecs

import regex

from cleanwire.errors import DocumentError

HEAD = 1 << 16
"""Bytes at a document's start by which it is known."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_SIGNATURES = (
    (b"\x1f\x8b", "gzip-compressed"),
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = regex.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def encoding_of(head: bytes, asked: str | None) -> str:
    """The encoding of a document that begins with ``head``: what was asked for, what its mark says, else UTF-8."""
    if asked is not None and codecs.lookup(asked).name not in {"utf-8", "utf-16", "utf-32"}:
        return codecs.lookup(asked).name
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    if asked is not None and codecs.lookup(asked).name != "utf-8":
        # "UTF-16" without a mark means big endian by the standard (RFC 2781).
        return codecs.lookup(asked).name + "-be"
    return "utf-8"


def why_not_text(head: bytes, encoding: str) -> str:
    """What a document that begins with ``head`` is if it is no text; empty for text."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if encoding.startswith(("utf-16", "utf-32")):
        return ""
    if b"\0" in head:
        return f"binary (NUL at byte {head.index(0)})"
    if head and len(_CONTROLS.findall(head)) > len(head) // 10:
        return "binary (mostly control characters)"
    return ""


class Transcoder:
    """The way from another encoding to UTF-8 and back, in chunks, checked to be the same bytes in the end.

    Raises DocumentError where the bytes are not of that encoding, or could not be written back as they were.
    """

    def __init__(self, encoding: str, name: str) -> None:
        self._encoding, self._name = encoding, name
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._check = codecs.getincrementalencoder(encoding)("strict")
        self._unchecked = bytearray()
        self._read = 0
        self._back_decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._back_encoder = codecs.getincrementalencoder(encoding)("strict")

    def to_utf8(self, data: bytes, *, final: bool) -> bytes:
        """The next bytes of the document, in UTF-8."""
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            at = self._read + error.start
            raise DocumentError(
                f"{self._name}: byte {at}: this is not {self._encoding} ({error.reason}): give its --encoding"
            ) from None
        self._read += len(data)
        self._unchecked += data
        again = self._check.encode(text, final)
        if not self._unchecked.startswith(again) or (final and len(again) != len(self._unchecked)):
            raise DocumentError(
                f"{self._name}: {self._encoding} cannot write this text back as it was: convert it to UTF-8 first"
            )
        del self._unchecked[: len(again)]
        return text.encode("utf-8", "surrogatepass")

    def from_utf8(self, data: bytes, *, final: bool = False) -> bytes:
        """UTF-8 that stays, in the document's encoding."""
        return self._back_encoder.encode(self._back_decoder.decode(data, final), final)
