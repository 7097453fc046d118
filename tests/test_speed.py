"""Orders of magnitude of speed, with room for a busy machine; figures: benchmarks/speed.py."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import quotetrack
from quotetrack.text import tagger

EXAMPLES = Path(__file__).parents[1] / "examples"
MEASURE = """
import time
begin = time.process_time()
{work}
print(time.process_time() - begin)
"""
PARSE = "import quotetrack; quotetrack.parse('“It is a start,” said Jane Doe.')"


def seconds(work: str, folder: Path) -> float:
    """Processor time in a fresh interpreter, at best, with byte code kept as when installed."""
    variables = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", MEASURE.format(work=work)]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True, env=variables)  # noqa: S603
        for _ in range(3)
    ]
    return min(float(run.stdout) for run in runs)


@pytest.mark.parametrize(("work", "most"), [("import quotetrack", 0.4), (PARSE, 1.5)])
def test_start(work: str, most: float, tmp_path: Path) -> None:
    assert seconds(work, tmp_path) < most


def _text() -> str:
    return "\n\n".join(path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt")))


def test_words_a_second() -> None:
    text = _text()
    quotetrack.parse(text)
    begin = time.process_time()
    quotetrack.parse(text)
    assert len(text.split()) / (time.process_time() - begin) > 1500


def test_tags_a_second() -> None:
    words = _text().split()
    tagger.tag_words(words)
    begin = time.process_time()
    for _ in range(10):
        tagger.tag_words(words)
    assert 10 * len(words) / (time.process_time() - begin) > 30_000


def test_time_is_linear_in_length() -> None:
    text = _text()

    def spent(copies: int) -> float:
        begin = time.process_time()
        quotetrack.parse("\n\n".join([text] * copies))
        return time.process_time() - begin

    spent(1)
    few, many = min(spent(2) for _ in range(3)), min(spent(16) for _ in range(2))
    assert many < 3 * 8 * few


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory(tmp_path: Path) -> None:
    program = PARSE + (
        "; print(next(line.split()[1] for line in open('/proc/self/status')"
        " if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603
    assert int(done.stdout) / 1024 < 250
