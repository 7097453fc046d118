"""What the cue tagger sees of a token.

The same function serves training and reading, so that the two can never differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "WP"))
_PAD = 3


def cue_features(view: View, classes: WordClasses) -> list[list[str]]:
    """The features of every token of a sentence."""
    n = len(view.words)
    pad_left, pad_right = ["<s>"] * _PAD, ["</s>"] * _PAD
    words = pad_left + view.words + pad_right
    tags = pad_left + view.tags + pad_right
    cluster = classes.cluster
    groups = pad_left + [cluster(word) for word in view.words] + pad_right
    inside = ["q" if q else "o" for q in view.quoted]
    any_quoted = "Q" if view.any_quoted else "-"
    rows: list[list[str]] = []
    subject = subject_tag = subject_group = "-"
    subject_at = -9
    verbs_before = 0
    following = _next_nominals(view)
    that_next = _distance_to_that(view)
    for i in range(n):
        j = i + _PAD
        word, tag = words[j], tags[j]
        left, right = words[j - 1], words[j + 1]
        left_tag, right_tag = tags[j - 1], tags[j + 1]
        base = view.stems[i]
        quote = inside[i]
        before = inside[i - 1] if i else "-"
        after = inside[i + 1] if i + 1 < n else "-"
        group = groups[j]
        habit = classes.habit(base)
        manner = classes.manner(word)
        features = [
            "b",
            "w=" + word,
            "w-1=" + left,
            "w+1=" + right,
            "w-2=" + words[j - 2],
            "w+2=" + words[j + 2],
            "t=" + tag,
            "t-1=" + left_tag,
            "t+1=" + right_tag,
            "t-2=" + tags[j - 2],
            "t+2=" + tags[j + 2],
            "t-3=" + tags[j - 3],
            "t+3=" + tags[j + 3],
            "l=" + base,
            "l+t=" + base + "|" + right_tag,
            "lt=" + base + "|" + tag,
            "l-t=" + base + "|" + left_tag,
            "lw=" + base + "|" + right,
            "lw-=" + left + "|" + base,
            "tt-=" + left_tag + "|" + tag,
            "tt+=" + tag + "|" + right_tag,
            "ttt=" + left_tag + "|" + tag + "|" + right_tag,
            "tt++=" + tag + "|" + right_tag + "|" + tags[j + 2],
            "s3=" + word[-3:],
            "sh=" + view.shapes[i],
            "q=" + quote + before + after,
            "qt=" + quote + "|" + tag,
            "ql=" + quote + "|" + base,
            "qq=" + any_quoted + "|" + quote + "|" + habit,
            "g=" + group,
            "gt=" + group + "|" + tag,
            "gt+=" + group + "|" + right_tag,
            "g+=" + groups[j + 1],
            "g-=" + groups[j - 1],
            "h=" + habit,
            "ht=" + habit + "|" + tag + "|" + right_tag,
            "ht-=" + habit + "|" + tag + "|" + left_tag,
            "m=" + manner,
            "mt=" + manner + "|" + tag + "|" + right_tag,
            "that=" + that_next[i] + "|" + habit,
            "thatl=" + that_next[i] + "|" + base,
            "v=" + str(min(verbs_before, 3)) + "|" + tag + "|" + habit,
        ]
        distance = i - subject_at
        if distance <= 6:
            features += (
                "sj=" + subject + "|" + str(distance),
                "sjt=" + subject_tag + "|" + tag,
                "sjg=" + subject_group + "|" + tag,
                "sjh=" + subject_tag + "|" + subject_group + "|" + habit,
            )
        nominal = following[i]
        if nominal >= 0:
            features += (
                "nx=" + tags[nominal + _PAD] + "|" + tag + "|" + str(min(nominal - i, 4)),
                "nxg=" + groups[nominal + _PAD] + "|" + habit,
            )
        if i and not view.quoted[i] and view.any_quoted:
            features.append("mk=" + str(min(view.marks[i], 3)) + "|" + habit + "|" + any_quoted)
        rows.append(features)
        if tag in _NOMINAL:
            subject, subject_tag, subject_group, subject_at = word, tag, groups[j], i
        elif tag[0] == "V" or tag == "MD":
            verbs_before += 1
        elif tag == "Q":
            verbs_before = 0
    return rows


def _next_nominals(view: View) -> list[int]:
    """For every token the nearest noun or pronoun within four to its right; -1: none."""
    found = [-1] * len(view.tags)
    nearest = -1
    for i in range(len(view.tags) - 1, -1, -1):
        if 0 <= nearest <= i + 4:
            found[i] = nearest
        if view.tags[i] in _NOMINAL:
            nearest = i
    return found


def _distance_to_that(view: View) -> list[str]:
    """For every token how far the next "that" is (0: none within six)."""
    found = ["0"] * len(view.words)
    nearest = -1
    for i in range(len(view.words) - 1, -1, -1):
        if nearest >= 0 and nearest - i <= 6:
            found[i] = str(nearest - i)
        if view.words[i] == "that":
            nearest = i
    return found
