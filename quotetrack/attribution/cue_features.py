"""What the cue tagger sees of a token; every feature begins with a capital C.

The same function serves training and reading, so that the two can never differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_PAD = 3


def cue_features(view: View, classes: WordClasses, wanted: Container[int]) -> list[list[str]]:
    """The features of every wanted token of a sentence; of the others, none."""
    n = len(view.words)
    pad_left, pad_right = ["<s>"] * _PAD, ["</s>"] * _PAD
    words = pad_left + view.words + pad_right
    tags = pad_left + view.tags + pad_right
    cluster = classes.cluster
    groups = pad_left + [cluster(word) for word in view.words] + pad_right
    inside = ["q" if q else "o" for q in view.quoted]
    any_quoted = "Q" if view.any_quoted else "-"
    rules = view.rule_cues
    rows: list[list[str]] = []
    subject = subject_tag = subject_group = "-"
    subject_at = -9
    verbs_before = 0
    following = _next_nominals(view)
    that_next = _distance_to_that(view)
    for i in range(n):
        j = i + _PAD
        word, tag = words[j], tags[j]
        if i:
            last = tags[j - 1]
            if last in _NOMINAL:
                subject, subject_tag, subject_at = words[j - 1], last, i - 1
                subject_group = groups[j - 1]
            elif last[0] == "V" or last == "MD":
                verbs_before += 1
            elif last == "Q":
                verbs_before = 0
        if i not in wanted:
            rows.append([])
            continue
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
            "C",
            "Cw=" + word,
            "Cw-1=" + left,
            "Cw+1=" + right,
            "Cw-2=" + words[j - 2],
            "Cw+2=" + words[j + 2],
            "Ct=" + tag,
            "Ct-1=" + left_tag,
            "Ct+1=" + right_tag,
            "Ct-2=" + tags[j - 2],
            "Ct+2=" + tags[j + 2],
            "Ct-3=" + tags[j - 3],
            "Ct+3=" + tags[j + 3],
            "Cl=" + base,
            "Cl+t=" + base + "|" + right_tag,
            "Clt=" + base + "|" + tag,
            "Cl-t=" + base + "|" + left_tag,
            "Clw=" + base + "|" + right,
            "Clw-=" + left + "|" + base,
            "Ctt-=" + left_tag + "|" + tag,
            "Ctt+=" + tag + "|" + right_tag,
            "Cttt=" + left_tag + "|" + tag + "|" + right_tag,
            "Ctt++=" + tag + "|" + right_tag + "|" + tags[j + 2],
            "Cs3=" + word[-3:],
            "Csh=" + view.shapes[i],
            "Cq=" + quote + before + after,
            "Cqt=" + quote + "|" + tag,
            "Cql=" + quote + "|" + base,
            "Cqq=" + any_quoted + "|" + quote + "|" + habit,
            "Cg=" + group,
            "Cgt=" + group + "|" + tag,
            "Cgt+=" + group + "|" + right_tag,
            "Cg+=" + groups[j + 1],
            "Cg-=" + groups[j - 1],
            "Ch=" + habit,
            "Cht=" + habit + "|" + tag + "|" + right_tag,
            "Cht-=" + habit + "|" + tag + "|" + left_tag,
            "Cm=" + manner,
            "Cmt=" + manner + "|" + tag + "|" + right_tag,
            "Cthat=" + that_next[i] + "|" + habit,
            "Cthatl=" + that_next[i] + "|" + base,
            "Cr=" + rules[i] + "|" + tag,
            "Crl=" + rules[i] + "|" + base,
            "Crq=" + rules[i] + "|" + quote + any_quoted + "|" + habit,
            "Crn=" + rules[i] + "|" + (rules[i + 1] if i + 1 < n else "-"),
            "Cv=" + str(min(verbs_before, 3)) + "|" + tag + "|" + habit,
        ]
        distance = i - subject_at
        if distance <= 6:
            features += (
                "Csj=" + subject + "|" + str(distance),
                "Csjt=" + subject_tag + "|" + tag,
                "Csjg=" + subject_group + "|" + tag,
                "Csjh=" + subject_tag + "|" + subject_group + "|" + habit,
            )
        nominal = following[i]
        if nominal >= 0:
            features += (
                "Cnx=" + tags[nominal + _PAD] + "|" + tag + "|" + str(min(nominal - i, 4)),
                "Cnxg=" + groups[nominal + _PAD] + "|" + habit,
            )
        if i and not view.quoted[i] and view.any_quoted:
            features.append("Cmk=" + str(min(view.marks[i], 3)) + "|" + habit + "|" + any_quoted)
        rows.append(features)
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
