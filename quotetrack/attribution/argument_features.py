"""What the argument tagger sees of a token, given a cue of its sentence.

Labels are conditioned on the cue, the way of semantic role labelling (Gildea and
Jurafsky 2002), so one sentence with three cues is labelled three times.  A token's
features are of three kinds: its own context, the same for every cue on one side; its
situation towards the cue, the same for long runs of tokens; and the rest.

Features that words, cues and the like decide stand in their records, the others in
groups by what they depend on (see `quotetrack.text.weights`).
"""

from __future__ import annotations

from functools import partial
from operator import add
from typing import TYPE_CHECKING, Generic

from quotetrack.attribution.frame import CLAUSE, MARKS, SIDES, decode
from quotetrack.text.weights import Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.frame import Frame
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

LONGEST = 100
"""Chunks that are looked at on each side of a cue: time stays linear."""
_BUCKETS = tuple(
    d if d < 5 else 5 if d < 8 else 6 if d < 13 else 7 if d < 26 else 8 for d in range(LONGEST + 1)
)
"""Distance -> what it counts as."""
_AT = {side: tuple(f"d{side}{bucket}" for bucket in _BUCKETS) for side in SIDES}
_PLACES = "MSE"
"""Inside a sentence, at its start, at its end."""
_RULES = {"-": 0, "S": 1, "C": 2}
"""What the rules may say of a chunk -> its number; 3 stands for the sentence's edge."""
_RULED = tuple(tuple(f"o{side}{said}" for said in _RULES) for side in SIDES)
_WHERE = 0b1100001111
"""The bits of a situation for side, comma and subordinators."""
_KEPT, _CUES = 1 << 12, 1 << 9
"""Situations kept of a cue, and cues that they are kept of."""


def _tag(side: str, opening: str, tag: str, cluster: str) -> tuple[str, ...]:
    return (
        "b",
        f"t{side}|{tag}",
        f"to{side}|{opening}",
        f"tt={side}|{opening}|{tag}",
        f"gk{side}|{tag}|{cluster}",
    )


def _left_tags(side: str, left: str, opening: str, right: str) -> tuple[str, ...]:
    return f"tt-{side}|{left}|{opening}", f"ttt{side}|{left}|{opening}|{right}"


def _right_tag(side: str, tag: str, right: str, quotes: str) -> tuple[str, ...]:
    """``quotes``: Q or o for the left neighbour, the chunk, and the right neighbour."""
    return (
        f"tt+{side}|{tag}|{right}",
        f"lq{side}|{quotes[0]}{quotes[1]}",
        f"rq{side}|{quotes[2]}{quotes[1]}",
    )


def _between(code: int) -> tuple[str, ...]:
    side, comma, verb, quotes, sub, noun, others, apart, _, _, subject = decode(code)
    return (
        f"q{side}|{quotes}",
        f"qc{side}|{comma}|{verb}|{quotes}",
        f"cn{side}|{comma}|{verb}|{noun}",
        f"sj{side}|{subject:d}",
        f"sg{side}|{apart}|{quotes}",
        f"su{side}|{sub}|{verb}|{comma}",
        f"ot{side}|{others}|{comma}",
        f"oq{side}|{others}|{quotes}|{verb}",
    )


_CODES = tuple(code for code in range(MARKS + 1) if code & 3 < len(SIDES))
_CLAUSES = {
    code: f"s{side}{comma}{verb}" for code in _CODES for side, comma, verb, *_ in [decode(code)]
}
_MARKS = {
    code: f"u{side}{quotes}{verb}"
    for code in _CODES
    for side, _, verb, quotes, *_ in [decode(code)]
}
"""What features of the words beside the cue look at of the situation, by its code."""


def _names(code: int) -> tuple[str, ...]:
    """What features of the cue look at of the situation."""
    side, comma, verb, quotes, _, _, _, apart, verbs, in_left, _ = decode(code)
    near = apart if -4 < apart < 4 else 9
    return (
        f"c{side}",
        f"s{side}{comma}{verb}",
        f"q{side}{quotes}",
        f"v{side}{verbs}{near}",
        f"l{side}{in_left:d}",
    )


def _distance(tag: str, where: int) -> tuple[str, ...]:
    """``where``: what `_WHERE` keeps of a situation, place and distance above it."""
    side, comma, _, _, sub, *_ = decode(where & _WHERE)
    place, bucket = _PLACES[where >> 10 & 3], where >> 12
    return (
        f"d{side}{bucket}",
        f"dt{side}{bucket}|{tag}",
        f"ps{side}|{place}|{comma}",
        f"sw{side}|{sub}|{tag}",
    )


def _rule(tag: str, said: int) -> tuple[str, ...]:
    """``said``: of the token before, the token, and the one behind; quoted; the clause."""
    side, comma, verb, *_ = decode(said >> 7)
    before, here, after = ("-SC<"[said & 3], "-SC"[said >> 2 & 3], "-SC>"[said >> 4 & 3])
    return (
        f"ru{side}{here}",
        f"rb{side}{before}{here}{after}",
        f"rv{side}{before}{here}|{tag}|{verb}",
        f"rq{side}{before}{here}|{'q' if said >> 6 & 1 else 'o'}|{comma}",
    )


class _ByName(dict[str, Total], Generic[Total]):
    """A name -> what the features with it add up to, of the records for its first letter."""

    def __init__(self, none: Total, records: dict[str, tuple[Record[Total], ...]]) -> None:
        super().__init__()
        self._none: Total = none
        self._records: dict[str, tuple[Record[Total], ...]] = records

    def __missing__(self, name: str) -> Total:
        total, none = self._none, self._none
        for record in self._records[name[0]]:
            total = total + record.get(name, none)
        self[name] = total
        return total


class _OfWord(dict[str, Total], Generic[Total]):
    """A word -> its feature with this name."""

    def __init__(self, features: Features[Total], name: str) -> None:
        super().__init__()
        self._features: Features[Total] = features
        self._name = name

    def __missing__(self, word: str) -> Total:
        if len(self) >= _KEPT:
            self.clear()
        record = self._features.records[word]
        found = self[word] = record.get(self._name, self._features.none)
        return found


class _OfCue(dict[int, Total], Generic[Total]):
    """A situation -> what it adds up to with a cue, whatever stands beside the cue."""

    def __init__(
        self, features: Features[Total], between: Sums[int, Total], cue: str, group: str
    ) -> None:
        super().__init__()
        of_cue, of_group = features.records["c|" + cue], features.records["g|" + group]
        both = (of_cue, of_group)
        self.by_name: _ByName[Total] = _ByName(
            features.none,
            {
                "c": (of_cue,),
                "s": both,
                "q": (of_cue,),
                "v": both,
                "l": (of_group,),
                "d": (of_cue,),
                "o": (of_group,),
            },
        )
        self._between: Sums[int, Total] = between

    def __missing__(self, code: int) -> Total:
        if len(self) >= _KEPT:
            self.clear()
        total = self[code] = sum(map(self.by_name.__getitem__, _names(code)), self._between[code])
        return total


class _Beside(dict[int, Total], Generic[Total]):
    """A situation's clause and marks -> what they add up to with the words beside a cue."""

    def __init__(self, features: Features[Total], frame: Frame) -> None:
        super().__init__()
        records = features.records
        self._none: Total = features.none
        self._following: Record[Total] = records["n|" + frame.next_word]
        self._next_tag: Record[Total] = records[f"gn|{frame.cue_group}|{frame.next_tag}"]
        self._around: Record[Total] = records["a|" + frame.around]

    def __missing__(self, code: int) -> Total:
        clause, marks, none = _CLAUSES[code], _MARKS[code], self._none
        total = self[code] = (
            self._following.get(clause, none)
            + self._next_tag.get(clause, none)
            + self._around.get(marks, none)
        )
        return total


class _ByTag(dict[str, "Sums[int, Total]"], Generic[Total]):
    """A tag -> what it adds up to with a number."""

    def __init__(
        self, features: Features[Total], names: Callable[[str, int], tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._add: Callable[[Iterable[str]], Total] = features.add
        self._features = names

    def __missing__(self, tag: str) -> Sums[int, Total]:
        found: Sums[int, Total] = Sums(self._add, partial(self._features, tag))
        self[tag] = found
        return found


def _other_cue(side: str, ahead: str) -> tuple[str, ...]:
    """``ahead``: 1 or 0 for the token and the two behind: whether another cue is there."""
    return (f"oa{side}|{ahead}",)


class ArgumentFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        features: Weights to read, `Names` to train, so that the two never differ.
        classes: Clusters of words.
    """

    def __init__(self, features: Features[Total], classes: WordClasses) -> None:
        self._all: Features[Total] = features
        self._cluster = classes.clusters.get
        self._words: dict[str, _OfWord[Total]] = {
            kind + side: _OfWord(features, kind + side)
            for kind in ("w", "wo", "w-", "w+")
            for side in "LCR"
        }
        self._no_rule: Sums[str, Total] = Sums(features.add, lambda side: (f"ru{side}",))
        self._tag: Sums[tuple[str, ...], Total] = Sums(features.add, _tag)
        self._left_tags: Sums[tuple[str, ...], Total] = Sums(features.add, _left_tags)
        self._right_tag: Sums[tuple[str, ...], Total] = Sums(features.add, _right_tag)
        self._between: Sums[int, Total] = Sums(features.add, _between)
        self._cues: dict[tuple[str, str], _OfCue[Total]] = {}
        self._distance: _ByTag[Total] = _ByTag(features, _distance)
        self._rule: _ByTag[Total] = _ByTag(features, _rule)
        self._other_cue: Sums[tuple[str, ...], Total] = Sums(features.add, _other_cue)

    def contexts(self, cut: Chunks, side: str, low: int, high: int) -> list[Total]:
        """What the tokens ``low:high`` are by themselves, on one side of any cue."""
        if low >= high:
            return []
        quotes = cut.marks
        own, opens, before, behind = (self._words[kind + side] for kind in ("w", "wo", "w-", "w+"))
        of_tag, of_left, of_right = self._tag, self._left_tags, self._right_tag
        cluster = self._cluster
        words: list[str] = cut.words[low:high]
        openings: list[str] = cut.openings[low:high]
        tags: list[str] = cut.tags[low:high]
        opening_tags: list[str] = cut.opening_tags[low:high]
        left_words = [cut.words[low - 1] if low else "<>", *words]
        left_tags = [cut.tags[low - 1] if low else "<>", *tags]
        inside = high < len(cut.words)
        next_openings = [*openings[1:], cut.openings[high] if inside else "<>"]
        next_tags = [*opening_tags[1:], cut.opening_tags[high] if inside else "<>"]
        return [
            of_tag[side, opening_tag, tag, cluster(word, "-")]
            + of_left[side, left_tag, opening_tag, next_tag]
            + of_right[side, tag, next_tag, quotes[i : i + 3]]
            + own[word]
            + opens[opening]
            + before[left]
            + behind[next_opening]
            for i, word, opening, tag, opening_tag, left, left_tag, next_opening, next_tag in zip(
                range(low, high),
                words,
                openings,
                tags,
                opening_tags,
                left_words,
                left_tags,
                next_openings,
                next_tags,
                strict=False,
            )
        ]

    def _of_cue(self, frame: Frame) -> _OfCue[Total]:
        key = frame.cue, frame.cue_group
        if key not in self._cues:
            if len(self._cues) >= _CUES:
                self._cues.clear()
            self._cues[key] = _OfCue(self._all, self._between, *key)
        return self._cues[key]

    def rows(self, frame: Frame, low: int, contexts: Sequence[Total]) -> list[Total]:
        """All that is seen of the tokens from ``low`` on, whose contexts are given."""
        cut, others = frame.chunks, frame.other_at
        of_cue, of_tag = self._of_cue(frame), self._distance
        beside: _Beside[Total] = _Beside(self._all, frame)
        by_name = of_cue.by_name
        high = low + len(contexts)
        codes = frame.situations(low, high)
        where, names = _distances(frame, low, high)
        found: list[Total] = [
            of_cue[code]
            + beside[code & MARKS]
            + context
            + of_tag[tag][code & _WHERE | at]
            + by_name[name]
            for code, context, tag, at, name in zip(
                codes, contexts, cut.tags[low:high], where, names, strict=True
            )
        ]
        no_rule = [self._no_rule[side] for side in SIDES]
        said: list[Total] = (
            self._rule_totals(frame, low, codes, by_name)
            if frame.rule
            else [no_rule[code & 3] for code in codes]
        )
        found = [*map(add, found, said)]
        if others:
            ahead = "".join(["1" if k in others else "0" for k in range(low, high + 2)])
            found = [
                row + self._other_cue[SIDES[code & 3], ahead[i : i + 3]]
                for i, (row, code) in enumerate(zip(found, codes, strict=True))
            ]
        return found

    def _rule_totals(
        self, frame: Frame, low: int, codes: Sequence[int], by_name: _ByName[Total]
    ) -> list[Total]:
        """What the rules say of the chunks."""
        of_tag, cut, high = self._rule, frame.chunks, low + len(codes)
        said = [3, *map(_RULES.__getitem__, frame.rule), 3][low : high + 2]
        return [
            of_tag[tag][before | here << 2 | behind << 4 | quoted << 6 | (code & CLAUSE) << 7]
            + by_name[_RULED[code & 3][here]]
            for code, tag, quoted, before, here, behind in zip(
                codes,
                cut.tags[low:high],
                cut.quoted[low:high],
                said,
                said[1:],
                said[2:],
                strict=False,
            )
        ]


def _distances(frame: Frame, low: int, high: int) -> tuple[list[int], list[str]]:
    """Place and distance of chunks as bits above `_WHERE`, and the names of the distances."""
    left, own, right = frame.first - low, frame.last - frame.first, high - frame.last
    where = [bucket << 12 for bucket in _BUCKETS[left:0:-1]] + [0] * own
    where += [bucket << 12 for bucket in _BUCKETS[1 : right + 1]]
    n = len(frame.chunks.tags)
    for i in range(max(low, n - 2), high):
        where[i - low] |= _PLACES.index("E") << 10
    if low == 0:
        where[0] = where[0] & ~(3 << 10) | _PLACES.index("S") << 10
    names = [*_AT["L"][left:0:-1], *_AT["C"][:1] * own, *_AT["R"][1 : right + 1]]
    return where, names


def argument_features(frame: Frame, classes: WordClasses) -> list[list[str]]:
    """All features of every chunk, as training reads them."""
    features = ArgumentFeatures(Names(), classes)
    n = len(frame.chunks.words)
    sides = (("L", 0, frame.first), ("C", frame.first, frame.last), ("R", frame.last, n))
    contexts = [row for side in sides for row in features.contexts(frame.chunks, *side)]
    return features.rows(frame, 0, contexts)
