"""The commands ``report`` and ``serve``."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.app import app

TEXT = "“It sank,” said Ana Duarte, the harbour master. Tom Okafor said that it floated.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_report_is_written_to_a_file(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = CliRunner().invoke(app, ["report", str(article), "--title", "A & <b>B", "-o", str(out)])
    assert (done.exit_code, done.output) == (0, "")
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "A &amp; &lt;b&gt;B" in page
    assert "Ana Duarte" in page
    assert "<b>" not in page


def test_report_goes_to_standard_output(article: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(article), str(article)])
    assert done.exit_code == 0
    assert "2 articles" in done.stdout


def test_report_keeps_to_what_was_asked_for(article: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(article), "--speaker", "okafor"])
    assert 'data-name="Tom Okafor"' in done.stdout
    assert 'data-name="Ana Duarte"' not in done.stdout


def test_report_does_not_overwrite_what_it_reads(article: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(article), "-o", str(article)])
    assert done.exit_code == 2
    assert article.read_text(encoding="utf-8") == TEXT


def test_report_names_what_it_cannot_read(article: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    done = CliRunner().invoke(app, ["report", str(missing), str(article)])
    assert done.exit_code == 1
    assert "none.txt" in done.stderr
    assert "Ana Duarte" in done.stdout


def test_serve_says_that_a_port_is_taken() -> None:
    pytest.importorskip("fastapi", reason="the extra server is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["serve", "--port", port])
    assert done.exit_code == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr + str(done.exception)


def test_serve_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    done = CliRunner().invoke(app, ["serve"])
    assert done.exit_code == 1
    assert 'pip install "quotetrack[server]"' in done.stderr
