"""What the cue tagger sees of a token; every feature begins with a capital C.

The features come in groups, each a function whose arguments are all that the group
depends on (see `Sums`).  The same code serves training and reading, so that the two can
never differ.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic

from quotetrack.text.weights import Sums, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_START, _END = "<s>", "</s>"
_PAD = 3
_Key = str | tuple[str | int, ...]


def word_features(
    classes: WordClasses, word: str, base: str, shape: str, tag: str
) -> tuple[str, ...]:
    """``base``: the word's stem."""
    group, habit, manner = classes.cluster(word), classes.habit(base), classes.manner(word)
    return (
        "C",
        f"Cw={word}",
        f"Ct={tag}",
        f"Cl={base}",
        f"Clt={base}|{tag}",
        f"Cs3={word[-3:]}",
        f"Csh={shape}",
        f"Cg={group}",
        f"Cgt={group}|{tag}",
        f"Ch={habit}",
        f"Cm={manner}",
    )


def near_tag_features(left: str, tag: str, right: str, second_right: str) -> tuple[str, ...]:
    return (
        f"Ct-1={left}",
        f"Ct+1={right}",
        f"Ct+2={second_right}",
        f"Ctt-={left}|{tag}",
        f"Ctt+={tag}|{right}",
        f"Cttt={left}|{tag}|{right}",
        f"Ctt++={tag}|{right}|{second_right}",
    )


def far_tag_features(third_left: str, second_left: str, third_right: str) -> tuple[str, ...]:
    return f"Ct-3={third_left}", f"Ct-2={second_left}", f"Ct+3={third_right}"


def right_tag_features(
    classes: WordClasses, word: str, base: str, tag: str, right: str
) -> tuple[str, ...]:
    return (
        f"Cl+t={base}|{right}",
        f"Cgt+={classes.cluster(word)}|{right}",
        f"Cht={classes.habit(base)}|{tag}|{right}",
        f"Cmt={classes.manner(word)}|{tag}|{right}",
    )


def left_tag_features(classes: WordClasses, base: str, tag: str, left: str) -> tuple[str, ...]:
    return f"Cl-t={base}|{left}", f"Cht-={classes.habit(base)}|{tag}|{left}"


def left_word_features(classes: WordClasses, left: str) -> tuple[str, ...]:
    return f"Cw-1={left}", f"Cg-={left if left == _START else classes.cluster(left)}"


def right_word_features(classes: WordClasses, right: str) -> tuple[str, ...]:
    return f"Cw+1={right}", f"Cg+={right if right == _END else classes.cluster(right)}"


def second_left_features(word: str) -> tuple[str, ...]:
    return (f"Cw-2={word}",)


def second_right_features(word: str) -> tuple[str, ...]:
    return (f"Cw+2={word}",)


def left_pair_features(left: str, base: str) -> tuple[str, ...]:
    return (f"Clw-={left}|{base}",)


def right_pair_features(base: str, right: str) -> tuple[str, ...]:
    return (f"Clw={base}|{right}",)


def mark_features(
    classes: WordClasses, base: str, tag: str, quotes: str, any_quoted: str, rule: str, behind: str
) -> tuple[str, ...]:
    """Quotation marks, and what the rules say of the token and of the one behind it.

    ``quotes``: q or o for the token, the one before and the one behind, - where none is.
    """
    quote, habit = quotes[0], classes.habit(base)
    return (
        f"Cq={quotes}",
        f"Cqt={quote}|{tag}",
        f"Cql={quote}|{base}",
        f"Cqq={any_quoted}|{quote}|{habit}",
        f"Cr={rule}|{tag}",
        f"Crl={rule}|{base}",
        f"Crq={rule}|{quote}{any_quoted}|{habit}",
        f"Crn={rule}|{behind}",
    )


def clause_features(
    classes: WordClasses, base: str, tag: str, that: int, verbs: int
) -> tuple[str, ...]:
    """How far the next "that" is, and the verbs before the token (up to 3)."""
    habit = classes.habit(base)
    return f"Cthat={that}|{habit}", f"Cthatl={that}|{base}", f"Cv={verbs}|{tag}|{habit}"


def subject_word_features(subject: str, distance: int) -> tuple[str, ...]:
    return (f"Csj={subject}|{distance}",)


def subject_features(subject_tag: str, group: str, tag: str, habit: str) -> tuple[str, ...]:
    return (
        f"Csjt={subject_tag}|{tag}",
        f"Csjg={group}|{tag}",
        f"Csjh={subject_tag}|{group}|{habit}",
    )


def nominal_features(
    nominal_tag: str, group: str, tag: str, distance: int, habit: str
) -> tuple[str, ...]:
    return f"Cnx={nominal_tag}|{tag}|{distance}", f"Cnxg={group}|{habit}"


def outside_marks_features(marks: int, habit: str) -> tuple[str, ...]:
    return (f"Cmk={marks}|{habit}|Q",)


class CueFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        add: What to make of some features: their summed weights to read, or a list of
            them (`list`) to train.
        classes: Of words, verbs and cues.
    """

    def __init__(self, add: Callable[[Iterable[str]], Total], classes: WordClasses) -> None:
        self._classes = classes

        self._word: Sums[_Key, Total] = Sums(add, partial(word_features, classes))
        self._near_tags: Sums[_Key, Total] = Sums(add, near_tag_features)
        self._far_tags: Sums[_Key, Total] = Sums(add, far_tag_features)
        self._right_tag: Sums[_Key, Total] = Sums(add, partial(right_tag_features, classes))
        self._left_tag: Sums[_Key, Total] = Sums(add, partial(left_tag_features, classes))
        self._left_word: Sums[_Key, Total] = Sums(add, partial(left_word_features, classes))
        self._right_word: Sums[_Key, Total] = Sums(add, partial(right_word_features, classes))
        self._second_left: Sums[_Key, Total] = Sums(add, second_left_features)
        self._second_right: Sums[_Key, Total] = Sums(add, second_right_features)
        self._left_pair: Sums[_Key, Total] = Sums(add, left_pair_features)
        self._right_pair: Sums[_Key, Total] = Sums(add, right_pair_features)
        self._marks: Sums[_Key, Total] = Sums(add, partial(mark_features, classes))
        self._clause: Sums[_Key, Total] = Sums(add, partial(clause_features, classes))
        self._subject_word: Sums[_Key, Total] = Sums(add, subject_word_features)
        self._subject: Sums[_Key, Total] = Sums(add, subject_features)
        self._nominal: Sums[_Key, Total] = Sums(add, nominal_features)
        self._outside_marks: Sums[_Key, Total] = Sums(add, outside_marks_features)

    def rows(self, view: View, wanted: Container[int]) -> dict[int, Total]:
        """All that is seen of the wanted tokens of a sentence."""
        n = len(view.words)
        pad_left, pad_right = [_START] * _PAD, [_END] * _PAD
        words = pad_left + view.words + pad_right
        tags = pad_left + view.tags + pad_right
        rules = [*view.rule_cues, "-"]
        inside = "-" + "".join(["q" if quoted else "o" for quoted in view.quoted]) + "-"
        any_quoted = "Q" if view.any_quoted else "-"
        cluster, habit_of = self._classes.cluster, self._classes.habit
        following, that_next = _next_nominals(view), _distance_to_that(view)
        subject_at, verbs = -9, 0
        found: dict[int, Total] = {}
        for i in range(n):
            j = i + _PAD
            if i:
                last = tags[j - 1]
                if last in _NOMINAL:
                    subject_at = i - 1
                elif last[0] == "V" or last == "MD":
                    verbs += 1
                elif last == "Q":
                    verbs = 0
            if i not in wanted:
                continue
            word, tag, base = words[j], tags[j], view.stems[i]
            left, right, left_tag, right_tag = words[j - 1], words[j + 1], tags[j - 1], tags[j + 1]
            quotes = inside[i + 1] + inside[i] + inside[i + 2]
            habit = habit_of(base)
            row = (
                self._word[word, base, view.shapes[i], tag]
                + self._near_tags[left_tag, tag, right_tag, tags[j + 2]]
                + self._far_tags[tags[j - 3], tags[j - 2], tags[j + 3]]
                + self._right_tag[word, base, tag, right_tag]
                + self._left_tag[base, tag, left_tag]
                + self._left_word[left]
                + self._right_word[right]
                + self._second_left[words[j - 2]]
                + self._second_right[words[j + 2]]
                + self._left_pair[left, base]
                + self._right_pair[base, right]
                + self._marks[base, tag, quotes, any_quoted, rules[i], rules[i + 1]]
                + self._clause[base, tag, that_next[i], min(verbs, 3)]
            )
            distance = i - subject_at
            if distance <= 6:
                subject, subject_tag = words[subject_at + _PAD], tags[subject_at + _PAD]
                row += self._subject_word[subject, distance]
                row += self._subject[subject_tag, cluster(subject), tag, habit]
            nominal = following[i]
            if nominal >= 0:
                group = cluster(words[nominal + _PAD])
                distance = min(nominal - i, 4)
                row += self._nominal[tags[nominal + _PAD], group, tag, distance, habit]
            if i and view.any_quoted and not view.quoted[i]:
                row += self._outside_marks[min(view.marks[i], 3), habit]
            found[i] = row
        return found


def cue_features(view: View, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    wanted = range(len(view.words))
    rows = CueFeatures(list, classes).rows(view, wanted)
    return [rows[i] for i in wanted]


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


def _distance_to_that(view: View) -> list[int]:
    """For every token how far the next "that" is (0: none within six)."""
    found = [0] * len(view.words)
    nearest = -1
    for i in range(len(view.words) - 1, -1, -1):
        if nearest >= 0 and nearest - i <= 6:
            found[i] = nearest - i
        if view.words[i] == "that":
            nearest = i
    return found
