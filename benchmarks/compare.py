"""What a change gains and loses: the quotes of two revisions, side by side.

    python -m benchmarks.compare OLD [NEW] [--corpus PATH…] [--show N] [--json]

OLD and NEW are git revisions; without NEW, the files as they are now.  Each revision is
checked out into a temporary worktree and reads the corpora (as benchmarks/accuracy.py takes
them; without any, the project's own articles) in a process of its own, so that the two share
nothing.  A quote is the same where its words are the same characters of the article:

  gained   only NEW has it
  lost     only OLD has it
  renamed  both have it, with another speaker
  changed  both have it, with another source, cue, kind or manner

Where the corpus is annotated, a gained or lost quote is marked `+` if it overlaps half of the
words of an annotated one, `-` if none, and so is a new name that is right or was.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy import OURS, Text, corpus
from benchmarks.speakers import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
KINDS = ("gained", "lost", "renamed", "changed")
PARTS = ("kind", "manner", "cue", "source")
_HALF = 0.5
_READ = """
import json, sys
import quotetrack
for line in sys.stdin:
    document = json.loads(line)
    article = quotetrack.parse(document["text"], document.get("title"), document.get("date"))
    print(json.dumps([q.model_dump(mode="json") for q in article.quotes]))
"""


@dataclass(frozen=True)
class Difference:
    """A quote that the revisions do not agree on."""

    kind: str
    article: str
    mark: str
    """"+" right by the annotation, "-" wrong, "" unknown."""
    shown: str


@contextmanager
def checked_out(revision: str | None) -> Iterator[Path]:
    """A folder with the files of a revision; None: those that are here."""
    if revision is None:
        yield ROOT
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--detach", "--quiet", str(tree), revision)
        try:
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> None:
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(ROOT), *words],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr.strip())


def quotes_of(tree: Path, documents: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The quotes that the package in a folder finds, as JSON values, by document."""
    given = "".join(
        json.dumps({key: document.get(key) for key in ("text", "title", "date")}) + "\n"
        for document in documents
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _READ],
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(
    document: dict[str, Any], old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[Difference]:
    """Where two lists of quotes of a document do not agree."""
    judge = _Judge(document)
    before, after = ({_place(quote): quote for quote in quotes} for quotes in (old, new))
    where = str(document["id"])
    for place in sorted({*before, *after}):
        one, other = before.get(place), after.get(place)
        if one is None or other is None:
            quote = one or other or {}
            kind = "gained" if one is None else "lost"
            shown = f"{_name(quote)}: {_words(quote)}"
            yield Difference(kind, where, judge.of_quote(quote), shown)
        elif _name(one) != _name(other):
            shown = f"{_name(one)} -> {_name(other)}: {_words(one)}"
            yield Difference("renamed", where, judge.of_name(one, other), shown)
        elif changes := [
            key for key in ("kind", "manner", "cue", "source") if one[key] != other[key]
        ]:
            both = ", ".join(f"{key} {_text(one[key])} -> {_text(other[key])}" for key in changes)
            yield Difference("changed", where, "", f"{both}: {_words(one)}")


class _Judge:
    """What the annotation says of a quote."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._text = Text(document["text"])
        self._gold = [
            (self._text.words(a["content"]), a.get("speaker")) for a in document["attributions"]
        ]

    def of_quote(self, quote: dict[str, Any]) -> str:
        return ("+" if self._nearest(quote) else "-") if self._gold else ""

    def of_name(self, old: dict[str, Any], new: dict[str, Any]) -> str:
        """Whether the new name is the right one; nothing where neither is."""
        found = self._nearest(new)
        if found is None or not found[1]:
            return ""
        was, holds = (same(_name(quote), [found[1]]) for quote in (old, new))
        return "" if was == holds else "+" if holds else "-"

    def _nearest(self, quote: dict[str, Any]) -> tuple[frozenset[int], str | None] | None:
        words = self._text.words((span["start"], span["end"]) for span in quote["spans"])
        for content, speaker in self._gold:
            if words and len(words & content) >= _HALF * len(words | content):
                return content, speaker
        return None


def _place(quote: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple((span["start"], span["end"]) for span in quote["spans"])


def _name(quote: dict[str, Any]) -> str:
    speaker = quote["speaker"]
    return str(speaker["name"]) if speaker else "nobody"


def _text(value: Any) -> str:  # noqa: ANN401  a span, a word or nothing
    return repr(value["text"] if isinstance(value, dict) else value)


def _words(quote: dict[str, Any]) -> str:
    return str(quote["text"]).replace("\n", " ")[:100]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", help="without: the files as they are")
    parser.add_argument("--corpus", type=Path, action="append", help="more than once for more")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="so many of each kind")
    parser.add_argument("--json", action="store_true", help="all of them, one a line")
    args = parser.parse_args(arguments)
    documents = [document for path in args.corpus or [OURS] for document in corpus(path)]
    with checked_out(args.old) as old, checked_out(args.new) as new:
        read = [quotes_of(tree, documents) for tree in (old, new)]
    found = [
        difference
        for document, before, after in zip(documents, *read, strict=True)
        for difference in differences(document, before, after)
    ]
    if args.json:
        for difference in found:
            print(json.dumps(vars(difference), ensure_ascii=False))
        return 0
    totals = [sum(map(len, quotes)) for quotes in read]
    print(f"{len(documents)} articles, {totals[0]} -> {totals[1]} quotes")
    for kind in KINDS:
        those = [difference for difference in found if difference.kind == kind]
        right, wrong = (sum(d.mark == mark for d in those) for mark in "+-")
        print(f"\n{kind}: {len(those)}" + (f" ({right} +, {wrong} -)" if right + wrong else ""))
        for difference in those[: args.show]:
            print(f"  {difference.mark or ' '} {difference.article}: {difference.shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
