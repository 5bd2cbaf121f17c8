"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cleanwire.errors import DocumentError


class AtomicFile:
    """A file that appears at ``path`` when ``commit`` is called, with the mode of ``like``, and not before.

    It is written beside its place, flushed to the disk, then renamed. Left without ``commit``, it leaves no trace.
    """

    def __init__(self, path: Path, like: Path | None = None) -> None:
        self.path, self._like = path, like
        try:
            descriptor, name = tempfile.mkstemp(prefix=".cleanwire-", suffix=".tmp", dir=path.parent)
        except OSError as error:
            raise DocumentError(
                f"{path}: cannot be written: {error.strerror}: check its folder's permissions"
            ) from None
        self._name = name
        self.file: IO[bytes] = os.fdopen(descriptor, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        if self._name:
            with contextlib.suppress(OSError):
                Path(self._name).unlink()

    def commit(self) -> None:
        """Puts the file in its place."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if self._like is not None:
            shutil.copymode(self._like, self._name)
        else:
            Path(self._name).chmod(0o666 & ~_umask())
        Path(self._name).replace(self.path)
        self._name = ""


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def copy(source: Path, target: Path) -> None:
    """Copies a file as it is, whole or not at all."""
    with source.open("rb") as reader, AtomicFile(target, source) as output:
        shutil.copyfileobj(reader, output.file, 1 << 20)
        output.commit()
