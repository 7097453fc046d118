"""Articles of very unequal length, made from the paragraphs of the marked ones."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.marked import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = Path(__file__).parent.parent / "tests" / "articles"
_TAIL = 1.2
"""Shape of the Pareto distribution: a few are a hundred times as long as most."""
_LONGEST = 400


def made_up(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many mappings with ``text``, ``title`` and ``published``; the same every time."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    documents = [read(path) for path in sorted(ARTICLES.glob("*.txt"))]
    paragraphs = [p for document in documents for p in document["text"].strip().split("\n\n")]
    for number in range(count):
        length = min(int(chance.paretovariate(_TAIL)), _LONGEST)
        yield {
            "text": "\n\n".join(chance.choice(paragraphs) for _ in range(length)),
            "title": chance.choice(documents)["title"],
            "published": (date(2024, 1, 1) + timedelta(number % 365)).isoformat(),
        }
