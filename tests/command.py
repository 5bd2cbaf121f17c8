"""What the tests of the command share."""

import os
import subprocess
import sys

import pytest

STORY = "The ferry sails again on Monday, and the islands have their boat back.\nNobody asked where it had been.\n"
BLOCK = (
    "Legal Disclaimer:\nMENAFN provides the information “as is” without warranty of any kind. We do not accept any "
    "responsibility or liability for the accuracy, content, images, videos, licenses, completeness, legality, or "
    "reliability of the information contained in this article. If you have any complaints or copyright issues related "
    "to this article, kindly contact the provider above.\n"
)
LONG_STORY = STORY * 12
ARTICLE = LONG_STORY + "\n" + BLOCK
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def run(*args, stdin=b"", cwd=None, env=None, prefix=()):
    """Runs the command as a process of its own."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "cleanwire", *map(str, args)],
        input=stdin, capture_output=True, cwd=cwd, env=os.environ | (env or {}), check=False,
    )  # fmt: skip
