"""What a difference between a quotation and its source does to the sense.

A difference is a stretch of quoted words against a stretch of source words, either of
which may be empty.  Repeats, false starts, fillers, spellings and contractions are edits.
A figure, a negator, a word of the opposite direction or a name that stands on one side
alone alters the sense.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quotetrack import data
from quotetrack.facts import sense
from quotetrack.facts.alignment import weight
from quotetrack.facts.tokens import Words, units
from quotetrack.models import ChangeKind, QuoteChange
from quotetrack.text.stems import stem

ALTERING: frozenset[ChangeKind] = frozenset(
    ("number", "negation", "direction", "name", "cut", "order")
)
_DASH = re.compile(r"[-–—]{2}|[–—]|\s-\s|\.\.\.|…")
_HYPHEN = re.compile(r"\w[-‐‑]\w")
_END = re.compile(r"[.!?…]|\n\s*\n")
_CLOSED = re.compile(r"[,.;:!?()–—…\n]|--|\s-\s")
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_OPENING = ('"', "“", "‘", "'", "(")
_INVENTED = 4.0
"""Weight of quoted words in one place that the source has nothing like."""
_SILENT = 25
"""Source words left out in one place without a mark."""


class Comparison:
    """A quotation and its source, and the judgement of stretches of both."""

    def __init__(self, quote: Words, source: Words, inserted: frozenset[int]) -> None:
        self.quote = quote
        self.source = source
        self.inserted = inserted
        """Quoted words in square brackets: the editor's."""

    def change(self, kind: ChangeKind, a: int, b: int, c: int, d: int) -> QuoteChange:
        """The change of quoted words a to b against source words c to d."""
        return QuoteChange(kind=kind, quoted=self.quote.slice(a, b), source=self.source.slice(c, d))

    def agreeing(self, i: int, j: int, *, first: bool) -> QuoteChange | None:
        """What differs between two words that agree: case, marks, a unit; None: nothing.

        Args:
            i: The quoted word.
            j: The source word.
            first: It begins its piece, so that the marks before it do not count.
        """
        quote, source = self.quote, self.source
        units_differ = {quote.units.get(i), source.units.get(j)} - {None}
        if len(units_differ) == 2:
            end_i, end_j = self._with_unit(quote, i), self._with_unit(source, j)
            return self.change("number", i, end_i, j, end_j)
        raw_i, raw_j = _plain(quote.raw(i)), _plain(source.raw(j))
        if raw_i != raw_j:
            if raw_i.casefold() == raw_j.casefold():
                return self.change("case", i, i + 1, j, j + 1)
            kind: ChangeKind = "wording" if quote.keys[i][0] == "#" else "punctuation"
            return self.change(kind, i, i + 1, j, j + 1)
        if not first and _marks(quote.gap(i)) != _marks(source.gap(j)):
            return QuoteChange(
                kind="punctuation",
                quoted=quote.slice(i - 1, i + 1),
                source=source.slice(j - 1, j + 1),
            )
        return None

    @staticmethod
    def _with_unit(words: Words, i: int) -> int:
        return i + 2 if i + 1 < len(words) and words.keys[i + 1] in units() else i + 1

    def differing(self, a: int, b: int, c: int, d: int) -> tuple[ChangeKind, float]:
        """The kind of a difference, and the weight of words to hold against the match."""
        while c < d and self._aside(c):
            c += 1
        while c < d and self._aside(d - 1):
            d -= 1
        # What is said again is left out, alone or behind words that were changed.
        d = next((k for k in range(max(c, d - 8) if b > a else c, d) if self._restarted(k, d)), d)
        kept = [j for j in range(c, d) if not self._aside(j)]
        quoted, source = self.quote.keys[a:b], [self.source.keys[j] for j in kept]
        if not quoted and not source:
            return "filler", 0.0
        if not quoted and self._sentences(c, d):
            return "wording", _heavier(quoted, source) / 4
        if "".join(quoted) == "".join(source) and (
            sense.negations(quoted) == sense.negations(source)
            or _HYPHEN.search(self.source.slice(c, d))
        ):
            return "punctuation", 0.0
        altered = self._altered(range(a, b), kept)
        if altered is not None:
            return altered, _heavier(quoted, source)
        if sense.without_fillers(quoted) == sense.without_fillers(source):
            return "filler", 0.0
        if "".join(sense.expand(quoted)) == "".join(sense.expand(source)):
            return "wording", 0.0
        named = self._renamed(range(a, b), kept)
        if named is not None:
            return ("name" if named else "wording"), _heavier(quoted, source) * (
                1 if named else 0.5
            )
        if not quoted and (self.pivot(c, "hard") or (d - c > 1 and self._pivots(c))):
            return "cut", _heavier(quoted, source)
        return "wording", self._cost(a, b, quoted, source)

    def _sentences(self, c: int, d: int) -> bool:
        """Whether source words c to d are whole sentences."""
        return bool(_END.search(self.source.gap(c)) and _END.search(self.source.gap(d)))

    def _cost(self, a: int, b: int, quoted: list[str], source: list[str]) -> float:
        if all(i in self.inserted for i in range(a, b)) and b > a:
            return 0.0
        left, right = Counter(map(stem, quoted)), Counter(map(stem, source))
        extra = sum(weight(key) * n for key, n in (left - right).items())
        missing = sum(weight(key) * n for key, n in (right - left).items())
        return max(extra, missing * 0.5)

    def _altered(self, ours: Sequence[int], theirs: Sequence[int]) -> ChangeKind | None:
        quoted = [self.quote.keys[i] for i in ours]
        source = [self.source.keys[j] for j in theirs]
        if not sense.same_figures(
            sense.figures(self.quote.keys, ours), sense.figures(self.source.keys, theirs)
        ):
            return "number"
        if sense.negations(quoted) != sense.negations(source) or sense.affix_negation(
            quoted, source
        ):
            return "negation"
        limiters = data.words("limiters.txt")
        if sense.opposed(quoted, source) or (
            {k for k in quoted if k in limiters} != {k for k in source if k in limiters}
        ):
            return "direction"
        return None

    def invented(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a change of wording is too large to be an edit."""
        if all(i in self.inserted for i in range(a, b)) and b > a:
            return False
        left, right = Counter(self.quote.keys[a:b]), Counter(self.source.keys[c:d])
        extra = sum(weight(key) * n for key, n in (left - right).items())
        return extra > _INVENTED

    def silent(self, c: int, d: int) -> bool:
        """Whether more is left out, unmarked, than an edit may leave out."""
        return d - c > _SILENT

    # Speech that starts over.

    def _aside(self, j: int) -> bool:
        """Whether a source word stands in a transcriber's note: (APPLAUSE), [laughter]."""
        text, start = self.source.text, self.source.starts[j]
        left = max(
            text.rfind("(", max(0, start - 60), start), text.rfind("[", max(0, start - 60), start)
        )
        if left < 0:
            return False
        note = _ASIDE.match(text, left)
        if note is None or note.end() < self.source.ends[j]:
            return False
        inner = note[0][1:-1].strip()
        return inner.isupper() or sense.without_fillers(inner.lower().split()) == []

    def _restarted(self, c: int, d: int) -> bool:
        """Whether source words c to d are a false start or said again right after."""
        keys = self.source.keys
        size = d - c
        while True:
            following, before = keys[d : d + size], keys[max(0, c - size) : c]
            if keys[c:d] in (following, before):
                return True
            # A start broken off, of at most a few words, before the words that start over.
            if size <= 8 and _DASH.search(self.source.gap(d)) and d < len(keys):
                corrected = keys[c][0] == keys[d][0] == "#" and size <= 3
                if keys[c] == keys[d] or corrected:
                    return True
                plain = not sense.figures(keys, range(c, d)) and not sense.negations(keys[c:d])
                if plain and size <= 3 and c > 0 and _DASH.search(self.source.gap(c)):
                    return True
            if c == 0 or keys[c - 1] != keys[d - 1]:
                return False
            c, d = c - 1, d - 1

    # Names.

    def _renamed(self, quoted: range, source: list[int]) -> bool | None:
        """True: another name; False: a name for a pronoun or the like; None: no name."""
        ours = [i for i in quoted if self._capital(self.quote, i)]
        theirs = [j for j in source if self._capital(self.source, j)]
        sure = [i for i in ours if self._named(self.quote, i)]
        if not sure and not any(self._named(self.source, j) for j in theirs):
            return None
        q, s = self.quote.keys, self.source.keys
        left = [q[i] for i in ours if q[i] not in sense.titles()]
        right = [s[j] for j in theirs if s[j] not in sense.titles()]
        left, right = (
            [a for a in left if not any(sense.same_name(a, b) for b in right)],
            [b for b in right if not any(sense.same_name(a, b) for a in left)],
        )
        if left and right:
            return True
        if any(i in self.inserted for i in quoted):
            return False
        if left and not right:
            others = [s[j] for j in source]
            pronoun = any(k in data.words("match_pronouns.txt") for k in others)
            return False if pronoun else None if source else self._joined(quoted)
        return None

    def _joined(self, quoted: range) -> bool | None:
        """True: a name is added beside another with "and" or a comma; None: it is not."""
        q = self.quote.keys
        return True if "and" in q[quoted.start : quoted.stop] else None

    def _capital(self, words: Words, i: int) -> bool:
        raw = words.raw(i)
        return len(raw) > 1 and raw[0].isupper() and words.keys[i] not in sense.lower_words()

    def _named(self, words: Words, i: int) -> bool:
        """Whether a capital is that of a name and not that of a sentence."""
        raw = words.raw(i)
        if i == 0 or _END.search(words.gap(i)) or words.gap(i).rstrip().endswith(_OPENING):
            return raw in sense.given_names()
        return raw.lower() not in self.source.vocabulary

    # Cuts.

    def _pivots(self, c: int) -> bool:
        """Whether words left out from c on set a condition or turn the sentence."""
        if c > 0 and _END.search(self.source.gap(c)):
            return False
        return self.pivot(c, "hard") or self.pivot(c, "soft")

    def pivot(self, j: int, sort: str) -> bool:
        """Whether the source goes on at word j with a word that turns the sentence."""
        for line in data.lines("pivots.txt"):
            kind, *words = line.split()
            if kind == sort and self.source.keys[j : j + len(words)] == words:
                return True
        return False

    def elided(self, c: int, d: int) -> ChangeKind:
        """The kind of an ellipsis that leaves out source words c to d."""
        source = self.source
        keys = source.keys[c:d]
        if self._pivots(c):
            return "cut"
        closed = _CLOSED.search(source.gap(c)) and _CLOSED.search(source.gap(d))
        if not closed and sense.negations(keys):
            return "negation"
        return "ellipsis"

    def cut_after(self, last: int, *, clause: bool) -> tuple[ChangeKind, int] | None:
        """What the end of a quotation cuts off from source word ``last`` on, and to where."""
        source = self.source
        if last >= len(source) or _END.search(source.gap(last)):
            return None
        if self.pivot(last, "hard") or (clause and self.pivot(last, "soft")):
            end = last + 1
            while end < min(len(source), last + 12) and not _END.search(source.gap(end)):
                end += 1
            return "cut", end
        return None

    def cut_before(self, first: int, quoted: int) -> int | None:
        """Where the denial begins that a quotation leaves out before source word ``first``.

        Only a quotation that opens like a sentence of its own, while the source is in the
        midst of one, hides it.
        """
        source = self.source
        opens = self.quote.raw(quoted)[:1].isupper() and source.raw(first)[:1].islower()
        if not opens:
            return None
        for j in range(first - 1, max(-1, first - 4), -1):
            if _CLOSED.search(source.gap(j + 1)):
                return None
            if sense.negations([source.keys[j]]) or (
                j == first - 1 and source.keys[j] in {"if", "unless", "whether"}
            ):
                return j
        return None


def _heavier(quoted: Sequence[str], source: Sequence[str]) -> float:
    """What a change weighs: source words, of which a quotation is only a part, half."""
    return max(sum(map(weight, quoted)), sum(map(weight, source)) / 2)


_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "−": "-"})


def _plain(raw: str) -> str:
    """A word with typographic variants of one mark made the same."""
    return raw.translate(_PLAIN) if not raw.isascii() else raw


_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


def _marks(gap: str) -> str:
    """The marks between two words, typographic variants and blanks aside."""
    if gap in {" ", ""}:
        return gap
    plain = re.sub(r"\s+", "", gap.translate(_MARKS)).replace("…", "...")
    plain = re.sub(r"--+|[–—]", "—", plain)
    return plain or " "
