"""Folders: what is cleaned, what is copied, what is refused, and that no file is ever half written or lost."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from command import ARTICLE, BLOCK, LONG_STORY, POSIX, STORY, run

from cleanwire.batch import atomic


def write(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def tree(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


BINARY = b"\x00\x01\x02"
FILES = {
    "a.txt": ARTICLE,
    "deep/er/b.md": ARTICLE,
    "README": ARTICLE,
    "clean.txt": STORY,
    "empty.txt": "",
    "data.csv": BLOCK,
    "picture.png": BINARY,
    "wrong.txt": BINARY,
    ".hidden.txt": ARTICLE,
    ".git/c.txt": ARTICLE,
    "CVS/d.txt": ARTICLE,
}
CLEANED = {"a.txt": LONG_STORY, "deep/er/b.md": LONG_STORY, "README": LONG_STORY, "clean.txt": STORY, "empty.txt": ""}
OTHERS = {"data.csv": BLOCK, "picture.png": BINARY, "wrong.txt": BINARY}


def in_bytes(files):
    return {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), CLEANED | OTHERS),
        (("--others", "skip"), CLEANED),
        (("--include", "*.csv"), {"data.csv": BLOCK, **{k: FILES[k] for k in [*CLEANED, "picture.png", "wrong.txt"]}}),
        (
            ("--exclude", "deep", "--exclude", "*.csv"),
            {k: v for k, v in (CLEANED | OTHERS).items() if "/" not in k and k != "data.csv"},
        ),
        (("--exclude", "*/b.md"), {k: v for k, v in (CLEANED | OTHERS).items() if k != "deep/er/b.md"}),
    ],
)
def test_a_folder_is_mirrored(tmp_path, args, expected):
    write(tmp_path / "in", FILES)
    done = run("in", "-o", "out", "-v", *args, cwd=tmp_path)
    assert tree(tmp_path / "out") == in_bytes(expected)
    assert tree(tmp_path / "in") == in_bytes(FILES)
    assert done.returncode == (3 if "--include" in args else 0), done.stderr  # a CSV of one block is kept back
    assert b"3 left out (hidden)" in done.stderr


def test_in_place_changes_only_what_changes(tmp_path):
    write(tmp_path / "in", FILES)
    untouched = tmp_path / "in" / "clean.txt"
    os.utime(untouched, (1, 1))
    assert run("in", "--in-place", "--backup", ".orig", cwd=tmp_path).returncode == 0
    backups = {f"{name}.orig": FILES[name] for name in ("a.txt", "deep/er/b.md", "README")}
    assert tree(tmp_path / "in") == in_bytes(FILES | CLEANED | backups)
    assert untouched.stat().st_mtime == 1


def test_a_backup_is_never_written_over_without_force(tmp_path):
    write(tmp_path, {"a.txt": ARTICLE, "a.txt.orig": "precious"})
    done = run("a.txt", "-i", "--backup", ".orig", cwd=tmp_path)
    assert (done.returncode, b"a.txt.orig exists already: --force" in done.stderr) == (3, True)
    assert tree(tmp_path) == in_bytes({"a.txt": ARTICLE, "a.txt.orig": "precious"})
    assert run("a.txt", "-i", "--backup", ".orig", "--force", cwd=tmp_path).returncode == 0
    assert tree(tmp_path) == in_bytes({"a.txt": LONG_STORY, "a.txt.orig": ARTICLE})


REFUSED = {
    "output inside input": (("in", "-o", "in/out"), "lies inside the input folder"),
    "output is the input folder": (("in", "-o", "in"), "the output folder is the input folder"),
    "output is the input folder, written otherwise": (
        ("in", "-o", "in/../in"),
        "the output folder is the input folder",
    ),
    "input inside output": (("in/sub", "-o", "in"), "lies inside the output folder"),
    "output is the input file": (("in/a.txt", "-o", "in/a.txt"), "the output is the input"),
    "two inputs with one output": (("in/a.txt", "in/sub/a.txt", "-o", "out"), "would both be written there"),
    "two folders with one output": (("in", "in/sub", "-o", "out"), "would both be written there"),
    "an output that exists": (("in", "-o", "there"), "exists already: --force writes over it"),
    "a folder of an output's name": (("in/a.txt", "other.txt", "-o", "clash"), "there is a folder of this name"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_destroy_something_is_refused_before_anything_is_written(name, tmp_path):
    write(
        tmp_path,
        {"in/a.txt": ARTICLE, "in/sub/a.txt": ARTICLE, "there/a.txt": "old", "other.txt": STORY, "clash/a.txt/x": "x"},
    )
    before = tree(tmp_path)
    args, message = REFUSED[name]
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert message in done.stderr.decode()
    assert tree(tmp_path) == before


def test_force_writes_over_what_exists(tmp_path):
    write(tmp_path, {"in/a.txt": ARTICLE, "out/a.txt": "old", "out/more.txt": "stays"})
    assert run("in", "-o", "out", "--force", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "out") == in_bytes({"a.txt": LONG_STORY, "more.txt": "stays"})


@POSIX
def test_links_are_not_followed_out_of_the_tree(tmp_path):
    write(tmp_path, {"in/a.txt": ARTICLE, "secret/s.txt": ARTICLE, "elsewhere/x": "x"})
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret" / "s.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    done = run("in", "-o", "out", "-v", cwd=tmp_path)
    assert (done.returncode, b"3 left out (a link)" in done.stderr) == (0, True)
    assert set(tree(tmp_path / "out")) == {"a.txt"}
    assert run("in", "-i", cwd=tmp_path).returncode == 0
    assert (tmp_path / "secret" / "s.txt").read_text(encoding="utf-8") == ARTICLE


@POSIX
def test_a_link_in_the_output_folder_is_not_followed(tmp_path):
    write(tmp_path, {"in/sub/a.txt": ARTICLE, "out/x": "x", "elsewhere/x": "x"})
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    done = run("in", "-o", "out", "--force", cwd=tmp_path)
    assert (done.returncode, b"a link leads out of the output folder" in done.stderr) == (2, True)
    assert set(tree(tmp_path / "elsewhere")) == {"x"}


@POSIX
def test_a_link_that_is_named_is_followed_and_stays_a_link(tmp_path):
    write(tmp_path, {"real/a.txt": ARTICLE})
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real" / "a.txt")
    assert run("link.txt", "-i", "--backup", ".orig", cwd=tmp_path).returncode == 0
    assert link.is_symlink()
    assert tree(tmp_path / "real") == in_bytes({"a.txt": LONG_STORY, "a.txt.orig": ARTICLE})


@POSIX
def test_the_mode_is_kept(tmp_path):
    write(tmp_path, {"in/a.txt": ARTICLE})
    (tmp_path / "in" / "a.txt").chmod(0o640)
    run("in", "-o", "out", cwd=tmp_path)
    run("in", "-i", cwd=tmp_path)
    for folder in ("in", "out"):
        assert stat.S_IMODE((tmp_path / folder / "a.txt").stat().st_mode) == 0o640


@POSIX
def test_odd_names_and_things_that_are_no_files(tmp_path):
    names = [b"with blank.txt", b"new\nline.txt", b"no-utf8-\xff.txt", ("ü" * 125).encode() + b".txt", b"-dash.txt"]
    source = tmp_path / "in"
    source.mkdir()
    for name in names:
        (source / os.fsdecode(name)).write_text(ARTICLE, encoding="utf-8")
    os.mkfifo(source / "pipe.txt")
    done = run("in", "-o", "out", "-v", cwd=tmp_path)
    assert (done.returncode, b"1 left out (not a regular file)" in done.stderr) == (0, True), done.stderr
    assert {os.fsencode(path.name) for path in (tmp_path / "out").iterdir()} == set(names)
    assert run("in", "--json", cwd=tmp_path).returncode == 0


def test_one_document_that_fails_stops_no_other(tmp_path):
    write(tmp_path, {"a.txt": ARTICLE, "b.txt": BINARY, "c.txt": "Brief.\n\n" + BLOCK, "d.txt": ARTICLE})
    done = run("a.txt", "b.txt", "c.txt", "d.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert b"b.txt: this is binary (NUL at byte 0), not text: nothing was written" in done.stderr
    assert b"c.txt: kept as it is" in done.stderr
    assert tree(tmp_path / "out") == in_bytes({"a.txt": LONG_STORY, "c.txt": "Brief.\n\n" + BLOCK, "d.txt": LONG_STORY})


@POSIX
@pytest.mark.skipif(
    not shutil.which("setpriv") and os.name != "nt" and os.geteuid() == 0, reason="root may do anything"
)
def test_folders_and_files_without_permission_are_errors_of_their_own(tmp_path):
    write(tmp_path, {"in/a.txt": ARTICLE, "in/locked/b.txt": ARTICLE, "in/c.txt": ARTICLE, "sealed/x": "x"})
    for path, mode in (("in/locked", 0), ("in/c.txt", 0), ("sealed", 0o555)):
        (tmp_path / path).chmod(mode)
    prefix = ()
    if os.geteuid() == 0:
        for path in (tmp_path, *tmp_path.parents[:2], tmp_path / "in", tmp_path / "in" / "a.txt"):
            path.chmod(0o777)
        prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if run("--version", prefix=prefix).returncode:
            pytest.skip("this Python cannot be run by another user than root")
    done = run("in", "-o", "out", cwd=tmp_path, prefix=prefix)
    assert done.returncode == 3
    for line in (
        b"locked: Permission denied (check its permissions)",
        b"c.txt: Permission denied (check its permissions)",
    ):
        assert line in done.stderr
    assert tree(tmp_path / "out") == in_bytes({"a.txt": LONG_STORY})
    done = run("in/a.txt", "-o", "sealed/a.txt", cwd=tmp_path, prefix=prefix)
    assert (done.returncode, b"check its folder's permissions" in done.stderr, b"Traceback" in done.stderr) == (
        3,
        True,
        False,
    )
    (tmp_path / "in" / "locked").chmod(0o755)


def test_the_number_of_processes_changes_nothing(tmp_path):
    files = {
        f"{index % 7}/{index:03}.txt": ARTICLE.replace("ferry", f"ferry {index}") if index % 3 else STORY
        for index in range(400)
    }
    write(tmp_path / "in", files | {"bad.txt": BINARY, "back.txt": BLOCK})
    results = []
    for jobs in (1, 2, 5):
        done = run("in", "-o", f"out{jobs}", "-j", jobs, "-v", cwd=tmp_path)
        assert done.returncode == 3
        results.append(
            (tree(tmp_path / f"out{jobs}"), [line for line in done.stderr.splitlines() if b" documents (" not in line])
        )
        results[-1] += (run("in", "--json", "-j", jobs, cwd=tmp_path).stdout,)
    assert results[0] == results[1] == results[2]
    assert len(results[0][0]) == 402


# ── atomic writes ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_trace(tmp_path, monkeypatch, failing):
    path, source = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("old")
    source.write_text("new")

    def fail(*_args):
        raise OSError("no space left")

    monkeypatch.setattr(*((atomic.os, "fsync") if failing == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="no space left"):
        atomic.copy(source, path)
    assert tree(tmp_path) == {"a.txt": b"old", "b.txt": b"new"}


def test_a_file_is_flushed_to_the_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(atomic.os, "fsync", lambda _: calls.append("fsync"))
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *args: (calls.append("replace"), replace(*args)))
    with atomic.AtomicFile(tmp_path / "a.txt") as output:
        output.file.write(b"new")
        assert [path.name for path in tmp_path.iterdir()] != ["a.txt"]
        output.commit()
    assert (calls, tree(tmp_path)) == (["fsync", "replace"], {"a.txt": b"new"})


def test_a_file_that_is_not_committed_leaves_no_trace(tmp_path):
    with atomic.AtomicFile(tmp_path / "a.txt") as output:
        output.file.write(b"new")
    assert tree(tmp_path) == {}
