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

from quotetrack.text.weights import Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.attribution.chunks import Chunks
    from quotetrack.attribution.frame import Frame, Situation
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_BUCKETS = tuple(
    str(d) if d <= 4 else "5" if d <= 7 else "6" if d <= 12 else "7" if d <= 25 else "8"
    for d in range(27)
)
"""Distances, the last one standing for all that are longer."""


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
    """What features of the cue and what is beside it look at of the situation."""
    side, comma, verb, _, _, _, quotes, apart, verbs, in_left, _ = situation
    near = apart if -4 < apart < 4 else 9
    return (
        f"c{side}",
        f"s{side}{comma}{verb}",
        f"q{side}{quotes}",
        f"v{side}{verbs}{near}",
        f"l{side}{in_left:d}",
        f"u{side}{quotes}{verb}",
    )


class _CueSums(dict[str, Total], Generic[Total]):
    """A name, as `_names` gives them, -> what all features of one cue with it add up to.

    Which records have features with a name is told by its first letter.
    """

    def __init__(self, features: Features[Total], frame: Frame) -> None:
        super().__init__()
        records = features.records
        self._none: Total = features.none
        cue, group = records["c|" + frame.cue], records["g|" + frame.cue_group]
        following, around = records["n|" + frame.next_word], records["a|" + frame.around]
        next_tag = records[f"gn|{frame.cue_group}|{frame.next_tag}"]
        beside = records[f"np|{frame.next_word}|{frame.previous_word}"]
        self._cue_tag = frame.cue_tag
        self._following: Record[Total] = following
        self._records: dict[str, tuple[Record[Total], ...]] = {
            "c": (cue,),
            "s": (cue, group, following, next_tag),
            "q": (cue, beside),
            "v": (cue, group),
            "l": (group,),
            "u": (around,),
            "d": (cue,),
            "o": (group,),
        }

    def __missing__(self, name: str) -> Total:
        total, none = self._none, self._none
        for record in self._records[name[0]]:
            total = total + record.get(name, none)
        if name[0] == "l":
            total = total + self._following.get(name + self._cue_tag, none)
        self[name] = total
        return total


def _distance(
    side: str, bucket: str, tag: str, place: str, comma: int, sub: int
) -> tuple[str, ...]:
    return (
        f"d{side}{bucket}",
        f"dt{side}{bucket}|{tag}",
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
        self._no_rule: Sums[str, Total] = Sums(features.add, lambda side: (f"ru{side}",))
        self._tag: Sums[tuple[str, ...], Total] = Sums(features.add, _tag)
        self._tags: Sums[tuple[str, ...], Total] = Sums(features.add, _tags)
        self._between: Sums[Situation, Total] = Sums(features.add, _between)
        self._distance: Sums[tuple[str | int, ...], Total] = Sums(features.add, _distance)
        self._rule: Sums[tuple[str | int, ...], Total] = Sums(features.add, _rule)
        self._other_cue: Sums[tuple[str, ...], Total] = Sums(features.add, _other_cue)

    def contexts(self, cut: Chunks, side: str, low: int, high: int) -> list[Total]:
        """What the tokens ``low:high`` are by themselves, on one side of any cue."""
        none, records, cluster = self._none, self._records, self._cluster
        words, openings = ["<>", *cut.words], [*cut.openings, "<>"]
        tags, opening_tags = ["<>", *cut.tags], [*cut.opening_tags, "<>"]
        quotes = "o" + "".join(["Q" if quoted else "o" for quoted in cut.quoted]) + "o"
        own, left, right = "w" + side, "w-" + side, "w+" + side
        opens = "wo" + side
        found = []
        for i in range(low, high):
            word, tag, opening, opening_tag = (
                words[i + 1],
                tags[i + 1],
                openings[i],
                opening_tags[i],
            )
            found.append(
                self._tag[side, opening_tag, tag, cluster(word, "-")]
                + self._tags[
                    side, tags[i], opening_tag, tag, opening_tags[i + 1], quotes[i : i + 3]
                ]
                + records[word].get(own, none)
                + records[opening].get(opens, none)
                + records[words[i]].get(left, none)
                + records[openings[i + 1]].get(right, none)
            )
        return found

    def rows(self, frame: Frame, low: int, contexts: Sequence[Total]) -> list[Total]:
        """All that is seen of the tokens from ``low`` on, whose contexts are given."""
        cut, first, last, others = frame.chunks, frame.first, frame.last, frame.other_at
        tags, quoted, n = cut.tags, cut.quoted, len(cut.tags)
        of_cue = _CueSums(self._all, frame).__getitem__
        rules = "<" + "".join(frame.rule) + ">" if frame.rule else ""
        ahead = "".join(["1" if k in others else "0" for k in range(n + 2)]) if others else ""
        shared: dict[Situation, Total] = {}
        before: Situation | None = None
        found = []
        situations = frame.situations(low, low + len(contexts))
        for i, (situation, context) in enumerate(zip(situations, contexts, strict=True), low):
            if situation != before:
                before = situation
                side, comma, verb, _, sub = situation[:5]
                if situation not in shared:
                    shared[situation] = sum(
                        map(of_cue, _names(situation)), self._between[situation]
                    )
                here = shared[situation]
            tag = tags[i]
            distance = first - i if i < first else 0 if i < last else i - last + 1
            bucket = _BUCKETS[min(distance, 26)]
            place = "M" if 0 < i < n - 2 else "S" if i == 0 else "E"
            row = (
                here
                + context
                + self._distance[side, bucket, tag, place, comma, sub]
                + of_cue(f"d{side}{bucket}")
            )
            if rules:
                labels = rules[i : i + 3]
                row = row + self._rule[side, labels, tag, comma, verb, quoted[i]]
                row = row + of_cue(f"o{side}{labels[1]}")
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
