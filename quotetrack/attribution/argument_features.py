"""What the argument tagger sees of a token, given a cue of its sentence.

Labels are conditioned on the cue, the way of semantic role labelling (Gildea and
Jurafsky 2002), so one sentence with three cues is labelled three times.  Features come in
groups, each a function whose arguments are all that the group depends on (see `Sums`), of
three kinds: the token's own context, the same for every cue on one side; its situation
towards the cue, the same for long runs of tokens; and the rest.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic

from quotetrack.text.weights import Sums, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quotetrack.attribution.frame import Frame, Situation
    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses


# Context of a token, on one side of any cue.


def word_features(classes: WordClasses, side: str, word: str, tag: str) -> tuple[str, ...]:
    return (
        "b",
        f"w{side}|{word}",
        f"t{side}|{tag}",
        f"gk{side}|{tag}|{classes.cluster(word)}",
    )


def neighbour_features(
    side: str, left_tag: str, tag: str, right_tag: str, quotes: str
) -> tuple[str, ...]:
    """``quotes``: Q or o for the left neighbour, the token, and the right neighbour."""
    return (
        f"tt-{side}|{left_tag}|{tag}",
        f"tt+{side}|{tag}|{right_tag}",
        f"ttt{side}|{left_tag}|{tag}|{right_tag}",
        f"lq{side}|{quotes[0]}{quotes[1]}",
        f"rq{side}|{quotes[2]}{quotes[1]}",
    )


def left_features(side: str, left: str, tag: str) -> tuple[str, ...]:
    return f"wt-{side}|{left}|{tag}", f"w-{side}|{left}"


def right_features(side: str, tag: str, right: str) -> tuple[str, ...]:
    return f"tw+{side}|{tag}|{right}", f"w+{side}|{right}"


# Situation towards the cue.


def between_features(
    side: str,
    comma: int,
    verb: int,
    noun: int,
    sub: int,
    others: int,
    quotes: str,
    apart: int,
    subject: bool,  # noqa: FBT001  keys of sums are positional
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


def cue_word_features(
    side: str,
    comma: int,
    verb: int,
    quotes: str,
    near: int,
    verbs: int,
    in_left: bool,  # noqa: FBT001
    cue: str,
    group: str,
) -> tuple[str, ...]:
    return (
        f"c{side}|{cue}",
        f"cq{side}|{cue}|{quotes}",
        f"cc{side}|{cue}|{comma}|{verb}",
        f"gc{side}|{group}|{comma}|{verb}",
        f"sv{side}|{verbs}|{near}|{cue}",
        f"sh{side}|{verbs}|{near}|{group}",
        f"il{side}|{in_left:d}|{group}",
    )


def next_word_features(
    side: str,
    comma: int,
    verb: int,
    in_left: bool,  # noqa: FBT001
    following: str,
    cue_tag: str,
) -> tuple[str, ...]:
    return f"nw{side}|{following}|{comma}|{verb}", f"in{side}|{in_left:d}|{following}|{cue_tag}"


def next_tag_features(
    side: str, comma: int, verb: int, group: str, next_tag: str
) -> tuple[str, ...]:
    return (f"gn{side}|{group}|{next_tag}|{comma}|{verb}",)


def beside_features(side: str, quotes: str, following: str, previous: str) -> tuple[str, ...]:
    return (f"np{side}|{following}|{previous}|{quotes}",)


def sentence_features(
    side: str,
    comma: int,
    verb: int,
    quotes: str,
    any_quoted: bool,  # noqa: FBT001
    around: str,
    place: str,
) -> tuple[str, ...]:
    return (
        f"aq{side}|{'q' if any_quoted else '-'}|{quotes}|{comma}",
        f"ar{side}|{around}|{quotes}|{verb}",
        f"pl{side}|{place}|{comma}|{verb}|{quotes}",
    )


def phrase_features(
    side: str,
    in_right: bool,  # noqa: FBT001
    around: str,
    group: str,
    place: str,
) -> tuple[str, ...]:
    return f"ir{side}|{in_right:d}|{around}", f"irc{side}|{in_right:d}|{group}|{place}"


# A token and the cue.


def distance_features(
    side: str, bucket: str, tag: str, place: str, comma: int, sub: int
) -> tuple[str, ...]:
    return (
        f"d{side}{bucket}",
        f"dt{side}{bucket}|{tag}",
        f"ps{side}|{place}|{comma}",
        f"sw{side}|{sub}|{tag}",
    )


def tag_features(
    side: str,
    bucket: str,
    tag: str,
    verb: int,
    behind_comma: bool,  # noqa: FBT001
    cue: str,
    cue_tag: str,
) -> tuple[str, ...]:
    return (
        f"ct{side}|{cue_tag}|{tag}|{verb}",
        f"tc{side}|{tag}|{cue}|{behind_comma:d}",
        f"cd{side}|{cue}|{bucket}",
    )


def rule_features(
    side: str,
    labels: str,
    tag: str,
    comma: int,
    verb: int,
    quoted: bool,  # noqa: FBT001
    group: str,
) -> tuple[str, ...]:
    """``labels``: what the rules say of the token before, the token, and the one behind."""
    if not labels:
        return ("ru" + side,)
    before, here, after = labels[0], labels[1], labels[2]
    return (
        f"ru{side}{here}",
        f"rb{side}{before}{here}{after}",
        f"rc{side}{here}|{group}",
        f"rv{side}{before}{here}|{tag}|{verb}",
        f"rq{side}{before}{here}|{'q' if quoted else 'o'}|{comma}",
    )


def other_cue_features(side: str, ahead: str) -> tuple[str, ...]:
    """``ahead``: 1 or 0 for the token and the two behind: whether another cue is there."""
    return (f"oa{side}|{ahead}",)


_BUCKETS = tuple(
    str(d) if d <= 4 else "5" if d <= 7 else "6" if d <= 12 else "7" if d <= 25 else "8"
    for d in range(27)
)
"""Distances, the last one standing for all that are longer."""


class ArgumentFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        add: What to make of some features: their summed weights to read, or a list of
            them (`list`) to train, so that the two never differ.
        classes: Clusters of words.
    """

    def __init__(self, add: Callable[[Iterable[str]], Total], classes: WordClasses) -> None:
        self._word: Sums[tuple[str, ...], Total] = Sums(add, partial(word_features, classes))
        self._neighbours: Sums[tuple[str, ...], Total] = Sums(add, neighbour_features)
        self._left: Sums[tuple[str, ...], Total] = Sums(add, left_features)
        self._right: Sums[tuple[str, ...], Total] = Sums(add, right_features)
        self._between: Sums[tuple[str | int, ...], Total] = Sums(add, between_features)
        self._cue_word: Sums[tuple[str | int, ...], Total] = Sums(add, cue_word_features)
        self._next_word: Sums[tuple[str | int, ...], Total] = Sums(add, next_word_features)
        self._next_tag: Sums[tuple[str | int, ...], Total] = Sums(add, next_tag_features)
        self._beside: Sums[tuple[str, ...], Total] = Sums(add, beside_features)
        self._sentence: Sums[tuple[str | int, ...], Total] = Sums(add, sentence_features)
        self._phrase: Sums[tuple[str | int, ...], Total] = Sums(add, phrase_features)
        self._distance: Sums[tuple[str | int, ...], Total] = Sums(add, distance_features)
        self._tag: Sums[tuple[str | int, ...], Total] = Sums(add, tag_features)
        self._rule: Sums[tuple[str | int, ...], Total] = Sums(add, rule_features)
        self._other_cue: Sums[tuple[str, ...], Total] = Sums(add, other_cue_features)

    def contexts(self, view: View, side: str, low: int, high: int) -> list[Total]:
        """What the tokens ``low:high`` are by themselves, on one side of any cue."""
        words = ["<>", *view.words, "<>"]
        tags = ["<>", *view.tags, "<>"]
        quotes = "o" + "".join(["Q" if quoted else "o" for quoted in view.quoted]) + "o"
        return [
            self._word[side, words[j], tags[j]]
            + self._neighbours[side, tags[j - 1], tags[j], tags[j + 1], quotes[j - 1 : j + 2]]
            + self._left[side, words[j - 1], tags[j]]
            + self._right[side, tags[j], words[j + 1]]
            for j in range(low + 1, high + 1)
        ]

    def rows(self, frame: Frame, low: int, contexts: Sequence[Total]) -> list[Total]:
        """All that is seen of the tokens from ``low`` on, whose contexts are given."""
        view, first, last, others = frame.view, frame.first, frame.last, frame.other_at
        tags, quoted, n = view.tags, view.quoted, len(view.tags)
        cue, cue_tag, group = frame.cue, frame.cue_tag, frame.cue_group
        rules = "<" + "".join(frame.rule) + ">" if frame.rule else ""
        shared: dict[Situation, Total] = {}
        found = []
        situations = frame.situations(low, low + len(contexts))
        for i, (situation, context) in enumerate(zip(situations, contexts, strict=True), low):
            side, comma, verb, _, sub = situation[:5]
            tag = tags[i]
            distance = first - i if i < first else 0 if i < last else i - last + 1
            bucket = _BUCKETS[min(distance, 26)]
            place = "M" if 0 < i < n - 2 else "S" if i == 0 else "E"
            if situation not in shared:
                shared[situation] = self._situation(frame, situation)
            row = (
                shared[situation]
                + context
                + self._distance[side, bucket, tag, place, comma, sub]
                + self._tag[side, bucket, tag, verb, comma > 0, cue, cue_tag]
                + self._rule[side, rules[i : i + 3], tag, comma, verb, quoted[i], group]
            )
            if others:
                ahead = "".join(["1" if k in others else "0" for k in range(i, i + 3)])
                row += self._other_cue[side, ahead]
            found.append(row)
        return found

    def _situation(self, frame: Frame, situation: Situation) -> Total:
        side, comma, verb, noun, sub, others, quotes, apart, verbs, in_left, in_right, subject = (
            situation
        )
        cue, group, following, around = (
            frame.cue,
            frame.cue_group,
            frame.next_word,
            frame.around,
        )
        near = apart if -4 < apart < 4 else 9
        return (
            self._between[side, comma, verb, noun, sub, others, quotes, apart, subject]
            + self._cue_word[side, comma, verb, quotes, near, verbs, in_left, cue, group]
            + self._next_word[side, comma, verb, in_left, following, frame.cue_tag]
            + self._next_tag[side, comma, verb, group, frame.next_tag]
            + self._beside[side, quotes, following, frame.previous_word]
            + self._sentence[side, comma, verb, quotes, frame.view.any_quoted, around, frame.place]
            + self._phrase[side, in_right, around, group, frame.place]
        )


def argument_features(frame: Frame, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    features = ArgumentFeatures(list, classes)
    sides = (("L", 0, frame.first), ("C", frame.first, frame.last))
    right = ("R", frame.last, len(frame.view.words))
    contexts = [
        context for side in (*sides, right) for context in features.contexts(frame.view, *side)
    ]
    return features.rows(frame, 0, contexts)
