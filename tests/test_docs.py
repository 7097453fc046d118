"""What the documentation shows is what happens: its examples run, its links lead somewhere.

In README.md and docs/**/*.md, blocks of ``python`` with prompts are doctests, others are
run (and print what a block of ``text`` right after them says); lines of ``console`` blocks
that begin with ``$ quotetrack`` print what follows them.  The blocks of one file share
their names, and all run in the folder of the project.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import runpy
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

from benchmarks import confidence
from quotetrack.cli.app import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
_FENCE = re.compile(
    r"^(?P<indent>[ ]*)```[ ]*(?P<kind>[\w-]+)[^\n]*\n(?P<body>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_IMPORT = re.compile(r"^(?:>>> )?(?:import|from) (\w+)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


_CONFIDENCE = re.compile(r"\b[01]\.\d\d\b")


def _settled(shown: str) -> str:
    """Without the confidences, which move with every training."""
    return _CONFIDENCE.sub("0.00", shown)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, text, first line, and what follows its end."""

    kind: str
    body: str
    line: int
    end: int
    start: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            match["kind"],
            re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE),
            text.count("\n", 0, match.start()) + 2,
            match.end(),
            match.start(),
        )
        for match in _FENCE.finditer(text)
    ]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_python_examples(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = page.read_text(encoding="utf-8")
    found = blocks(page)
    for module in set(_IMPORT.findall("\n".join(b.body for b in found if b.kind == "python"))):
        pytest.importorskip(module, reason=f"{module} is not installed")
    names: dict[str, object] = {"__name__": "__main__"}
    for block, following in zip(found, [*found[1:], None], strict=False):
        if block.kind not in {"python", "pycon"}:
            continue
        where = f"{name(page)}, line {block.line}"
        if ">>> " in block.body:
            # the runner clears its names: blocks of a page share ours
            example = doctest.DocTestParser().get_doctest(block.body, names, where, where, 0)
            runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
            report: list[str] = []
            failed = runner.run(example, out=report.append, clear_globs=False).failed
            names.update(example.globs)
            assert not failed, "".join(report)
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.body, where, "exec"), names)  # noqa: S102  our own examples
        if following is not None and following.kind == "text":
            between = text[block.end : following.start]
            if not between.strip():
                assert printed.getvalue().split() == following.body.split(), where


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_console_examples(page: Path) -> None:
    for block in blocks(page):
        if block.kind != "console":
            continue
        for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            words = shlex.split(command)
            if words[0] != "quotetrack" or {"|", ">", "<", "&&"} & set(words):
                continue
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", *words],
                capture_output=True,
                encoding="utf-8",
                cwd=ROOT,
                env={**os.environ, "COLUMNS": "90"},
                timeout=120,
                check=False,
            )
            shown, said = _settled(done.stdout + done.stderr), _settled(expected)
            assert shown.split() == said.split(), f"{name(page)}, line {block.line}: {command}"


def test_shell_examples_are_understood() -> None:
    """Lines of ``sh`` blocks and of the commands' own help: every command and option exists."""
    root: Any = typer.main.get_command(app)
    lines = [
        (f"{name(page)}, line {block.line + n}", line)
        for page in PAGES
        for block in blocks(page)
        if block.kind == "sh"
        for n, line in enumerate(block.body.replace("\\\n", " ").splitlines())
    ]
    seen = 0
    for where, line in lines:
        for part in re.split(r"[|;>]|&&", line):
            words = (
                shlex.split(part, comments=True) if part.strip().startswith("quotetrack") else []
            )
            arguments = words[1:]
            if not words or arguments[-1:] == ["--help"] or "--install-completion" in arguments:
                continue
            command = root
            while arguments and arguments[0] in getattr(command, "commands", {}):
                command = command.commands[arguments.pop(0)]
            assert not hasattr(command, "commands"), f"{where}: {line}"
            try:
                command.make_context("quotetrack", arguments)
            except Exception as error:  # noqa: BLE001  click's own, wherever it stands
                pytest.fail(f"{where}: {line}: {error}")
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(text):
        if not re.match(r"[a-z]+:|#", target):
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"{name(page)} links to {target}, which does not exist"


def test_the_readme_says_how_to_install_run_and_test() -> None:
    commands = [block.body for block in blocks(ROOT / "README.md") if block.kind == "sh"]
    begin = "python3 -m venv .venv && . .venv/bin/activate && pip install "
    assert [command.startswith(begin) for command in commands] == [True, False, True]
    assert commands[0].rstrip().endswith("quotetrack quotes examples/tidal-levy.md")
    assert commands[2].rstrip().endswith("pytest")
    assert all("\n" not in command.rstrip() for command in commands)


def test_the_readmes_report_is_one_command(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    command = [block.body for block in blocks(ROOT / "README.md") if block.kind == "sh"][1]
    words = shlex.split(command)
    words[words.index("report.html")] = str(tmp_path / "report.html")
    subprocess.run([sys.executable, "-m", *words], cwd=ROOT, timeout=120, check=True)  # noqa: S603
    assert "Marta Quill" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_table_of_figures_takes_what_scorers_print() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "accuracy_table.py"))
    rows = tool["ROWS"]
    printed = [f"{row.name:48}{80 + n / 10:6} {70:6}    short" for n, row in enumerate(rows)]
    values = tool["read"](["84 articles, 12 words", "", *printed])
    assert values == {row.name: str(80 + n / 10) for n, row in enumerate(rows)}
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    shown = tool["render"](page, values, "1 May 2030")
    assert "Measured on 1 May 2030." in shown
    assert all(f"| {value} |" in shown for value in values.values())
    assert tool["render"](shown, values, "1 May 2030") == shown


def test_the_table_of_confidence_counts_what_is_right() -> None:
    text = "“The boat sank,” said Ana Duarte. Tom Okafor said that it floated."
    content, source = (
        (text.index("“"), text.index("”") + 1),
        (text.index("Ana"), text.index(". Tom")),
    )
    row = {"text": text, "attributions": [{"content": [content], "source": [source]}]}
    counts = [line.split("|")[2:4] for line in confidence.table([row]).splitlines()[2:]]
    assert sum(int(number) for number, _ in counts) == 2
    assert sum(int(number) * int(share) for number, share in counts) == 100
