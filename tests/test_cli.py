"""The command line as a user meets it: in a process of its own, through pipes and files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import quotetrack
from quotetrack.cli.app import app
from quotetrack.models import Article

EXAMPLES = Path(__file__).parent.parent / "examples"
HARBOUR = str(EXAMPLES / "harbour.txt")


Done = subprocess.CompletedProcess[str]


def run(*arguments: str, stdin: bytes = b"") -> Done:
    """The command in this process, which is quicker."""
    done = CliRunner().invoke(
        app, arguments, input=stdin, env={"COLUMNS": "80"}, prog_name="quotetrack"
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(arguments, done.exit_code, done.stdout, done.stderr)


def spawn(*arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    """The command as a user's shell runs it."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "quotetrack", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "COLUMNS": "80", **environment},
        timeout=120,
        check=False,
    )
    return Done(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def rows(done: Done) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def stands(row: dict[str, object], **where: object) -> bool:
    """Whether the record says where it stands, and which text was read by which version."""
    place = row["article"]
    assert isinstance(place, dict)
    digest, version = place.pop("sha256"), place.pop("quotetrack")
    return place == where and len(digest) == 64 and version == quotetrack.__version__


def name(row: dict[str, object]) -> str | None:
    speaker = row["speaker"]
    return speaker["name"] if isinstance(speaker, dict) else None


def test_a_pipe_gets_json_lines() -> None:
    found = rows(spawn("quotes", HARBOUR))
    assert "Ana Duarte" in {name(row) for row in found}
    assert all(stands(row, file=HARBOUR) for row in found)
    text = Path(HARBOUR).read_text(encoding="utf-8")
    for row in found:
        for span in row["spans"]:  # type: ignore[attr-defined]
            assert text[span["start"] : span["end"]] == span["text"]


def test_a_terminal_gets_a_table() -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    master, slave = pty.openpty()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "quotetrack", "quotes", HARBOUR],
        stdout=slave,
        stderr=slave,
        env={**os.environ, "COLUMNS": "72", "TERM": "xterm-256color"},
    )
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 4096):
            shown += piece
    except OSError:  # the terminal is closed when the command ends
        pass
    assert process.wait(60) == 0
    assert b"\x1b[" in shown
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode()).splitlines()
    assert any("Ana Duarte" in line for line in lines)
    assert max(map(len, lines)) <= 72
    assert not shown.startswith(b"{")


def test_tables_are_plain_in_a_pipe() -> None:
    done = run("parse", HARBOUR, "--format", "table")
    assert "\x1b" not in done.stdout
    assert "Ana Duarte" in done.stdout
    assert "3,200,000 USD" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_words_of_an_article_cannot_steer_the_terminal() -> None:
    words = "“We \x1b]0;evil\x07 will [red]reopen[/red],” said Ana \x9b31mDuarte.\u202e"
    done = run("quotes", "-", "--format", "table", stdin=words.encode())
    assert done.returncode == 0, done.stderr
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(done.stdout)
    assert "[red]reopen[/red]" in done.stdout


def test_parse_gives_articles_that_validate() -> None:
    [line] = run("parse", HARBOUR).stdout.splitlines()
    article = Article.model_validate_json(line)
    assert article.text == Path(HARBOUR).read_text(encoding="utf-8")
    assert article.url is not None
    assert article.url.endswith("examples/harbour.txt")
    assert article.quotes
    assert article.claims
    [listed] = json.loads(run("parse", HARBOUR, "--format", "json").stdout)
    assert Article.model_validate(listed) == article


def test_standard_input_and_its_kind() -> None:
    done = run("quotes", "-", stdin="“We will reopen,” said Ana Duarte.".encode())
    assert [name(row) for row in rows(done)] == ["Ana Duarte"]
    line = json.dumps({"id": "x", "body": "“We will reopen,” said Ana Duarte."}).encode()
    done = run("quotes", "-", "--from", "jsonl", "--text-field", "body", stdin=line)
    assert stands(rows(done)[0], file="-", line=1, id="x")


def test_an_html_page() -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    [line] = run("parse", str(EXAMPLES / "library.html")).stdout.splitlines()
    article = Article.model_validate_json(line)
    assert article.title == "Library to open on Sundays"
    assert str(article.published) == "2024-03-08"
    assert article.url == "https://post.example/2024/library-sundays"


def test_filters() -> None:
    everything = rows(run("quotes", HARBOUR))
    by_duarte = rows(run("quotes", HARBOUR, "--speaker", "duarte"))
    assert by_duarte == [row for row in everything if name(row) == "Ana Duarte"]
    assert 0 < len(by_duarte) < len(everything)
    direct = rows(run("quotes", HARBOUR, "--kind", "direct"))
    assert direct == [row for row in everything if row["kind"] == "direct"]
    either = rows(run("quotes", HARBOUR, "--kind", "mixed", "--kind", "indirect"))
    assert len(direct) + len(either) == len(everything)
    assert all(
        row["manner"] == "document" for row in rows(run("quotes", HARBOUR, "--manner", "document"))
    )
    sure = rows(run("quotes", HARBOUR, "--min-confidence", "0.5"))
    assert all(float(str(row["confidence"])) >= 0.5 for row in sure)
    figures = rows(run("claims", HARBOUR, "--has-figure"))
    assert figures
    assert all(row["quantities"] for row in figures)
    people = rows(run("speakers", HARBOUR, "--kind", "person"))
    assert {"Ana Duarte", "Tom Reyes", "Ida Brandt"} <= {str(row["name"]) for row in people}


def test_relative_dates_count_from_the_day_given() -> None:
    text = b"Ana Duarte said the pier lost $3 million last year."
    [claim] = rows(run("claims", "-", "--published", "2024-03-05", "--has-figure", stdin=text))
    times = claim["times"]
    assert isinstance(times, list)
    assert [time["start"] for time in times] == ["2023-01-01"]


def test_csv_and_the_name_of_the_output(tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    assert run("quotes", HARBOUR, "-o", str(out)).stdout == ""
    with out.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [row["id"] for row in table] == [row["id"] for row in rows(run("quotes", HARBOUR))]
    done = run("claims", HARBOUR, "--format", "csv")
    assert next(csv.reader(io.StringIO(done.stdout)))[0] == "id"


@pytest.mark.parametrize("form", ["jsonld", "annotations"])
def test_linked_data(form: str) -> None:
    assert json.loads(run("parse", HARBOUR, "--format", form).stdout)["@context"]


def test_a_bad_file_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    bad = tmp_path / "no.txt"
    done = run("quotes", str(bad), HARBOUR)
    assert done.returncode == 1
    assert done.stderr == f"quotetrack: {bad}: no such file or directory\n"
    assert done.stdout == run("quotes", HARBOUR).stdout


def test_a_bad_line_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl.gz"
    good = json.dumps({"text": "“We will reopen,” said Ana Duarte."})
    feed.write_bytes(gzip.compress(f"{good}\n{{oops\n{good}\n".encode()))
    done = run("quotes", str(feed))
    assert done.returncode == 1
    assert f"{feed}:2: not valid JSON" in done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.stderr


def test_two_runs_give_the_same_bytes() -> None:
    one, two = (spawn("parse", HARBOUR, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.stdout == two.stdout


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    texts = [f"“We will reopen in {n} days,” said Ana Duarte." for n in range(2, 12)]
    lines = [json.dumps({"text": text}) for text in texts]
    feed.write_text("\n".join([*lines[:5], "oops", *lines[5:]]), encoding="utf-8")
    one, two = spawn("quotes", str(feed)), spawn("quotes", str(feed), "--jobs", "2")
    assert (one.stdout, one.stderr, one.returncode) == (two.stdout, two.stderr, two.returncode)
    assert one.returncode == 1
    assert len(one.stdout.splitlines()) == 10


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    line = json.dumps({"text": "“We will reopen,” said Ana Duarte. " * 20})
    feed.write_text(f"{line}\n" * 200, encoding="utf-8")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "quotetrack", "parse", str(feed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(120) == 141


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("quotes",), "Missing argument"),
        (("quots", HARBOUR), "No such command"),
        (("find-quote", " “” ", HARBOUR), "no words to look for"),
        (("quotes", HARBOUR, "--kind", "loud"), "not one of direct, mixed, indirect"),
        (("quotes", HARBOUR, "--min-confidence", "2"), "--min-confidence"),
        (("quotes", HARBOUR, "--jobs", "0"), "--jobs"),
        (("quotes", HARBOUR, "--format", "xml"), "--format"),
        (("quotes", HARBOUR, "--published", "Friday"), "write YYYY-MM-DD"),
        (("quotes", HARBOUR, "--encoding", "klingon"), "unknown encoding"),
        (("quotes", HARBOUR, "-o", "/no/such/folder/x.csv"), "cannot write"),
        (("quotes", HARBOUR, "-o", HARBOUR), "write to another file"),
    ],
)
def test_mistakes_are_explained(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in re.sub(r"[\s│]+", " ", done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


TOOL = runpy.run_path(str(EXAMPLES.parent / "tools" / "command_line_reference.py"))
COMMANDS: dict[str, Any] = dict(TOOL["commands"]())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert f"quotetrack {command} " in done.stdout


def test_help_and_version() -> None:
    shown = run("--help").stdout
    assert all(command.split()[0] in shown for command in COMMANDS)
    assert re.fullmatch(r"quotetrack \d+\.\d+\.\d+\S*\n", run("--version").stdout)


FIRST_WORDS = "We will reopen in May"


@pytest.mark.parametrize(
    ("quote", "verdict", "code"),
    [
        (FIRST_WORDS, "verbatim", 0),
        ("we will REOPEN in May.", "edited", 0),
        ("We will not reopen in May", "altered", 3),
        ("The band played on", "absent", 3),
    ],
)
def test_find_quote(quote: str, verdict: str, code: int) -> None:
    done = run("find-quote", quote, HARBOUR, "--fail")
    assert done.returncode == code, done.stderr
    found = json.loads(done.stdout)
    assert found["verdict"] == verdict
    assert stands(found, file=HARBOUR)
    text = Path(HARBOUR).read_text(encoding="utf-8")
    assert all(text[s["start"] : s["end"]] == s["text"] for s in found["spans"])
    if verdict == "verbatim":
        assert found["speaker"]["name"] == "Ana Duarte"


def test_find_quote_for_people_and_for_tables(tmp_path: Path) -> None:
    done = run("find-quote", FIRST_WORDS, HARBOUR, "--format", "table")
    assert done.stdout.startswith("verbatim  ")
    assert FIRST_WORDS in done.stdout
    out = tmp_path / "found.csv"
    done = run("find-quote", FIRST_WORDS, HARBOUR, str(tmp_path / "no.txt"), "-o", str(out))
    assert done.returncode == 1
    [row] = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (row["verdict"], row["speaker"]) == ("verbatim", "Ana Duarte")


FACTS = """subject,value,unit,as_of,source
cost of the closure to the company,3.4 million,USD,2024,annual report
council's money set aside,4.8 million,EUR,,budget
"""


def test_verify(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text(FACTS, encoding="utf-8")
    found = rows(run("verify", HARBOUR, "--facts", str(facts), "--comparable"))
    assert [(row["verdict"], row["deviation"]) for row in found] == [
        ("contradicts", "-0.058824"),
        ("rounding", "0.041667"),
    ]
    assert all(stands(row, file=HARBOUR) for row in found)
    everything = rows(run("verify", HARBOUR, "--facts", str(facts)))
    assert "not_comparable" in {row["verdict"] for row in everything}
    done = run("verify", HARBOUR, "--facts", str(facts), "--fail", "--tolerance", "0.06")
    assert done.returncode == 0, done.stderr
    assert run("verify", HARBOUR, "--facts", str(facts), "--fail").returncode == 3


def test_a_bad_fact_is_named_and_the_rest_done(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text(FACTS + "rent,many,EUR,,budget\n", encoding="utf-8")
    out = tmp_path / "checks.csv"
    done = run("verify", HARBOUR, "--facts", str(facts), "--comparable", "-o", str(out))
    assert done.returncode == 1
    assert f"{facts}:4: value is no number: 'many'" in done.stderr
    table = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["speaker"] for row in table] == ["Ana Duarte", "Tom Reyes"]
    missing = run("verify", HARBOUR, "--facts", str(tmp_path / "no.csv"))
    assert missing.returncode == 2
    assert "no.csv" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_reviews(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "The closure of the pier cost the ferry company $3.2 million",
        "url": "https://example.org/pier",
        "reviewRating": {"@type": "Rating", "alternateName": "Mostly false"},
    }
    path.write_text(json.dumps(review) + "\n{}\n", encoding="utf-8")
    done = run("reviews", HARBOUR, "--reviews", str(path))
    assert done.returncode == 1
    assert f"{path}:2: no ClaimReview here" in done.stderr
    [found] = [json.loads(line) for line in done.stdout.splitlines()]
    assert found["review"]["rating"] == "Mostly false"
    assert found["claim"]["speaker"]["name"] == "Ana Duarte"
    table = run("reviews", HARBOUR, "--reviews", str(path), "--format", "table").stdout
    assert table.startswith("Mostly false  ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell: str) -> None:
    done = spawn("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0, done.stderr
    assert "complet" in done.stdout


def test_the_reference_is_that_of_the_program() -> None:
    page = EXAMPLES.parent / "docs" / "reference" / "command-line.md"
    text = page.read_text(encoding="utf-8")
    assert text == TOOL["render"](text), "run: make reference"
    assert all(f"## `{command}`" in text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_fit_a_narrow_terminal(command: str) -> None:
    examples = COMMANDS[command].help.partition("Examples:\n")[2].splitlines()
    assert examples
    assert [line for line in examples if len(line) > 76] == []
