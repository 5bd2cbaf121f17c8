"""``python -m benchmarks``: what cleaning costs beside what one would use instead, all in one run, alternating.

Text: the real releases of ../shared/corpus where they are, else the project's fixtures over and over. Every figure is
the median of the runs; a ratio means more than a rate, since machines are noisy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cleanwire import Cleaner

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "releases.jsonl.gz"
TEN = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\(MENAFN[^)]*\)",
        r"MENAFN\d+ID\d+",
        r"Legal Disclaimer:\s+MENAFN.*?provider above\.",
        r"Legal Disclaimer:\s+EIN Presswire.*?author above\.",
        r"/PRNewswire/ --",
        r"View original content.*?\.html",
        r"^SOURCE .*$",
        r"\(GLOBE NEWSWIRE\) --",
        r"View source version on businesswire\.com: \S+",
        r"The post .*? appeared first on .*?\.",
    )
]


def documents(megabytes: int) -> list[bytes]:
    """Real releases or fixtures, as many as make up the size."""
    if CORPUS.exists():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"].encode() for line in lines]
    else:
        texts = [path.read_bytes() for path in sorted((ROOT / "fixtures").rglob("*.*")) if path.is_file()]
    found: list[bytes] = []
    size = 0
    while size < megabytes * 1_000_000:
        for text in texts:
            found.append(text)
            size += len(text)
            if size >= megabytes * 1_000_000:
                break
    return found


def median(runs: int, works: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """For each work its median time and spread (largest minus smallest), in seconds; the works take turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: (statistics.median(found), max(found) - min(found)) for name, found in times.items()}


def main() -> None:
    """Runs the benchmarks and prints a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    texts = documents(options.megabytes)
    size = sum(map(len, texts)) / 1e6
    decoded = [text.decode() for text in texts]
    cleaner = Cleaner()
    perl = shutil.which("perl")

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.txt"
        whole.write_bytes(b"\n".join(texts))
        works: dict[str, Callable[[], object]] = {
            "cleanwire, a document at a time": lambda: [cleaner.clean_bytes(text) for text in texts],
            "ten re.sub, a document at a time": lambda: [_ten(text) for text in decoded],
            "cat into a file": lambda: subprocess.run(["cat", whole], stdout=subprocess.DEVNULL, check=True),
        }
        if perl:
            two = r"s/MENAFN\d+ID\d+//g; s/\/PRNewswire\/ --//g"
            works["perl with two patterns"] = lambda: subprocess.run(
                [perl, "-pe", two, whole], stdout=subprocess.DEVNULL, check=True
            )
        rates = median(options.runs, works)
        starts = {
            "cleanwire --version": lambda: _command("-m", "cleanwire", "--version"),
            "cleanwire of a 2 kB file": lambda: _command(
                "-m", "cleanwire", "--isolated", str(ROOT / "fixtures" / "article.txt")
            ),
            "python, importing click": lambda: _command("-c", "import click"),
        }
        startup = median(options.runs, starts)
    if options.json:
        print(json.dumps({"megabytes": size, "seconds": rates, "startup": startup}))
        return
    own = rates["cleanwire, a document at a time"][0]
    print(
        f"{size:.1f} MB in {len(texts)} documents, {len(cleaner.rules)} rules, median of {options.runs} runs (spread)"
    )
    for name, (seconds, spread) in rates.items():
        ratio = f"cleanwire is {seconds / own:.2f} × as fast"
        print(f"{name:36} {size / seconds:10.1f} MB/s  ({spread / seconds:4.0%})   {ratio}")
    for name, (seconds, spread) in startup.items():
        print(f"{name:36} {seconds * 1000:10.0f} ms    ({spread / seconds:4.0%})")


def _ten(text: str) -> str:
    for pattern in TEN:
        text = pattern.sub("", text)
    return text


def _command(*words: str) -> None:
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
