"""What the cue tagger sees of a token; every feature begins with a capital C.

The features come in groups, each a function whose arguments are all that the group
depends on (see `Sums`).  The same code serves training and reading, so that the two can
never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic

from quotetrack.text.stems import stem
from quotetrack.text.weights import KEPT, Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_START, _END = "<s>", "</s>"
_PAD = 3
_Key = str | tuple[str | int, ...]


@dataclass(slots=True)
class Token(Generic[Total]):
    """A word with its tag: its classes, and what it adds to the tokens around it."""

    habit: str
    group: str
    manner: str
    own: Record[Total]
    """Features of its stem."""
    of_word: Record[Total]
    of_group: Record[Total]
    third_before: Total
    """What it adds to a token that it stands so far before, or behind."""
    second_before: Total
    before: Total
    behind: Total
    second_behind: Total
    third_behind: Total


@dataclass(slots=True)
class Surroundings(Generic[Total]):
    """A sentence with what each of its tokens finds to the left and right."""

    view: View
    tokens: list[Token[Total]]
    """Three more at each end; so with words and tags."""
    words: list[str]
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


def _word(classes: WordClasses, word: str, shape: str, tag: str) -> tuple[str, ...]:
    base, group = stem(word), classes.cluster(word)
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


def _at(place: str, tag: str) -> tuple[str, ...]:
    return (f"Ct{place}={tag}",)


def _tags(left: str, tag: str, right: str) -> tuple[str, ...]:
    return f"Ctt-={left}|{tag}", f"Ctt+={tag}|{right}", f"Cttt={left}|{tag}|{right}"


def _right_tags(tag: str, right: str, second_right: str) -> tuple[str, ...]:
    return (f"Ctt++={tag}|{right}|{second_right}",)


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
        self._tokens: _Tokens[Total] = _Tokens(features, classes)
        self._word: Sums[_Key, Total] = Sums(add, partial(_word, classes))
        self._tags: Sums[_Key, Total] = Sums(add, _tags)
        self._right_tags: Sums[_Key, Total] = Sums(add, _right_tags)
        self._right_tag: Sums[_Key, Total] = Sums(add, _right_tag)
        self._clause: Sums[_Key, Total] = Sums(add, _clause)
        self._marks: Sums[_Key, Total] = Sums(add, _marks)
        self._subject: Sums[_Key, Total] = Sums(add, _subject)
        self._nominal: Sums[_Key, Total] = Sums(add, _nominal)
        self._outside_marks: Sums[_Key, Total] = Sums(add, _outside_marks)

    def surroundings(self, view: View) -> Surroundings[Total]:
        """Look at a sentence from both sides."""
        tags, n = view.tags, len(view.tags)
        subject, verbs = [], []
        nominal, that = [-1] * n, [0] * n
        at, count = -9, 0
        for i, tag in enumerate(tags):
            subject.append(at)
            verbs.append(count)
            if tag in _NOMINAL:
                low = max(at, i - 4, 0)
                nominal[low:i] = [i] * (i - low)
                at = i
            elif tag[0] == "V" or tag == "MD":
                count = min(count + 1, 3)
            elif tag == "Q":
                count = 0
        low = 0
        for i in [i for i, word in enumerate(view.words) if word == "that"]:
            low = max(low, i - 6)
            that[low:i] = range(i - low, 0, -1)
            low = i
        words = [_START] * _PAD + view.words + [_END] * _PAD
        tags = [_START] * _PAD + tags + [_END] * _PAD
        return Surroundings(
            view,
            [self._tokens[key] for key in zip(words, tags, strict=True)],
            words,
            tags,
            "-" + "".join(["q" if quoted else "o" for quoted in view.quoted]) + "-",
            subject,
            nominal,
            verbs,
            that,
        )

    def rows(self, around: Surroundings[Total], wanted: Iterable[int]) -> dict[int, Total]:
        """All that is seen of the wanted tokens of a sentence."""
        view: View = around.view
        none = self._none
        tokens, words, tags, inside = around.tokens, around.words, around.tags, around.inside
        rules = [*view.rule_cues, "-"]
        any_quoted = "Q" if view.any_quoted else "-"
        found: dict[int, Total] = {}
        for i in wanted:
            j = i + _PAD
            token, tag, left_tag, right_tag = tokens[j], tags[j], tags[j - 1], tags[j + 1]
            quotes = inside[i + 1] + inside[i] + inside[i + 2]
            own, habit, that, rule = token.own, token.habit, around.that[i], rules[i]
            row = (
                self._word[words[j], view.shapes[i], tag]
                + self._tags[left_tag, tag, right_tag]
                + self._right_tags[tag, right_tag, tags[j + 2]]
                + self._right_tag[token.group, habit, token.manner, tag, right_tag]
                + self._clause[habit, tag, left_tag, that, around.verbs[i]]
                + self._marks[quotes, any_quoted, habit, tag, rule, rules[i + 1]]
                + own.get("+" + right_tag, none)
                + own.get("-" + left_tag, none)
                + own.get("<" + words[j - 1], none)
                + own.get(">" + words[j + 1], none)
                + own.get("q" + quotes[0], none)
                + own.get("r" + rule, none)
                + own.get(f"t{that}", none)
                + tokens[j - 3].third_before
                + tokens[j - 2].second_before
                + tokens[j - 1].before
                + tokens[j + 1].behind
                + tokens[j + 2].second_behind
                + tokens[j + 3].third_behind
            )
            distance = i - around.subject[i]
            if distance <= 6:
                subject, subject_tag = tokens[j - distance], tags[j - distance]
                row = (
                    row
                    + subject.of_word.get(f"Csj{distance}", none)
                    + subject.of_group.get("j" + tag, none)
                    + subject.of_group.get(f"h{subject_tag}|{habit}", none)
                    + self._subject[subject_tag, tag]
                )
            nominal = around.nominal[i]
            if nominal >= 0:
                row = (
                    row
                    + tokens[nominal + _PAD].of_group.get("n" + habit, none)
                    + self._nominal[tags[nominal + _PAD], tag, min(nominal - i, 4)]
                )
            if i and view.any_quoted and not view.quoted[i]:
                row = row + self._outside_marks[min(view.marks[i], 3), habit]
            found[i] = row
        return found


class _Tokens(dict[tuple[str, str], Token[Total]]):
    """Lower-case word and tag -> token, kept for those met."""

    def __init__(self, features: Features[Total], classes: WordClasses) -> None:
        super().__init__()
        self._features: Features[Total] = features
        self._classes = classes
        # what a tag adds to the token that stands there from it
        self._at: dict[str, Sums[str, Total]] = {
            place: Sums(features.add, partial(_at, place))
            for place in ("-3", "-2", "-1", "+1", "+2", "+3")
        }

    def __missing__(self, key: tuple[str, str]) -> Token[Total]:
        if len(self) >= KEPT:
            self.clear()
        word, tag = key
        none, records, at = self._features.none, self._features.records, self._at
        base, group = stem(word), self._classes.cluster(word)
        of_word = records[word]
        of_group = records["k|" + (word if word in {_START, _END} else group)]
        token = self[key] = Token(
            self._classes.habit(base),
            group,
            self._classes.manner(word),
            records["s|" + base],
            of_word,
            of_group,
            at["-3"][tag],
            at["-2"][tag] + of_word.get("Cw-2", none),
            at["-1"][tag] + of_word.get("Cw-1", none) + of_group.get("-", none),
            at["+1"][tag] + of_word.get("Cw+1", none) + of_group.get("+", none),
            at["+2"][tag] + of_word.get("Cw+2", none),
            at["+3"][tag],
        )
        return token


def cue_features(view: View, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    features = CueFeatures(Names(), classes)
    return list(features.rows(features.surroundings(view), range(len(view.words))).values())
