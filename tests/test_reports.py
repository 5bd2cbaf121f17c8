"""What people and programs are shown: golden files, and properties of the diff and of the offsets."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from command import ARTICLE, BLOCK, LONG_STORY, run
from hypothesis import given
from hypothesis import strategies as st

from cleanwire.batch.document import Settings
from cleanwire.cleaner import Cleaner
from cleanwire.model import Rule
from cleanwire.report import diff, explain, listing, objects
from cleanwire.report.document import Report

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
SCHEMA = json.loads((HERE.parent / "docs" / "json.schema.json").read_text(encoding="utf-8"))
CLEANER = Cleaner()
SETTINGS = Settings()

QUOTED = (
    "The judge read it out. “MENAFN provides the information “as is” without warranty of any kind. We do not accept any "
    "responsibility or liability for the accuracy, content, images, videos, licenses, completeness, legality, or "
    "reliability of the information contained in this article.” Then she laughed.\n"
)
DOCUMENTS = {
    "article": (FIXTURES / "article.txt").read_bytes(),
    "harvest": (FIXTURES / "articles" / "harvest.md").read_bytes(),
    "unchanged": (FIXTURES / "articles" / "concert.txt").read_bytes(),
    "near_miss": (LONG_STORY + "\n" + QUOTED).encode(),
    "kept_back": ("Brief.\n\n" + BLOCK).encode(),
    "binary": b"a\0b",
    "no_final_newline": ARTICLE.rstrip().encode(),
    "crlf": ARTICLE.replace("\n", "\r\n").encode(),
    "no_utf8": b"caf\xe9\n\n" + ARTICLE.encode(),
}
RENDERERS = {
    "check": listing.render,
    "diff": lambda report: diff.render(report, color=False),
    "diff-colour": lambda report: diff.render(report, color=True),
    "explain": lambda report: explain.render(report, color=False),
    "explain-colour": lambda report: explain.render(report, color=True),
    "json": objects.render,
}


@pytest.mark.parametrize("kind", RENDERERS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_golden(kind, name):
    shown = RENDERERS[kind](Report(CLEANER, SETTINGS, f"{name}.txt", DOCUMENTS[name]))
    golden = HERE / "golden" / f"{name}.{kind}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(shown, encoding="utf-8", newline="")
    with golden.open(encoding="utf-8", newline="") as file:
        assert shown == file.read()


# ── the diff ─────────────────────────────────────────────────────────────────────────────────────────────────────

TAG = Rule(
    id="test.tag", kind="pattern", category="syndication", source="", description="",
    patterns=(r"\[TAG\](?:\n\[TAG\])*",), anchors=("tag]",), scope="inline",
)  # fmt: skip
TAGGER = Cleaner.of_rules([TAG])
lines = st.lists(
    st.sampled_from(["", "a", "b [TAG]", "[TAG]", "[TAG] c", "d [TAG] e", "f\u2028g", "h\x0ci"]), max_size=25
)


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@given(lines, st.booleans())
def test_a_diff_applied_with_patch_gives_the_clean_text(tmp_path_factory, lines, newline):
    text = "\n".join(lines) + ("\n" if newline else "")
    report = Report(TAGGER, Settings(max_removed=1, allow_empty=True), "text", text.encode())
    clean = TAGGER.clean(text).text
    shown = diff.render(report, color=False)
    assert (shown == "") == (clean == text)
    if shown:
        folder = tmp_path_factory.mktemp("patch")
        (folder / "text").write_bytes(text.encode())
        subprocess.run(["patch", "-s", "text"], input=shown.encode(), cwd=folder, check=True)
        assert ((folder / "text").read_bytes() if (folder / "text").exists() else b"") == clean.encode()


# ── the offsets ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "shift_jis"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_lines_and_columns_are_those_of_the_document_on_disk(encoding, newline):
    odd = "船が出る。" if encoding == "shift_jis" else "Ça – là." if encoding == "cp1252" else "船 𝔸 é – x."
    block = BLOCK.replace("“", '"').replace("”", '"')
    text = (LONG_STORY + odd + "\n\n" + block).replace("\n", newline)
    data = text.encode(encoding)
    settings = Settings(encoding=None if encoding.startswith("utf") else encoding)
    found = json.loads(objects.render(Report(CLEANER, settings, "x", data)))
    jsonschema.validate(found, SCHEMA)
    (span,) = found["spans"]
    decoded = data.decode(encoding if encoding != "utf-8-sig" else "utf-8")
    start, end = span["bytes"]
    plain = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    assert data[start:end].decode(plain) == span["text"]
    mark = 1 if encoding in {"utf-16", "utf-32", "utf-8-sig"} else 0
    whole = "\ufeff" * (mark and encoding != "utf-8-sig") + decoded
    assert whole[slice(*span["chars"])] == span["text"]
    before = whole[: span["chars"][0]]
    assert span["line"] == before.count(newline) + 1
    assert span["column"] == len(before) - (before.rfind(newline) + len(newline)) + 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_json_keeps_to_its_schema(name):
    jsonschema.validate(json.loads(objects.render(Report(CLEANER, SETTINGS, name, DOCUMENTS[name]))), SCHEMA)


def test_json_of_files_that_fail_keeps_to_its_schema(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    done = run("--json", "--encoding", "ascii", "b.txt", "a.txt", cwd=tmp_path)
    assert done.returncode == 3
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [item["status"] for item in found] == ["failed", "failed"]
    for item in found:
        jsonschema.validate(item, SCHEMA)
