"""What the argument tagger sees of a token, given a cue of its sentence.

Labels are conditioned on the cue, the way of semantic role labelling (Gildea and
Jurafsky 2002), so one sentence with three cues is labelled three times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_PUNCTUATION = frozenset((",", ".", ":", "Q", "-LRB-", "-RRB-", "(", ")", "--", "``", "''"))
_AUXILIARY = frozenset("has have had was is be been are were 's 've 'd ’s ’ve ’d".split())
_IN_PHRASE = frozenset("of 's ’s and for".split())
_SUBORDINATE = frozenset(
    "that because if when while after before although though since unless as whether which who".split()
)


def _bucket(distance: int) -> str:
    if distance <= 4:
        return str(distance)
    return "5" if distance <= 7 else "6" if distance <= 12 else "7" if distance <= 25 else "8"


def _phrase_left(words: list[str], tags: list[str], end: int) -> tuple[int, int]:
    """The noun phrase that ends before the cue, adverbs and auxiliaries between skipped."""
    while end > 0 and (tags[end - 1] in {"RB", "MD"} or words[end - 1] in _AUXILIARY):
        end -= 1
    begin = end
    while begin > 0 and (
        tags[begin - 1][:2] in {"NN", "PR", "JJ", "DT", "CD", "PO", "WP"}
        or words[begin - 1] in _IN_PHRASE
    ):
        begin -= 1
    return begin, end


def _phrase_right(words: list[str], tags: list[str], begin: int) -> tuple[int, int]:
    """The noun phrase that begins after the cue."""
    end = begin
    while end < len(words) and (
        tags[end][:2] in {"NN", "PR", "JJ", "DT", "CD", "PO"} or words[end] in _IN_PHRASE
    ):
        end += 1
    return begin, end


def argument_features(
    view: View,
    first: int,
    last: int,
    cues: Collection[tuple[int, int]],
    classes: WordClasses,
) -> list[list[str]]:
    """The features of every token of a sentence for the cue ``first:last`` (view indices).

    ``cues`` are all cue ranges of the sentence: where the next one stands bounds the
    content of this one.
    """
    words, tags, quoted = view.words, view.tags, view.quoted
    n = len(words)
    head = last - 1
    if tags[first][:2] == "VB":
        head = max((k for k in range(first, last) if tags[k][:2] == "VB"), default=head)
    cue, cue_tag = view.stems[head], tags[first]
    cue_group = classes.habit(cue) + classes.manner(words[head])
    next_word = words[last] if last < n else "</s>"
    previous_word = words[first - 1] if first else "<s>"
    next_tag = tags[last] if last < n else "</s>"
    cue_quoted = "Q" if quoted[first] else "o"
    around = (
        ("Q" if first and quoted[first - 1] else "o")
        + (tags[first - 1] if first else "<s>")
        + ("Q" if last < n and quoted[last] else "o")
    )
    place = "S" if first == 0 else "E" if last >= n - 1 else "M"
    any_quoted = "q" if view.any_quoted else "-"
    left_begin, left_end = _phrase_left(words, tags, first)
    right_begin, right_end = _phrase_right(words, tags, last)
    other = [0] * (n + 1)
    for begin, end in cues:
        if (begin, end) != (first, last) and begin < n:
            other[begin] += 1
    others_before = [0]
    for count in other[:n]:
        others_before.append(others_before[-1] + count)
    other_at = {k for begin, end in cues if (begin, end) != (first, last) for k in range(begin, end)}
    # comma-bounded segments, and whether each holds a verb
    segment: list[int] = []
    has_verb = [0]
    for tag in tags:
        if tag in _PUNCTUATION:
            has_verb.append(0)
        segment.append(len(has_verb) - 1)
        if tag[0] == "V" or tag == "MD":
            has_verb[-1] = min(has_verb[-1] + 1, 2)
    own_segment = segment[first]
    subordinate = [0]
    for word in words:
        subordinate.append(subordinate[-1] + (word in _SUBORDINATE))
    commas, verbs, nouns = view.commas, view.verbs, view.nouns

    rows: list[list[str]] = []
    padded_words = ["<>", "<>", *words, "<>", "<>"]
    padded_tags = ["<>", "<>", *tags, "<>", "<>"]
    for i in range(n):
        if i < first:
            side, low, high, distance = "L", i + 1, first, first - i
        elif i < last:
            side, low, high, distance = "C", i, i, 0
        else:
            side, low, high, distance = "R", last, i, i - last + 1
        bucket = _bucket(distance)
        comma_count = str(min(commas[high] - commas[low], 3))
        verb_count = str(min(verbs[high] - verbs[low], 2))
        noun_count = str(min(nouns[high] - nouns[low], 3))
        sub_count = str(min(subordinate[high] - subordinate[low], 2))
        other_count = str(min(others_before[high] - others_before[low], 2))
        word, tag = words[i], tags[i]
        left, right = padded_words[i + 1], padded_words[i + 3]
        left_tag, right_tag = padded_tags[i + 1], padded_tags[i + 3]
        own_quote = "Q" if quoted[i] else "o"
        quotes = own_quote + cue_quoted
        apart = segment[i] - own_segment
        apart_text = str(apart) if -5 < apart < 5 else "9"
        near = str(apart) if -4 < apart < 4 else "9"
        in_left = "1" if left_begin <= i < left_end else "0"
        in_right = "1" if right_begin <= i < right_end else "0"
        counts = side + "|" + comma_count + "|" + verb_count
        sided_tag = side + "|" + tag
        sided_cue = side + "|" + cue
        rows.append(
            [
                "b",
                "d" + side + bucket,
                "dt" + side + bucket + "|" + tag,
                "w" + side + "|" + word,
                "t" + sided_tag,
                "q" + side + "|" + quotes,
                "qc" + counts + "|" + quotes,
                "cn" + counts + "|" + noun_count,
                "c" + sided_cue,
                "cq" + sided_cue + "|" + quotes,
                "cc" + sided_cue + "|" + comma_count + "|" + verb_count,
                "tt-" + side + "|" + left_tag + "|" + tag,
                "tt+" + sided_tag + "|" + right_tag,
                "ttt" + side + "|" + left_tag + "|" + tag + "|" + right_tag,
                "wt-" + side + "|" + left + "|" + tag,
                "tw+" + sided_tag + "|" + right,
                "w-" + side + "|" + left,
                "w+" + side + "|" + right,
                "ct" + side + "|" + cue_tag + "|" + tag + "|" + verb_count,
                "nw" + side + "|" + next_word + "|" + comma_count + "|" + verb_count,
                "np" + side + "|" + next_word + "|" + previous_word + "|" + quotes,
                "ps" + side + "|" + ("S" if i == 0 else "E" if i >= n - 2 else "M") + "|" + comma_count,
                "aq" + side + "|" + any_quoted + "|" + quotes + "|" + comma_count,
                "ar" + side + "|" + around + "|" + quotes + "|" + verb_count,
                "pl" + side + "|" + place + "|" + comma_count + "|" + verb_count + "|" + quotes,
                "tc" + sided_tag + "|" + cue + "|" + ("1" if comma_count != "0" else "0"),
                "lq" + side + "|" + ("Q" if i and quoted[i - 1] else "o") + own_quote,
                "rq" + side + "|" + ("Q" if i + 1 < n and quoted[i + 1] else "o") + own_quote,
                "sj" + side + "|" + ("1" if i == left_end - 1 else "0"),
                "in" + side + "|" + in_left + "|" + next_word + "|" + cue_tag,
                "il" + side + "|" + in_left + "|" + cue_group,
                "ir" + side + "|" + in_right + "|" + around,
                "irc" + side + "|" + in_right + "|" + cue_group + "|" + place,
                "sg" + side + "|" + apart_text + "|" + quotes,
                "sv" + side + "|" + str(has_verb[segment[i]]) + "|" + near + "|" + cue,
                "sh" + side + "|" + str(has_verb[segment[i]]) + "|" + near + "|" + cue_group,
                "su" + side + "|" + sub_count + "|" + verb_count + "|" + comma_count,
                "sw" + side + "|" + sub_count + "|" + tag,
                "ot" + side + "|" + other_count + "|" + comma_count,
                "oq" + side + "|" + other_count + "|" + quotes + "|" + verb_count,
                "oa" + side + "|" + ("1" if i in other_at else "0") + ("1" if i + 1 in other_at else "0") + ("1" if i + 2 in other_at else "0"),
                "gc" + side + "|" + cue_group + "|" + comma_count + "|" + verb_count,
                "gn" + side + "|" + cue_group + "|" + next_tag + "|" + comma_count + "|" + verb_count,
                "gk" + sided_tag + "|" + classes.cluster(word),
                "cd" + sided_cue + "|" + bucket,
            ]
        )
    return rows
