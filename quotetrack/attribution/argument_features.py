"""What the argument tagger sees of a token, given a cue of its sentence.

Labels are conditioned on the cue, the way of semantic role labelling (Gildea and
Jurafsky 2002), so one sentence with three cues is labelled three times.  The features
come in three groups, by how often they change: the token's own context (the same for
every cue on one side), its situation towards the cue (the same for long runs of tokens),
and the rest.  Reading sums the weights of the first two once and keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from quotetrack import data

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_PUNCTUATION = frozenset((",", ".", ":", "Q", "-LRB-", "-RRB-", "``", "''"))
_LEFT_OF_PHRASE = frozenset(("NN", "PR", "JJ", "DT", "CD", "PO", "WP"))
_NOT_IN_RIGHT = frozenset(("WP",))

Situation = tuple[str, int, int, int, int, int, str, int, int, bool, bool, bool]
"""Side of the cue (L, C, R); punctuation marks, verbs, nouns, subordinators and other
cues between; inside quotation marks or not, for token and cue; segments apart; verbs in
the token's segment; in the noun phrase left of the cue, right of it, its last word."""


@dataclass(slots=True, frozen=True)
class Frame:
    """A sentence and one cue of it, ``first`` to ``last`` (view indices)."""

    view: View
    first: int
    last: int
    cue: str
    """Stem of the cue's head."""
    cue_tag: str
    cue_group: str
    next_word: str
    next_tag: str
    previous_word: str
    around: str
    place: str
    any_quoted: str
    left: tuple[int, int]
    right: tuple[int, int]
    others_before: list[int]
    other_at: frozenset[int]
    segment: list[int]
    has_verb: list[int]
    subordinate: list[int]
    rule: list[str]
    """What the rules say of each token (S, C, -), with this cue; empty: not their cue."""

    def situation(self, i: int) -> Situation:
        """How token i stands to the cue."""
        first, last, view = self.first, self.last, self.view
        if i < first:
            side, low, high = "L", i + 1, first
        elif i < last:
            side, low, high = "C", i, i
        else:
            side, low, high = "R", last, i
        apart = self.segment[i] - self.segment[first]
        return (
            side,
            min(view.commas[high] - view.commas[low], 3),
            min(view.verbs[high] - view.verbs[low], 2),
            min(view.nouns[high] - view.nouns[low], 3),
            min(self.subordinate[high] - self.subordinate[low], 2),
            min(self.others_before[high] - self.others_before[low], 2),
            ("Q" if view.quoted[i] else "o") + ("Q" if view.quoted[first] else "o"),
            apart if -5 < apart < 5 else 9,
            self.has_verb[self.segment[i]],
            self.left[0] <= i < self.left[1],
            self.right[0] <= i < self.right[1],
            i == self.left[1] - 1,
        )


def _phrase_left(view: View, end: int) -> tuple[int, int]:
    """The noun phrase that ends before the cue, adverbs and auxiliaries between skipped."""
    words, tags = view.words, view.tags
    auxiliaries, links = data.words("auxiliaries.txt"), data.words("phrase_links.txt")
    while end > 0 and (tags[end - 1] in {"RB", "MD"} or words[end - 1] in auxiliaries):
        end -= 1
    begin = end
    while begin > 0 and (tags[begin - 1][:2] in _LEFT_OF_PHRASE or words[begin - 1] in links):
        begin -= 1
    return begin, end


def _phrase_right(view: View, begin: int) -> tuple[int, int]:
    """The noun phrase that begins after the cue."""
    words, tags = view.words, view.tags
    links = data.words("phrase_links.txt")
    allowed = _LEFT_OF_PHRASE - _NOT_IN_RIGHT
    end = begin
    while end < len(words) and (tags[end][:2] in allowed or words[end] in links):
        end += 1
    return begin, end


def frame(
    view: View, first: int, last: int, cues: Collection[tuple[int, int]], classes: WordClasses
) -> Frame:
    """What all tokens share for the cue ``first:last``; ``cues`` are those of the sentence."""
    words, tags, quoted = view.words, view.tags, view.quoted
    n = len(words)
    head = last - 1
    if tags[first][:2] == "VB":
        head = max((k for k in range(first, last) if tags[k][:2] == "VB"), default=head)
    other = [0] * n
    for begin, _ in cues:
        if begin != first:
            other[begin] += 1
    segment: list[int] = []
    has_verb = [0]
    for tag in tags:
        if tag in _PUNCTUATION:
            has_verb.append(0)
        segment.append(len(has_verb) - 1)
        if tag[0] == "V" or tag == "MD":
            has_verb[-1] = min(has_verb[-1] + 1, 2)
    subordinators = data.words("subordinators.txt")
    return Frame(
        view,
        first,
        last,
        view.stems[head],
        tags[first],
        classes.habit(view.stems[head]) + classes.manner(words[head]),
        words[last] if last < n else "</s>",
        tags[last] if last < n else "</s>",
        words[first - 1] if first else "<s>",
        ("Q" if first and quoted[first - 1] else "o")
        + (tags[first - 1] if first else "<s>")
        + ("Q" if last < n and quoted[last] else "o"),
        "S" if first == 0 else "E" if last >= n - 1 else "M",
        "q" if view.any_quoted else "-",
        _phrase_left(view, first),
        _phrase_right(view, last),
        list(accumulate(other, initial=0)),
        frozenset(k for b, e in cues if (b, e) != (first, last) for k in range(b, e)),
        segment,
        has_verb,
        list(accumulate((word in subordinators for word in words), initial=0)),
        next((view.rule_labels[k] for k in range(first, last) if k in view.rule_labels), []),
    )


def context_features(view: View, i: int, side: str, classes: WordClasses) -> list[str]:
    """Features of a token and its neighbours, on one side of any cue."""
    words, tags = view.words, view.tags
    word, tag, last = words[i], tags[i], len(words) - 1
    left, left_tag = (words[i - 1], tags[i - 1]) if i else ("<>", "<>")
    right, right_tag = (words[i + 1], tags[i + 1]) if i < last else ("<>", "<>")
    own = "Q" if view.quoted[i] else "o"
    return [
        "b",
        "w" + side + "|" + word,
        "t" + side + "|" + tag,
        "tt-" + side + "|" + left_tag + "|" + tag,
        "tt+" + side + "|" + tag + "|" + right_tag,
        "ttt" + side + "|" + left_tag + "|" + tag + "|" + right_tag,
        "wt-" + side + "|" + left + "|" + tag,
        "tw+" + side + "|" + tag + "|" + right,
        "w-" + side + "|" + left,
        "w+" + side + "|" + right,
        "gk" + side + "|" + tag + "|" + classes.cluster(word),
        "lq" + side + "|" + ("Q" if i and view.quoted[i - 1] else "o") + own,
        "rq" + side + "|" + ("Q" if i < last and view.quoted[i + 1] else "o") + own,
    ]


def situation_features(frame: Frame, situation: Situation) -> list[str]:
    """Features that tokens in the same situation towards the cue share."""
    side, comma, verb, noun, sub, others, quotes, apart, verbs, in_left, in_right, subject = (
        situation
    )
    counts = f"{comma}|{verb}"
    cue, group, following = frame.cue, frame.cue_group, frame.next_word
    near = apart if -4 < apart < 4 else 9
    return [
        f"q{side}|{quotes}",
        f"qc{side}|{counts}|{quotes}",
        f"cn{side}|{counts}|{noun}",
        f"c{side}|{cue}",
        f"cq{side}|{cue}|{quotes}",
        f"cc{side}|{cue}|{counts}",
        f"nw{side}|{following}|{counts}",
        f"np{side}|{following}|{frame.previous_word}|{quotes}",
        f"aq{side}|{frame.any_quoted}|{quotes}|{comma}",
        f"ar{side}|{frame.around}|{quotes}|{verb}",
        f"pl{side}|{frame.place}|{counts}|{quotes}",
        f"sj{side}|{subject:d}",
        f"in{side}|{in_left:d}|{following}|{frame.cue_tag}",
        f"il{side}|{in_left:d}|{group}",
        f"ir{side}|{in_right:d}|{frame.around}",
        f"irc{side}|{in_right:d}|{group}|{frame.place}",
        f"sg{side}|{apart}|{quotes}",
        f"sv{side}|{verbs}|{near}|{cue}",
        f"sh{side}|{verbs}|{near}|{group}",
        f"su{side}|{sub}|{verb}|{comma}",
        f"ot{side}|{others}|{comma}",
        f"oq{side}|{others}|{quotes}|{verb}",
        f"gc{side}|{group}|{counts}",
        f"gn{side}|{group}|{frame.next_tag}|{counts}",
    ]


def token_features(frame: Frame, i: int, situation: Situation) -> list[str]:
    """Features of one token and the cue."""
    side, comma, verb, sub = situation[0], situation[1], situation[2], situation[4]
    distance = frame.first - i if i < frame.first else 0 if i < frame.last else i - frame.last + 1
    bucket = _bucket(distance)
    tag, n, others = frame.view.tags[i], len(frame.view.words), frame.other_at
    place = "S" if i == 0 else "E" if i >= n - 2 else "M"
    sided_tag = side + "|" + tag
    found = [
        "d" + side + bucket,
        "dt" + side + bucket + "|" + tag,
        f"ct{side}|{frame.cue_tag}|{tag}|{verb}",
        f"ps{side}|{place}|{comma}",
        "tc" + sided_tag + "|" + frame.cue + ("|1" if comma else "|0"),
        f"sw{side}|{sub}|{tag}",
        "cd" + side + "|" + frame.cue + "|" + bucket,
    ]
    if frame.rule:
        rule = frame.rule
        before, here = rule[i - 1] if i else "<", rule[i]
        after = rule[i + 1] if i + 1 < n else ">"
        found += (
            "ru" + side + here,
            "rb" + side + before + here + after,
            f"rc{side}{here}|{frame.cue_group}",
            f"rv{side}{before}{here}|{tag}|{verb}",
            f"rq{side}{before}{here}|{'q' if frame.view.quoted[i] else 'o'}|{comma}",
        )
    else:
        found.append("ru" + side)
    if others:
        found.append(f"oa{side}|{i in others:d}{i + 1 in others:d}{i + 2 in others:d}")
    return found


def _bucket(distance: int) -> str:
    if distance <= 4:
        return str(distance)
    return "5" if distance <= 7 else "6" if distance <= 12 else "7" if distance <= 25 else "8"


def argument_features(frame: Frame, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    rows = []
    for i in range(len(frame.view.words)):
        situation = frame.situation(i)
        rows.append(
            context_features(frame.view, i, situation[0], classes)
            + situation_features(frame, situation)
            + token_features(frame, i, situation)
        )
    return rows
