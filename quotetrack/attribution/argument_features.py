"""What the argument tagger sees of a token, given a cue of its sentence.

Labels are conditioned on the cue, the way of semantic role labelling (Gildea and
Jurafsky 2002), so one sentence with three cues is labelled three times.  A token's
features are of three kinds: its own context, the same for every cue on one side; its
situation towards the cue, the same for long runs of tokens; and the rest.

Features that words, cues and the like decide stand in their records, the others in
groups by what they depend on (see `quotetrack.text.weights`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Generic

from quotetrack.attribution.frame import Situation
from quotetrack.text.weights import Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.frame import Frame
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_DISTANCES = {
    side: tuple(
        f"d{side}{d if d <= 4 else 5 if d <= 7 else 6 if d <= 12 else 7 if d <= 25 else 8}"
        for d in range(27)
    )
    for side in "LCR"
}
"""Side -> names of the distances, the last one standing for all that are longer."""
_KEPT, _CUES = 1 << 12, 1 << 9
"""Situations kept of a cue, and cues that they are kept of."""


def _tag(side: str, opening: str, tag: str, cluster: str) -> tuple[str, ...]:
    return "b", f"t{side}|{tag}", f"to{side}|{opening}", f"gk{side}|{tag}|{cluster}"


def _tags(side: str, left: str, opening: str, tag: str, right: str, quotes: str) -> tuple[str, ...]:
    """``quotes``: Q or o for the left neighbour, the chunk, and the right neighbour."""
    return (
        f"tt-{side}|{left}|{opening}",
        f"tt+{side}|{tag}|{right}",
        f"tt={side}|{opening}|{tag}",
        f"ttt{side}|{left}|{opening}|{right}",
        f"lq{side}|{quotes[0]}{quotes[1]}",
        f"rq{side}|{quotes[2]}{quotes[1]}",
    )


def _between(
    side: str,
    comma: int,
    verb: int,
    noun: int,
    sub: int,
    others: int,
    quotes: str,
    apart: int,
    _verbs: int,
    _in_left: bool,  # noqa: FBT001  the parts of a situation
    subject: bool,  # noqa: FBT001
) -> tuple[str, ...]:
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


@lru_cache(maxsize=1 << 13)
def _names(situation: Situation) -> tuple[str, ...]:
    """What features of the cue look at of the situation."""
    side, comma, verb, _, _, _, quotes, apart, verbs, in_left, _ = situation
    near = apart if -4 < apart < 4 else 9
    return (
        f"c{side}",
        f"s{side}{comma}{verb}",
        f"q{side}{quotes}",
        f"v{side}{verbs}{near}",
        f"l{side}{in_left:d}",
    )


@lru_cache(maxsize=1 << 13)
def _names_beside(situation: Situation) -> tuple[str, str]:
    """What features of the words beside the cue look at of the situation."""
    side, comma, verb, _, _, _, quotes, *_ = situation
    return f"s{side}{comma}{verb}", f"u{side}{quotes}{verb}"


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


class _OfCue(dict[Situation, Total], Generic[Total]):
    """A situation -> what it adds up to with a cue, whatever stands beside the cue."""

    def __init__(
        self, features: Features[Total], between: Sums[Situation, Total], cue: str, group: str
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
        self._between: Sums[Situation, Total] = between

    def __missing__(self, situation: Situation) -> Total:
        if len(self) >= _KEPT:
            self.clear()
        names = _names(situation)
        total = self[situation] = sum(
            map(self.by_name.__getitem__, names), self._between[situation]
        )
        return total


def _distance(side: str, at: str, tag: str, place: str, comma: int, sub: int) -> tuple[str, ...]:
    return (
        at,
        f"dt{at[1:]}|{tag}",
        f"ps{side}|{place}|{comma}",
        f"sw{side}|{sub}|{tag}",
    )


def _rule(
    side: str,
    labels: str,
    tag: str,
    comma: int,
    verb: int,
    quoted: bool,  # noqa: FBT001
) -> tuple[str, ...]:
    """``labels``: what the rules say of the token before, the token, and the one behind."""
    before, here, after = labels[0], labels[1], labels[2]
    return (
        f"ru{side}{here}",
        f"rb{side}{before}{here}{after}",
        f"rv{side}{before}{here}|{tag}|{verb}",
        f"rq{side}{before}{here}|{'q' if quoted else 'o'}|{comma}",
    )


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
        self._none: Total = features.none
        self._records: Mapping[str, Record[Total]] = features.records
        self._cluster = classes.clusters.get
        self._words: dict[str, _OfWord[Total]] = {
            kind + side: _OfWord(features, kind + side)
            for kind in ("w", "wo", "w-", "w+")
            for side in "LCR"
        }
        self._no_rule: Sums[str, Total] = Sums(features.add, lambda side: (f"ru{side}",))
        self._tag: Sums[tuple[str, ...], Total] = Sums(features.add, _tag)
        self._tags: Sums[tuple[str, ...], Total] = Sums(features.add, _tags)
        self._between: Sums[Situation, Total] = Sums(features.add, _between)
        self._cues: dict[tuple[str, str], _OfCue[Total]] = {}
        self._distance: Sums[tuple[str | int, ...], Total] = Sums(features.add, _distance)
        self._rule: Sums[tuple[str | int, ...], Total] = Sums(features.add, _rule)
        self._other_cue: Sums[tuple[str, ...], Total] = Sums(features.add, _other_cue)

    def contexts(self, cut: Chunks, side: str, low: int, high: int) -> list[Total]:
        """What the tokens ``low:high`` are by themselves, on one side of any cue."""
        words, openings = ["<>", *cut.words], [*cut.openings, "<>"]
        tags, opening_tags = ["<>", *cut.tags], [*cut.opening_tags, "<>"]
        quotes = "o" + "".join(["Q" if quoted else "o" for quoted in cut.quoted]) + "o"
        own, opens, left, right = (self._words[kind + side] for kind in ("w", "wo", "w-", "w+"))
        cluster = self._cluster
        found = []
        for i in range(low, high):
            word, opening, next_opening = words[i + 1], openings[i], openings[i + 1]
            tag, opening_tag, next_tag = tags[i + 1], opening_tags[i], opening_tags[i + 1]
            found.append(
                self._tag[side, opening_tag, tag, cluster(word, "-")]
                + self._tags[side, tags[i], opening_tag, tag, next_tag, quotes[i : i + 3]]
                + own[word]
                + opens[opening]
                + left[words[i]]
                + right[next_opening]
            )
        return found

    def _of_cue(self, frame: Frame) -> _OfCue[Total]:
        key = frame.cue, frame.cue_group
        if key not in self._cues:
            if len(self._cues) >= _CUES:
                self._cues.clear()
            self._cues[key] = _OfCue(self._all, self._between, *key)
        return self._cues[key]

    def _beside(self, frame: Frame) -> _ByName[Total]:
        records = self._records
        following = records["n|" + frame.next_word]
        next_tag = records[f"gn|{frame.cue_group}|{frame.next_tag}"]
        around = records["a|" + frame.around]
        return _ByName(self._none, {"s": (following, next_tag), "u": (around,)})

    def rows(self, frame: Frame, low: int, contexts: Sequence[Total]) -> list[Total]:
        """All that is seen of the tokens from ``low`` on, whose contexts are given."""
        cut, first, last, others = frame.chunks, frame.first, frame.last, frame.other_at
        tags, quoted, n = cut.tags, cut.quoted, len(cut.tags)
        of_cue, beside = self._of_cue(frame), self._beside(frame)
        by_name = of_cue.by_name
        rules = "<" + "".join(frame.rule) + ">" if frame.rule else ""
        ahead = "".join(["1" if k in others else "0" for k in range(n + 2)]) if others else ""
        before: Situation | None = None
        found = []
        situations = frame.situations(low, low + len(contexts))
        for i, (situation, context) in enumerate(zip(situations, contexts, strict=True), low):
            if situation != before:
                before = situation
                side, comma, verb, _, sub = situation[:5]
                clause, marks = _names_beside(situation)
                here = of_cue[situation] + beside[clause] + beside[marks]
            tag = tags[i]
            distance = first - i if i < first else 0 if i < last else i - last + 1
            at = _DISTANCES[side][min(distance, 26)]
            place = "M" if 0 < i < n - 2 else "S" if i == 0 else "E"
            row = here + context + self._distance[side, at, tag, place, comma, sub] + by_name[at]
            if rules:
                labels = rules[i : i + 3]
                row = row + self._rule[side, labels, tag, comma, verb, quoted[i]]
                row = row + by_name[f"o{side}{labels[1]}"]
            else:
                row = row + self._no_rule[side]
            if others:
                row = row + self._other_cue[side, ahead[i : i + 3]]
            found.append(row)
        return found


def argument_features(frame: Frame, classes: WordClasses) -> list[list[str]]:
    """All features of every chunk, as training reads them."""
    features = ArgumentFeatures(Names(), classes)
    n = len(frame.chunks.words)
    sides = (("L", 0, frame.first), ("C", frame.first, frame.last), ("R", frame.last, n))
    contexts = [row for side in sides for row in features.contexts(frame.chunks, *side)]
    return features.rows(frame, 0, contexts)
