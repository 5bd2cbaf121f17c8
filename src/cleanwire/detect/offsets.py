"""Byte offsets → character offsets."""

from __future__ import annotations


class CharOffsets:
    """Turns byte offsets of UTF-8 ``data`` into character offsets. Cheap when asked in ascending order.

    ``errors`` says how ``data`` was decoded, or how its text was encoded.
    """

    def __init__(self, data: bytes, errors: str) -> None:
        self._data, self._errors = data, errors
        self._ascii = data.isascii()
        self._byte = self._char = 0

    def __call__(self, byte: int) -> int:
        if self._ascii:
            return byte
        if byte < self._byte:
            self._byte = self._char = 0
        self._char += len(self._data[self._byte : byte].decode("utf-8", self._errors))
        self._byte = byte
        return self._char
