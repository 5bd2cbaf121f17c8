"""Every command that README and docs show is run, and prints what they say it prints.

A ```console block holds commands behind "$ " and their output; "…" alone on a line stands for any lines. The commands of
one file are run in order in a folder with the fixtures in it. What installs cleanwire is in ```sh blocks; .ci/run runs it.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cleanwire.cleaner import Cleaner
from cleanwire.rules import read
from cleanwire.rules.template import NEW_PACK

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
WITH_CONSOLE = [page for page in PAGES if CONSOLE.search(page.read_text(encoding="utf-8"))]
WITH_PYTHON = [page for page in PAGES if PYTHON.search(page.read_text(encoding="utf-8"))]


def commands(page):
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "fixtures", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell")
@pytest.mark.parametrize("page", WITH_CONSOLE, ids=lambda page: page.name)
def test_commands_do_what_the_page_says(page, folder):
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    for command, expected in commands(page):
        shutil.rmtree(folder / "clean", ignore_errors=True)
        shutil.copytree(ROOT / "fixtures", folder, dirs_exist_ok=True)  # the last command may have cleaned them
        run = subprocess.run(
            command, shell=True, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert run.returncode in {0, 1}, (command, run.stderr)
        if expected:
            pattern = ".*?".join(re.escape(part) for part in re.split(r"^…\n", expected, flags=re.MULTILINE))
            assert re.fullmatch(pattern, run.stdout + run.stderr, re.DOTALL), (command, run.stdout + run.stderr)


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_python_runs(page, folder):
    for block in PYTHON.findall(page.read_text(encoding="utf-8")):
        subprocess.run([sys.executable, "-c", block], cwd=folder, check=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_pack_in_the_rules_page_is_the_one_that_rules_new_writes_and_it_works():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    shown = page[page.index("```toml\n") + len("```toml\n") :]
    shown = shown[: shown.index("```")]
    assert shown == NEW_PACK
    pack = read.read("house.toml", shown.encode())
    (example,) = pack.rules[0].examples
    assert Cleaner(["harbour"], packs=[pack]).clean(example.text).removed[0].strip() == example.removed[0]


def test_dependencies_page_names_every_dependency():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [entry for group in project["dependency-groups"].values() for entry in group if isinstance(entry, str)]
    for requirement in project["project"]["dependencies"] + groups:
        assert re.split(r"[<>=]", requirement)[0] in page, requirement
