"""A process that adds articles to a ledger; the tests start several, and kill some.

    python ledger_writer.py URL FIRST COUNT [STOP]

It adds the articles FIRST, FIRST + 1, … and prints the number of each once it is
committed.  With STOP it halts inside the last one's transaction, after so many INSERTs, and
prints "inside".
"""

from __future__ import annotations

import sys
import time

import sqlalchemy

import quotetrack

_NAMES = ("Ana Duarte", "Tom Reyes", "Ida Brandt", "Jonas Weber", "Petra Lindqvist")


def text(number: int) -> str:
    """A small article; every one has other words, and speakers of the others."""
    one, other = _NAMES[number % 5], _NAMES[(number + 1) % 5]
    return (
        f"“Pier {number} will reopen in May,” said {one}, the owner. "
        f"{one.split()[1]} said the closure of pier {number} had cost ${number + 2}.5 million.\n\n"
        f"{other}, the treasurer, said that at least {number + 20} boats use pier {number}."
    )


def main() -> None:
    """Add, and tell of it."""
    url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    stop = int(sys.argv[4]) if len(sys.argv) > 4 else None
    articles = [quotetrack.parse(text(number)) for number in range(first, first + count)]
    ledger = quotetrack.Ledger(url)
    for number, article in enumerate(articles, first):
        if stop is not None and number == first + count - 1:
            _halt_after(stop)
        ledger.add(article)
        _tell(str(number))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _halt_after(statements: int) -> None:
    seen = 0

    @sqlalchemy.event.listens_for(sqlalchemy.Engine, "after_cursor_execute")
    def _count(*arguments: object) -> None:
        nonlocal seen
        seen += "INSERT" in str(arguments[2])
        if seen == statements:
            _tell("inside")
            time.sleep(600)


if __name__ == "__main__":
    main()
