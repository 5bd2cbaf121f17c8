"""The command as a process: what goes to stdout and stderr, how it ends, what it leaves behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ARTICLE, BLOCK, LONG_STORY, POSIX, STORY, run

from cleanwire import __version__


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.encode())
    return path


# ── a file, a pipe ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_gives_clean_text_and_nothing_else(article):
    done = run(article)
    assert (done.stdout.decode(), done.stderr, done.returncode) == (LONG_STORY, b"", 0)
    assert article.read_bytes() == ARTICLE.encode()


@pytest.mark.parametrize("args", [(), ("-",), ("clean", "-"), ("clean",)])
def test_a_pipe_is_filtered(args):
    done = run(*args, stdin=ARTICLE.encode())
    assert (done.stdout.decode(), done.stderr, done.returncode) == (LONG_STORY, b"", 0)


PASSED_THROUGH = {
    "nothing": b"",
    "a newline": b"\n",
    "no final newline": STORY.encode().rstrip(),
    "CRLF": STORY.replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + STORY.encode(),
    "no UTF-8": b"\xff\xe9t\xe9 \x80 caf\xe9\n",
    "UTF-16 with a mark": STORY.encode("utf-16"),
    "UTF-16 big endian with a mark": b"\xfe\xff" + STORY.encode("utf-16-be"),
    "UTF-32 with a mark": STORY.encode("utf-32"),
    "a NUL far behind": STORY.encode() * 1000 + b"\0\n",
}


@pytest.mark.parametrize("name", PASSED_THROUGH)
def test_what_has_no_boilerplate_comes_out_byte_for_byte(name):
    done = run(stdin=PASSED_THROUGH[name])
    assert (done.stdout, done.stderr, done.returncode) == (PASSED_THROUGH[name], b"", 0)


@pytest.mark.parametrize(
    ("encoding", "args"),
    [
        ("utf-16", ()), ("utf-8-sig", ()), ("utf-32", ()), ("cp1252", ("--encoding", "cp1252")),
        ("utf-16-le", ("--encoding", "utf-16-le")), ("mac-roman", ("--encoding", "macroman")), ("utf-16", ("--encoding", "utf-16")),
    ],
)  # fmt: skip
def test_output_is_in_the_encoding_of_the_input(encoding, args):
    text = LONG_STORY + "“Café”\n\n"
    done = run(*args, stdin=(text + BLOCK).encode(encoding))
    assert done.stderr == b""
    assert done.stdout == text[:-1].encode(encoding)


def test_shift_jis_and_what_cannot_be_written_back():
    text = "船は月曜日に出る。\n" * 30
    done = run(
        "--encoding", "shift_jis", stdin=(text + "\n" + BLOCK.replace("“", '"').replace("”", '"')).encode("shift_jis")
    )
    assert done.stdout.decode("shift_jis") == text
    done = run("--encoding", "utf-7", stdin=b"+AGE-bc\n")
    assert done.returncode == 3
    assert b"cannot write this text back" in done.stderr


def test_bytes_that_are_not_of_the_encoding_are_an_error_that_names_the_place():
    done = run("--encoding", "ascii", stdin=STORY.encode() + b"caf\xe9\n")
    assert done.returncode == 3
    assert f"standard input: byte {len(STORY) + 3}: this is not ascii".encode() in done.stderr


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"a\0b", b"binary (NUL at byte 1)"), (b"\x1f\x8b\x08junk", b"gzip-compressed"), (b"%PDF-1.7 x", b"a PDF document"),
     (b"\x89PNG\r\n", b"a PNG image"), (b"\x01\x02\x03\x04abcdef", b"mostly control characters")],
)  # fmt: skip
def test_what_is_not_text_is_refused_in_one_line(tmp_path, data, what):
    path = tmp_path / "thing.txt"
    path.write_bytes(data)
    done = run(path)
    assert (done.stdout, done.returncode) == (b"", 3)
    assert what in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_to_a_file(article, tmp_path):
    out = tmp_path / "clean.txt"
    assert run(article, "-o", out).returncode == 0
    assert out.read_text(encoding="utf-8") == LONG_STORY
    again = run(article, "-o", out)
    assert (again.returncode, b"exists already: --force" in again.stderr) == (2, True)
    assert run(article, "-o", out, "--force").returncode == 0
    assert run("-o", tmp_path / "piped.txt", stdin=ARTICLE.encode()).returncode == 0
    assert (tmp_path / "piped.txt").read_text(encoding="utf-8") == LONG_STORY
    assert run("-o", out, stdin=b"x").returncode == 2
    assert out.read_text(encoding="utf-8") == LONG_STORY


# ── how it ends ──────────────────────────────────────────────────────────────────────────────────────────────────

WRONG_USAGE = {
    "no such file": (("nosuch.txt",), "there is no file or folder 'nosuch.txt'"),
    "no such option": (("--nosuch",), "--nosuch"),
    "a folder and no output": (("folder",), "--output OUT writes them there, --in-place over the originals"),
    "two files and no output": (("a.txt", "b.txt"), "--output OUT writes them there, --in-place over the originals"),
    "two reports": (("--check", "--diff", "a.txt"), "--check and --diff exclude each other"),
    "a report and an output": (("--check", "a.txt", "-o", "x"), "--check writes nothing"),
    "output and in place": (("a.txt", "-o", "x", "-i"), "--output and --in-place exclude each other"),
    "backup without in place": (("a.txt", "--backup", ".orig"), "--backup goes with --in-place"),
    "backup into another folder": (("a.txt", "-i", "--backup", "/x"), "--backup takes a suffix"),
    "stdin in place": (("-", "-i"), "standard input has no place"),
    "stdin and a file": (("-", "a.txt"), "stands alone"),
    "no such encoding": (("--encoding", "klingon", "a.txt"), "there is no text encoding 'klingon'"),
    "no text encoding": (("--encoding", "base64", "a.txt"), "there is no text encoding 'base64'"),
    "no such category": (("--only", "disclaimers", "a.txt"), "did you mean 'disclaimer'?"),
    "no such pack": (("--rules", "nosuch.toml", "a.txt"), "nosuch.toml: cannot be read: No such file"),
    "a folder for a pack": (("--rules", "folder", "a.txt"), "folder: cannot be read"),
    "too much": (("--max-removed", "101", "a.txt"), "--max-removed"),
    "no jobs": (("-j", "0", "a.txt"), "--jobs"),
    "no such rules command": (("rules", "nosuch"), "nosuch"),
    "no such rule": (("rules", "show", "nosuch.rule"), "cleanwire rules list shows all"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_USAGE)
def test_wrong_usage_is_one_line_and_exit_code_2(name, tmp_path):
    for file in ("a.txt", "b.txt"):
        (tmp_path / file).write_text(STORY)
    (tmp_path / "folder").mkdir()
    args, message = WRONG_USAGE[name]
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("cleanwire: ")
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_check_and_diff_tell_by_their_exit_code(article, tmp_path):
    clean = tmp_path / "clean.txt"
    clean.write_text(STORY)
    for report in ("--check", "--diff"):
        assert run(report, article).returncode == 1
        assert (run(report, clean).returncode, run(report, clean).stdout) == (0, b"")
        assert run(report, stdin=ARTICLE.encode()).returncode == 1
    for report in ("--explain", "--json"):
        assert run(report, article).returncode == 0


def test_a_document_that_would_lose_nearly_everything_is_kept_and_reported(tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text("Brief.\n\n" + BLOCK, encoding="utf-8")
    done = run(path)
    assert (done.returncode, done.stdout) == (3, path.read_bytes())
    assert re.fullmatch(
        rb"cleanwire: .*brief\.txt: kept as it is: 98% of its words would go, the limit is 80%; .*\n", done.stderr
    )
    assert run("--max-removed", 100, path).stdout == b"Brief.\n"
    path.write_text(BLOCK, encoding="utf-8")
    assert run("--max-removed", 100, path).returncode == 3
    assert (run("--max-removed", 100, "--allow-empty", path).stdout, run("--check", path).returncode) == (b"", 3)


@POSIX
@pytest.mark.parametrize(
    "args", [("big.txt",), ("--json", "big.txt"), ("--explain", "big.txt"), ("rules", "list"), ("--help",)]
)
def test_a_closed_pipe_ends_quietly(args, tmp_path):
    (tmp_path / "big.txt").write_text(STORY * 20_000)
    command = [sys.executable, "-m", "cleanwire", *args]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    process.stdout.read(10)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), error) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(article):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleanwire", article], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (3, b"cleanwire: standard output: No space left on device\n")


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_no_half_written_file(number, code, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for index in range(3000):
        (source / f"{index:04}.txt").write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanwire", source, "-o", out, "-j", "2"],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and not (out.exists() and any(out.iterdir())):
        time.sleep(0.01)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), error) == (code, b"")
    left = sorted(out.iterdir())
    assert all(path.read_text(encoding="utf-8") == LONG_STORY for path in left if path.suffix == ".txt")
    assert [path.name for path in left if path.suffix != ".txt"] == []


# ── who is told what ─────────────────────────────────────────────────────────────────────────────────────────────


def on_a_terminal(*args, cwd, stdin_too=False):
    """Runs the command with stderr (and stdin) on a terminal; gives stdout and what the terminal showed."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanwire", *map(str, args)],
        stdin=child if stdin_too else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=child, cwd=cwd,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "200"},
    )  # fmt: skip
    os.close(child)
    shown = b""
    try:
        while chunk := os.read(parent, 4096):
            shown += chunk
    except OSError:
        pass
    out = process.stdout.read()
    process.stdout.close()
    process.wait()
    os.close(parent)
    return out, shown


@POSIX
def test_a_terminal_as_stdin_gets_the_short_help(tmp_path):
    out, _ = on_a_terminal(cwd=tmp_path, stdin_too=True)
    assert b"cleanwire articles/ -o clean/" in out


@POSIX
def test_the_summary_goes_to_a_terminal(article, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    article.rename(folder / "article.txt")
    summary = rb"1 document \(.*\): 1 changed, 0 unchanged; removed: disclaimer 1 \(\d+ bytes\)"
    assert re.search(summary, on_a_terminal(folder, "-o", tmp_path / "a", cwd=tmp_path)[1])
    assert on_a_terminal(folder, "-o", tmp_path / "b", "-q", cwd=tmp_path)[1] == b""
    assert run(folder, "-o", tmp_path / "c").stderr == b""
    assert re.search(summary, run(folder, "-o", tmp_path / "d", "-v").stderr)


@POSIX
def test_a_progress_bar_is_drawn_on_request_and_on_a_terminal(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for index in range(3):
        (folder / f"{index}.txt").write_text(STORY)
    assert b"cleaning" in on_a_terminal(folder, "-o", tmp_path / "a", cwd=tmp_path)[1]
    assert b"cleaning" not in on_a_terminal(folder, "-o", tmp_path / "b", "--no-progress", cwd=tmp_path)[1]
    assert b"cleaning" not in run(folder, "-o", tmp_path / "c").stderr


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
    ],
)
def test_colour_of_diff_and_explain(article, args, env, colored):
    for report in ("--diff", "--explain"):
        assert (b"\x1b[" in run(report, *args, article, env=env).stdout) == colored


def test_version_help_and_module():
    assert run("--version").stdout.decode().strip() == f"cleanwire {__version__}"
    for args in (("--help",), ("-h",), ("clean", "--help"), ("rules", "--help"), ("rules", "check", "-h")):
        done = run(*args)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Usage: cleanwire" in done.stdout


def test_a_folder_called_rules_can_be_cleaned(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("./rules", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == LONG_STORY


def test_completion_offers_commands_options_and_files(tmp_path):
    (tmp_path / "ruby.txt").write_text("x")

    def offered(*words):
        env = {
            "_CLEANWIRE_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["cleanwire", *words]),
            "COMP_CWORD": str(len(words)),
        }
        code = "import sys; sys.argv[0] = 'cleanwire'; from cleanwire.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | env,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        return done.stdout

    assert {"plain,rules", "file,ru"} <= set(offered("ru").splitlines())
    assert "--explain" in offered("--ex")
    assert "plain,show" in offered("rules", "sh")


# ── what is removed ──────────────────────────────────────────────────────────────────────────────────────────────

MIXED = (
    LONG_STORY + "\nMENAFN28012025000045015687ID1109139494\n\n© 2024 Coastline Weekly. All rights reserved.\n\n" + BLOCK
)


@pytest.mark.parametrize(
    ("args", "removed"),
    [
        ((), {"menafn.tracking_id", "copyright.line", "menafn.disclaimer"}),
        (("--only", "disclaimer"), {"menafn.disclaimer"}),
        (("--only", "disclaimer,copyright"), {"menafn.disclaimer", "copyright.line"}),
        (("--only", "contact"), set()),
        (("--only", "contact", "--also", "menafn.tracking_id"), {"menafn.tracking_id"}),
        (("--skip", "copyright"), {"menafn.tracking_id", "menafn.disclaimer"}),
        (("--skip", "menafn", "--skip", "copyright.line", "--skip", "disclosures"), set()),
    ],
)
def test_categories_sources_and_rules_can_be_named(args, removed):
    found = json.loads(run("--isolated", "--json", *args, stdin=MIXED.encode()).stdout)
    assert {span["rule"] for span in found["spans"]} == removed
