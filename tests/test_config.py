"""cleanwire.toml and [tool.cleanwire]: found, read, joined with the command line, printed, or refused."""

import json

import pytest
from command import LONG_STORY, run

from cleanwire import config

HOUSE = """
source = "Harbour Press"
[[rule]]
id = "harbour.line"
kind = "pattern"
category = "contact"
description = "A line."
scope = "line"
anchors = ["harbour desk"]
pattern = "Harbour desk: .{1,40}"
[[rule.example]]
text = "A.\\nHarbour desk: 12 34"
removed = ["Harbour desk: 12 34"]
[[rule.keep]]
text = "The harbour desk is closed."
why = "A sentence."
"""
TEXT = LONG_STORY + "\nHarbour desk: 12 34\n\nMENAFN28012025000045015687ID1109139494\n"


def rules_that_apply(cwd, *args):
    done = run("--json", *args, stdin=TEXT.encode(), cwd=cwd)
    assert done.stderr == b""
    return [span["rule"] for span in json.loads(done.stdout)["spans"]]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "house.toml").write_text(HOUSE)
    (tmp_path / "deep" / "down").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "head"), [("cleanwire.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.cleanwire]\n")]
)
def test_it_is_found_upward_and_its_packs_lie_beside_it(project, name, head):
    (project / name).write_text(
        head + 'packs = ["rules/house.toml"]\nalso = ["contact"]\nskip = ["menafn.tracking_id"]\n'
    )
    assert rules_that_apply(project / "deep" / "down") == ["harbour.line"]
    assert rules_that_apply(project / "deep" / "down", "--isolated") == ["menafn.tracking_id"]


def test_a_pyproject_without_our_table_is_passed_over(project):
    (project / "cleanwire.toml").write_text('skip = ["menafn"]')
    (project / "deep" / "pyproject.toml").write_text("[tool.other]\n")
    assert rules_that_apply(project / "deep" / "down") == []


def test_the_command_line_adds_to_it(project):
    (project / "cleanwire.toml").write_text('only = ["disclaimer"]\npacks = ["rules/house.toml"]\n')
    assert rules_that_apply(project) == []
    assert rules_that_apply(project, "--also", "contact") == ["harbour.line"]
    assert rules_that_apply(project, "--only", "syndication,contact") == ["harbour.line", "menafn.tracking_id"]
    assert rules_that_apply(project, "--only", "syndication,contact", "--skip", "harbour") == ["menafn.tracking_id"]


def test_a_pack_on_the_command_line(project):
    assert rules_that_apply(project, "--rules", "rules/house.toml", "--only", "harbour") == ["harbour.line"]


def test_what_is_dumped_can_be_read_again(project):
    path = project / "cleanwire.toml"
    path.write_text(
        'packs = ["rules/house.toml"]\nalso = ["contact"]\nexclude = ["dräfts \\"x\\""]\nmax-removed = 55.5\n', "utf-8"
    )
    done = run("--dump-config", "--skip", "wordpress", cwd=project)
    assert done.stdout.decode().splitlines()[0] == f"# {path}"
    path.write_bytes(done.stdout)
    found = config.find(project)
    assert found.packs == (str(project / "rules" / "house.toml"),)
    assert (found.also, found.skip, found.exclude, found.max_removed) == (
        ("contact",),
        ("wordpress",),
        ('dräfts "x"',),
        55.5,
    )


def test_its_globs_and_its_limit_are_used(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.log", "c.txt"):
        (tmp_path / "in" / name).write_text(TEXT)
    (tmp_path / "cleanwire.toml").write_text('include = ["*.log"]\nexclude = ["c.txt"]\nmax-removed = 0')
    done = run("in", "-o", "out", "--others", "skip", cwd=tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.log"]
    assert done.returncode == 0


MISTAKES = [
    ('skips = ["menafn"]', "there is no key 'skips'; did you mean 'skip'?"),
    ('skip = "menafn"', "skip must be a list of words in quotes"),
    ("max-removed = 101", "max-removed must be a number from 0 to 100"),
    ("max-removed = true", "max-removed must be a number from 0 to 100"),
    ("skip = [", "this is not TOML"),
    ('skip = ["menafm"]', "'menafm' is no category, rule or source; did you mean 'menafn'?"),
    ('packs = ["nosuch.toml"]', "nosuch.toml: cannot be read"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_one_line_and_exit_code_2(tmp_path, text, message):
    (tmp_path / "cleanwire.toml").write_text(text)
    done = run(stdin=b"x", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert message in done.stderr.decode()
