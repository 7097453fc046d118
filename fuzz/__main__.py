"""Look for texts that break something, guided by the code that they reach.

    python -m fuzz TARGET [--found FOLDER] [-max_total_time=SECONDS] [libFuzzer's options…]

TARGET: parse, find_quote, find_quantities, find_times, verify, or readers.  Needs
``pip install atheris`` (Linux, macOS).  Each new kind of failure is written to FOLDER with
its traceback, and the search goes on.  What broke is kept, mended, in tests/test_fuzzed.py.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import traceback
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["quotetrack"]):
    import quotetrack
    from quotetrack.formats import readers
    from quotetrack.formats.documents import Document, Problem
    from quotetrack.models import Fact

    # the rest loads when it is first used, which must be here to be watched
    for verb in ("parse", "find_quote", "find_quantities", "find_times", "verify"):
        getattr(quotetrack, verb)

from tests import what_holds

SLOW = 2.0
"""Seconds that no text of a few kilobytes may take."""
DAY = date(2024, 3, 8)


def words(data: atheris.FuzzedDataProvider) -> str:
    """A text from pieces that mean something, and some characters that mean nothing."""
    pieces: list[str] = []
    while data.remaining_bytes():
        which = data.ConsumeIntInRange(0, 255)
        if which < len(what_holds.PIECES):
            pieces.append(what_holds.PIECES[which])
        elif which < 250:
            pieces.append(" ")
        else:
            pieces.append(data.ConsumeUnicode(6))
    return "".join(pieces)


def parse(data: atheris.FuzzedDataProvider) -> None:
    text = words(data)
    article = quotetrack.parse(text, title=text[:40], published=DAY)
    what_holds.of_article(text, article)
    assert quotetrack.parse(text, title=text[:40], published=DAY) == article


def find_quantities(data: atheris.FuzzedDataProvider) -> None:
    text = words(data)
    what_holds.of_quantities(text, quotetrack.find_quantities(text))


def find_times(data: atheris.FuzzedDataProvider) -> None:
    published = date.fromordinal(data.ConsumeIntInRange(1, date.max.toordinal()))
    text = words(data)
    what_holds.of_times(text, quotetrack.find_times(text))
    what_holds.of_times(text, quotetrack.find_times(text, published))


def find_quote(data: atheris.FuzzedDataProvider) -> None:
    cut = data.ConsumeProbability()
    width = data.ConsumeIntInRange(0, 120)
    text = words(data)
    start = int(cut * len(text))
    part = text[start : start + width]
    for quote, source in ((part, text), (text[:start], text[start:])):
        what_holds.of_match(source, quotetrack.find_quote(quote, source))
    match = quotetrack.find_quote(part, quotetrack.parse(text))
    what_holds.of_match(text, match)


def verify(data: atheris.FuzzedDataProvider) -> None:
    text = words(data)
    found = quotetrack.find_quantities(text)
    facts = [Fact(subject=text[:30], quantity=q, source="a") for q in found[:3]]
    for claim in quotetrack.parse(text, published=DAY).claims:
        quotetrack.verify(claim, facts)


def read_files(data: atheris.FuzzedDataProvider) -> None:
    kind: readers.Kind = data.PickValueInList(["text", "markdown", "html", "json", "jsonl"])
    encoding = data.PickValueInList([None, None, None, "utf-8", "utf-16", "latin-1"])
    raw = data.ConsumeBytes(4000)
    stream = io.BytesIO(raw)
    for found in readers.read("-", kind=kind, encoding=encoding, stdin=stream):
        assert isinstance(found, Document | Problem)
        if isinstance(found, Document):
            assert isinstance(found.text, str)


TARGETS = {
    "parse": parse,
    "find_quote": find_quote,
    "find_quantities": find_quantities,
    "find_times": find_times,
    "verify": verify,
    "readers": read_files,
}


class Search:
    """Runs a target and keeps one input for each kind of failure."""

    def __init__(self, target: str, folder: Path) -> None:
        self._name = target
        self._target = TARGETS[target]
        self._folder = folder
        self._seen: set[str] = set()

    def __call__(self, raw: bytes) -> None:
        begin = time.process_time()
        try:
            self._target(atheris.FuzzedDataProvider(raw))
        except Exception as error:  # noqa: BLE001  whatever it is
            frames = traceback.extract_tb(error.__traceback__)
            ours = [f for f in frames if "quotetrack" in f.filename or "what_holds" in f.filename]
            place = ours[-1] if ours else frames[-1]
            self._keep(f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}", raw)
        seconds = time.process_time() - begin
        if seconds > SLOW:
            self._keep(f"slow {int(seconds)}", raw)

    def _keep(self, what: str, raw: bytes) -> None:
        if what in self._seen:
            return
        self._seen.add(what)
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{self._name}-{len(self._seen)}"
        text = repr(raw if self._name == "readers" else words(atheris.FuzzedDataProvider(raw)))
        shown = "".join(traceback.format_exc()) if sys.exc_info()[0] else ""
        file.write_text(f"{what}\n{text}\n{raw!r}\n{shown}", encoding="utf-8")
        print(f"found: {what} in {file}", file=sys.stderr)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--found", type=Path, default=Path("fuzz/found"), metavar="FOLDER")
    args, others = parser.parse_known_args()
    search = Search(args.target, args.found)
    quotetrack.parse("“It is a start,” said Jane Doe on 3 May 2024.")  # loads the models
    atheris.Setup([sys.argv[0], *others], search)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
