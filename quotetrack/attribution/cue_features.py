"""What the cue tagger sees of a token; every feature begins with a capital C.

The features come in groups, each a function whose arguments are all that the group
depends on (see `Sums`).  The same code serves training and reading, so that the two can
never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic

from quotetrack.text.weights import Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_START, _END = "<s>", "</s>"
_PAD = 3
_Key = str | tuple[str | int, ...]


@dataclass(slots=True, frozen=True)
class Surroundings:
    """A sentence with what each of its tokens finds to the left and right."""

    view: View
    words: list[str]
    """Three more at each end; so with the tags."""
    tags: list[str]
    inside: str
    """q or o for every token, - before the first and after the last."""
    subject: list[int]
    """The nearest noun or pronoun to the left; far negative: none."""
    nominal: list[int]
    """That to the right, within four tokens; -1: none."""
    verbs: list[int]
    """Verbs since the last quotation mark, up to 3."""
    that: list[int]
    """How far the next "that" is; 0: none within six."""


def surroundings(view: View) -> Surroundings:
    """Look at a sentence from both sides."""
    tags, n = view.tags, len(view.tags)
    subject, verbs = [], []
    nominal, that = [-1] * n, [0] * n
    at, count = -9, 0
    for i, tag in enumerate(tags):
        subject.append(at)
        verbs.append(count)
        if tag in _NOMINAL:
            at = i
        elif tag[0] == "V" or tag == "MD":
            count = min(count + 1, 3)
        elif tag == "Q":
            count = 0
    at = that_at = n + 9
    for i in range(n - 1, -1, -1):
        if at <= i + 4:
            nominal[i] = at
        if that_at <= i + 6:
            that[i] = that_at - i
        if tags[i] in _NOMINAL:
            at = i
        if view.words[i] == "that":
            that_at = i
    return Surroundings(
        view,
        [_START] * _PAD + view.words + [_END] * _PAD,
        [_START] * _PAD + tags + [_END] * _PAD,
        "-" + "".join(["q" if quoted else "o" for quoted in view.quoted]) + "-",
        subject,
        nominal,
        verbs,
        that,
    )


def _word(classes: WordClasses, word: str, base: str, shape: str, tag: str) -> tuple[str, ...]:
    """``base``: the word's stem."""
    group = classes.cluster(word)
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
        f"Ch={classes.habit(base)}",
        f"Cm={classes.manner(word)}",
    )


def _tags(left: str, tag: str, right: str) -> tuple[str, ...]:
    return (
        f"Ct-1={left}",
        f"Ct+1={right}",
        f"Ctt-={left}|{tag}",
        f"Ctt+={tag}|{right}",
        f"Cttt={left}|{tag}|{right}",
    )


def _right_tags(tag: str, right: str, second_right: str) -> tuple[str, ...]:
    return f"Ct+2={second_right}", f"Ctt++={tag}|{right}|{second_right}"


def _far_tags(third_left: str, second_left: str, third_right: str) -> tuple[str, ...]:
    return f"Ct-3={third_left}", f"Ct-2={second_left}", f"Ct+3={third_right}"


def _right_tag(group: str, habit: str, manner: str, tag: str, right: str) -> tuple[str, ...]:
    """Classes of the token, and its right neighbour's tag."""
    return f"Cgt+={group}|{right}", f"Cht={habit}|{tag}|{right}", f"Cmt={manner}|{tag}|{right}"


def _clause(habit: str, tag: str, left: str, that: int, verbs: int) -> tuple[str, ...]:
    """The left neighbour's tag, how far the next "that" is, verbs before (up to 3)."""
    return f"Cht-={habit}|{tag}|{left}", f"Cthat={that}|{habit}", f"Cv={verbs}|{tag}|{habit}"


def _marks(
    quotes: str, any_quoted: str, habit: str, tag: str, rule: str, behind: str
) -> tuple[str, ...]:
    """Quotation marks, and what the rules say of the token and of the one behind it.

    ``quotes``: q or o for the token, the one before and the one behind, - where none is.
    """
    quote = quotes[0]
    return (
        f"Cq={quotes}",
        f"Cqt={quote}|{tag}",
        f"Cqq={any_quoted}|{quote}|{habit}",
        f"Cr={rule}|{tag}",
        f"Crq={rule}|{quote}{any_quoted}|{habit}",
        f"Crn={rule}|{behind}",
    )


def _subject(subject_tag: str, tag: str) -> tuple[str, ...]:
    return (f"Csjt={subject_tag}|{tag}",)


def _nominal(nominal_tag: str, tag: str, distance: int) -> tuple[str, ...]:
    return (f"Cnx={nominal_tag}|{tag}|{distance}",)


def _outside_marks(marks: int, habit: str) -> tuple[str, ...]:
    return (f"Cmk={marks}|{habit}|Q",)


class CueFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        features: Weights to read, `Names` to train.
        classes: Of words, verbs and cues.
    """

    def __init__(self, features: Features[Total], classes: WordClasses) -> None:
        add = features.add
        self._none: Total = features.none
        self._records: Mapping[str, Record[Total]] = features.records
        self._classes = classes
        self._word: Sums[_Key, Total] = Sums(add, partial(_word, classes))
        self._tags: Sums[_Key, Total] = Sums(add, _tags)
        self._right_tags: Sums[_Key, Total] = Sums(add, _right_tags)
        self._far_tags: Sums[_Key, Total] = Sums(add, _far_tags)
        self._right_tag: Sums[_Key, Total] = Sums(add, _right_tag)
        self._clause: Sums[_Key, Total] = Sums(add, _clause)
        self._marks: Sums[_Key, Total] = Sums(add, _marks)
        self._subject: Sums[_Key, Total] = Sums(add, _subject)
        self._nominal: Sums[_Key, Total] = Sums(add, _nominal)
        self._outside_marks: Sums[_Key, Total] = Sums(add, _outside_marks)

    def rows(self, around: Surroundings, wanted: Iterable[int]) -> dict[int, Total]:
        """All that is seen of the wanted tokens of a sentence."""
        view: View = around.view
        none, records = self._none, self._records
        words, tags, inside = around.words, around.tags, around.inside
        rules = [*view.rule_cues, "-"]
        any_quoted = "Q" if view.any_quoted else "-"
        cluster, habit_of, manner_of = (
            self._classes.clusters.get,
            self._classes.habits.get,
            self._classes.manners.get,
        )
        found: dict[int, Total] = {}
        for i in wanted:
            j = i + _PAD
            word, tag, base = words[j], tags[j], view.stems[i]
            left, right, left_tag, right_tag = words[j - 1], words[j + 1], tags[j - 1], tags[j + 1]
            quotes = inside[i + 1] + inside[i] + inside[i + 2]
            habit, that, rule = habit_of(base, "-"), around.that[i], rules[i]
            own = records["s|" + base]
            left_group = left if left == _START else cluster(left, "-")
            right_group = right if right == _END else cluster(right, "-")
            row = (
                self._word[word, base, view.shapes[i], tag]
                + self._tags[left_tag, tag, right_tag]
                + self._right_tags[tag, right_tag, tags[j + 2]]
                + self._far_tags[tags[j - 3], tags[j - 2], tags[j + 3]]
                + self._right_tag[cluster(word, "-"), habit, manner_of(word, "-"), tag, right_tag]
                + self._clause[habit, tag, left_tag, that, around.verbs[i]]
                + self._marks[quotes, any_quoted, habit, tag, rule, rules[i + 1]]
                + own.get("+" + right_tag, none)
                + own.get("-" + left_tag, none)
                + own.get("<" + left, none)
                + own.get(">" + right, none)
                + own.get("q" + quotes[0], none)
                + own.get("r" + rule, none)
                + own.get(f"t{that}", none)
                + records[left].get("Cw-1", none)
                + records[right].get("Cw+1", none)
                + records[words[j - 2]].get("Cw-2", none)
                + records[words[j + 2]].get("Cw+2", none)
                + records["k|" + left_group].get("-", none)
                + records["k|" + right_group].get("+", none)
            )
            subject_at = around.subject[i]
            distance = i - subject_at
            if distance <= 6:
                subject, subject_tag = words[subject_at + _PAD], tags[subject_at + _PAD]
                group = records["k|" + cluster(subject, "-")]
                row = (
                    row
                    + records[subject].get(f"Csj{distance}", none)
                    + group.get("j" + tag, none)
                    + group.get(f"h{subject_tag}|{habit}", none)
                    + self._subject[subject_tag, tag]
                )
            nominal = around.nominal[i]
            if nominal >= 0:
                group = records["k|" + cluster(words[nominal + _PAD], "-")]
                row = (
                    row
                    + group.get("n" + habit, none)
                    + self._nominal[tags[nominal + _PAD], tag, min(nominal - i, 4)]
                )
            if i and view.any_quoted and not view.quoted[i]:
                row = row + self._outside_marks[min(view.marks[i], 3), habit]
            found[i] = row
        return found


def cue_features(view: View, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    rows = CueFeatures(Names(), classes).rows(surroundings(view), range(len(view.words)))
    return list(rows.values())
