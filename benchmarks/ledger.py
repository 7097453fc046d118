"""How a ledger of a million quotes behaves: adding, memory, full-text search, comparing.

python benchmarks/ledger.py [--quotes 1000000] [--db sqlite:///FILE]

The articles are made up: sentences of words drawn as English draws them (Zipf), 40 quotes
and eight claims an article, its three speakers out of 20,000.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from quotetrack import Article, Claim, Ledger, Quantity, Quote, Span, Speaker, SpeakerRef

VOCABULARY = 60_000
PEOPLE = 20_000
QUOTES = 40
CLAIMS = 8
_COMMON = "the of to and a in is it that was for on with he as his they at be this have"


class Words:
    """A vocabulary with the frequencies of English (Zipf's law, Mandelbrot's shift)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        made = dict.fromkeys(_COMMON.split())
        while len(made) < VOCABULARY:
            made[
                "".join(self.random.choice(_SYLLABLES) for _ in range(self.random.choice(_SIZES)))
            ] = None
        self.words = list(made)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def some(self, count: int) -> list[str]:
        """Words as they come in a text."""
        return self.random.choices(self.words, cum_weights=self.weights, k=count)


_SYLLABLES = [c + v for c in "bcdfghklmnprstvz" for v in ("a", "e", "i", "o", "u", "en", "ar")]
_SIZES = (1, 2, 2, 3, 3, 4)


def articles(words: Words, count: int) -> Iterator[Article]:
    """Articles one after the other."""
    pick = words.random
    names = [" ".join(w.title() for w in words.some(2)) + f" {_roman(i)}" for i in range(PEOPLE)]
    first = date(2010, 1, 1)
    for number in range(count):
        text = ""
        spans: list[Span] = []
        for _ in range(QUOTES):
            said = " ".join(words.some(pick.randint(8, 30)))
            said = f"“{said} {pick.randint(2, 9999)} million euros.”"
            spans.append(Span(start=len(text), end=len(text) + len(said), text=said))
            text += said + "\n\n"
        who = [
            Speaker(id=f"s{i}", name=name, kind="person", role=" ".join(words.some(2)))
            for i, name in enumerate(dict.fromkeys(pick.choices(names, k=3)), 1)
        ]
        refs = [SpeakerRef(id=each.id, name=each.name) for each in who]
        yield Article(
            text=text,
            title=f"Article {number}",
            published=first + timedelta(days=number % 5000),
            quotes=tuple(_quote(i, span, pick.choice(refs)) for i, span in enumerate(spans, 1)),
            speakers=tuple(who),
            claims=tuple(
                _claim(number, span, pick.choice(refs))
                for number, span in enumerate(spans[:CLAIMS], 1)
            ),
        )


def _roman(number: int) -> str:
    return "".join("IVXLC"[int(digit) % 5] for digit in str(number)) + str(number)


def _quote(number: int, span: Span, who: SpeakerRef) -> Quote:
    return Quote(
        id=f"q{number}", kind="direct", text=span.text, spans=(span,), speaker=who,
        manner="speech", confidence=0.9,
    )  # fmt: skip


def _claim(number: int, span: Span, who: SpeakerRef) -> Claim:
    inside = Span(start=span.start + 1, end=span.end - 1, text=span.text[1:-1])
    figure = " ".join(inside.text.split()[-3:]).rstrip(".")
    at = inside.text.rindex(figure)
    quantity = Quantity(
        span=Span(start=inside.start + at, end=inside.start + at + len(figure), text=figure),
        value=Decimal(figure.split()[0]) * 1_000_000, unit="EUR", dimension="money",
        precision=Decimal(1_000_000),
    )  # fmt: skip
    return Claim(
        id=f"c{number}", text=inside.text, span=inside, speaker=who, quote=f"q{number}",
        quantities=(quantity,) if number % 2 else (),
    )  # fmt: skip


def _memory() -> float:
    """Most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(ledger: Ledger, words: Words, quotes: int) -> None:
    """Add the articles, and tell of rate and memory ten times."""
    count = quotes // QUOTES
    begin = mark = time.perf_counter()
    used = time.process_time()
    for number, article in enumerate(articles(words, count), 1):
        ledger.add(article)
        if number % max(1, count // 10) == 0:
            now = time.perf_counter()
            rate = count // 10 / (now - mark)
            done = f"{number * QUOTES:>9,} quotes  {rate:6.0f} articles/s"
            print(f"{done}  {_memory():5.0f} MB at most", flush=True)
            mark = now
    spent = time.process_time() - used
    print(
        f"added in {time.perf_counter() - begin:.0f} s, {spent:.0f} s of them ours: "
        f"{count / spent:.0f} articles for a second of processor time"
    )


def ask(name: str, times: int, question: Callable[[], object]) -> None:
    """Time a question, asked anew each time; of the processor too, which others do not slow."""
    taken: list[float] = []
    used: list[float] = []
    for _ in range(times):
        begin, spent = time.perf_counter(), time.process_time()
        question()
        taken.append((time.perf_counter() - begin) * 1000)
        used.append((time.process_time() - spent) * 1000)
    taken.sort()
    print(
        f"{name:<34} median {statistics.median(taken):6.1f} ms ({statistics.median(used):6.1f} of "
        f"the processor), 95 % under {taken[int(len(taken) * 0.95)]:6.1f}",
        flush=True,
    )


def main() -> None:
    """Fill a ledger, then ask it."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quotes", type=int, default=1_000_000)
    arguments.add_argument("--db", help="default: a new SQLite file")
    arguments.add_argument("--ask", action="store_true", help="only ask a ledger that is there")
    given = arguments.parse_args()
    words = Words(7)
    with tempfile.TemporaryDirectory() as folder:
        url = given.db or f"sqlite:///{folder}/ledger.db"
        with Ledger(url) as ledger:
            if not given.ask:
                fill(ledger, words, given.quotes)
            size = Path(f"{folder}/ledger.db")
            if size.exists():
                print(f"{size.stat().st_size / 2**20:,.0f} MB on disk")
            search(ledger, words)


def search(ledger: Ledger, words: Words) -> None:
    """Questions as a reader would ask them; the first twenty answers each."""

    def asked(count: int) -> str:
        """Words of one quote, any but the commonest hundred."""
        found: list[str] = []
        while len(found) < count:
            found += [w for w in words.some(8) if w not in words.words[:100]]
        return " ".join(found[:count])

    phrases = iter(
        [" ".join(i.quote.text.strip("“”").split()[2:4]) for i in ledger.quotes(limit=400)]
    )
    for count in (1, 2, 3):
        ask(
            f"{count} word{'s' * (count > 1)}, the newest twenty", 200,
            lambda count=count: list(ledger.quotes(text=asked(count), limit=20)),
        )  # fmt: skip
    ask("a phrase", 200, lambda: list(ledger.quotes(text=f'"{next(phrases)}"', limit=20)))
    ask("a word of the commonest hundred", 20,
        lambda: list(ledger.quotes(text=words.random.choice(words.words[30:100]), limit=20)),
        )  # fmt: skip
    figures = lambda: f"{words.random.randint(2, 9999)} million"  # noqa: E731
    ask("a figure", 200, lambda: list(ledger.quotes(text=figures(), limit=20)))
    people = list(ledger.speakers(limit=200))
    ask("the newest quotes of a speaker", 200,
        lambda: list(ledger.quotes(speaker=words.random.choice(people), limit=20)))  # fmt: skip
    ask("a history by name", 50,
        lambda: list(ledger.history(words.random.choice(people).name, limit=20)))  # fmt: skip
    ask("what a speaker repeats", 20,
        lambda: list(ledger.repeats(speaker=words.random.choice(people))))  # fmt: skip
    ask("what contradicts a speaker", 20,
        lambda: list(ledger.conflicts(speaker=words.random.choice(people))))  # fmt: skip
    begin = time.perf_counter()
    month = {"since": date(2015, 1, 1), "until": date(2015, 1, 31)}
    found = sum(1 for _ in ledger.conflicts(**month)), sum(1 for _ in ledger.repeats(**month))
    print(f"conflicts and repeats of a month {found}: {time.perf_counter() - begin:.1f} s")
    print(f"{_memory():.0f} MB at most")


if __name__ == "__main__":
    sys.exit(main())
