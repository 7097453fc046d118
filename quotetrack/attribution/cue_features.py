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
from quotetrack.text.weights import KEPT, Kept, Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_START, _END = "<s>", "</s>"
_PAD = 3
_HEARTS = 1 << 11
"""Words with tags whose sums are kept."""
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


def _word(word: str, tag: str, base: str, token: Token[Total]) -> tuple[str, ...]:
    return (
        "C",
        f"Cw={word}",
        f"Ct={tag}",
        f"Cl={base}",
        f"Clt={base}|{tag}",
        f"Cs3={word[-3:]}",
        f"Cg={token.group}",
        f"Cgt={token.group}|{tag}",
        f"Ch={token.habit}",
        f"Cm={token.manner}",
    )


def _shape(word: str) -> tuple[str, ...]:
    return (f"Csh={_outline(word)}",)


def _outline(word: str) -> str:
    """ "O'Neill" -> "X'Xx", "39-year-old" -> "d-x-x": runs folded to one letter."""
    out: list[str] = []
    for char in word[:20]:
        sort = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not out or out[-1] != sort:
            out.append(sort)
    return "".join(out)


def _at(place: str, tag: str) -> tuple[str, ...]:
    return (f"Ct{place}={tag}",)


def _tags(left: str, tag: str, right: str) -> tuple[str, ...]:
    return (f"Cttt={left}|{tag}|{right}",)


def _right_tags(tag: str, right: str, second_right: str) -> tuple[str, ...]:
    return (f"Ctt++={tag}|{right}|{second_right}",)


def _subject(subject_tag: str, tag: str) -> tuple[str, ...]:
    return (f"Csjt={subject_tag}|{tag}",)


def _nominal(nominal_tag: str, tag: str, distance: int) -> tuple[str, ...]:
    return (f"Cnx={nominal_tag}|{tag}|{distance}",)


def _outside_marks(marks: int, habit: str) -> tuple[str, ...]:
    return (f"Cmk={marks}|{habit}|Q",)


class Heart(Generic[Total]):
    """What a word with its tag adds up to as a possible part of a cue.

    Attributes:
        alone: Whatever stands around it.
        right: Right neighbour's tag -> more.
        left: Left neighbour's tag -> more.
        clause: How far the next "that" is, times four, and verbs before it -> more.
        marks: Marks and rules (see `_told`) -> more.
    """

    def __init__(self, features: Features[Total], word: str, tag: str, token: Token[Total]) -> None:
        self._add: Callable[[Iterable[str]], Total] = features.add
        self._none: Total = features.none
        self._tag = tag
        self._token: Token[Total] = token
        self.own: Record[Total] = token.own
        self.alone: Total = features.add(_word(word, tag, stem(word), token))
        self.right: Kept[str, Total] = Kept(self._right)
        self.left: Kept[str, Total] = Kept(self._left)
        self.clause: Kept[int, Total] = Kept(self._clause)
        self.marks: Kept[str, Total] = Kept(self._marks)

    def _right(self, right: str) -> Total:
        token, tag = self._token, self._tag
        names = (
            f"Ctt+={tag}|{right}",
            f"Cgt+={token.group}|{right}",
            f"Cht={token.habit}|{tag}|{right}",
            f"Cmt={token.manner}|{tag}|{right}",
        )
        return self._add(names) + self.own.get("+" + right, self._none)

    def _left(self, left: str) -> Total:
        tag = self._tag
        names = f"Ctt-={left}|{tag}", f"Cht-={self._token.habit}|{tag}|{left}"
        return self._add(names) + self.own.get("-" + left, self._none)

    def _clause(self, where: int) -> Total:
        habit, that, verbs = self._token.habit, where >> 2, where & 3
        names = f"Cthat={that}|{habit}", f"Cv={verbs}|{self._tag}|{habit}"
        return self._add(names) + self.own.get(f"t{that}", self._none)

    def _marks(self, told: str) -> Total:
        tag, habit = self._tag, self._token.habit
        quotes, any_quoted, quote = told[:3], told[3], told[0]
        rule, behind = told[4:].split("|")
        names = (
            f"Cq={quotes}",
            f"Cqt={quote}|{tag}",
            f"Cqq={any_quoted}|{quote}|{habit}",
            f"Cr={rule}|{tag}",
            f"Crq={rule}|{quote}{any_quoted}|{habit}",
            f"Crn={rule}|{behind}",
        )
        own, none = self.own, self._none
        return self._add(names) + own.get("q" + quote, none) + own.get("r" + rule, none)


def _told(view: View, inside: str, i: int) -> str:
    """Marks and rules at a token.

    Whether it, the one before and the one behind are quoted (q, o; - where none is), whether
    any is (Q, -), and what the rules say of it and of the one behind.
    """
    rules = view.rule_cues
    behind = rules[i + 1] if i + 1 < len(rules) else "-"
    any_quoted = "Q" if view.any_quoted else "-"
    return f"{inside[i + 1]}{inside[i]}{inside[i + 2]}{any_quoted}{rules[i]}|{behind}"


class CueFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        features: Weights to read, `Names` to train.
        classes: Of words, verbs and cues.
    """

    def __init__(self, features: Features[Total], classes: WordClasses) -> None:
        add = features.add
        self._all: Features[Total] = features
        self._none: Total = features.none
        self._tokens: _Tokens[Total] = _Tokens(features, classes)
        self._hearts: dict[tuple[str, str], Heart[Total]] = {}
        self._shape: Sums[_Key, Total] = Sums(add, _shape)
        self._tags: Sums[_Key, Total] = Sums(add, _tags)
        self._right_tags: Sums[_Key, Total] = Sums(add, _right_tags)
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
        found: dict[int, Total] = {}
        for i in wanted:
            j = i + _PAD
            tag, left_tag, right_tag = tags[j], tags[j - 1], tags[j + 1]
            heart, habit = self._heart(words[j], tag, tokens[j]), tokens[j].habit
            row = (
                heart.alone
                + heart.right[right_tag]
                + heart.left[left_tag]
                + heart.clause[around.that[i] << 2 | around.verbs[i]]
                + heart.marks[_told(view, inside, i)]
                + heart.own.get("<" + words[j - 1], none)
                + heart.own.get(">" + words[j + 1], none)
                + self._shape[view.cased[i]]
                + self._tags[left_tag, tag, right_tag]
                + self._right_tags[tag, right_tag, tags[j + 2]]
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
                row = row + self._outside_marks[min(view.tags[:i].count("Q"), 3), habit]
            found[i] = row
        return found

    def _heart(self, word: str, tag: str, token: Token[Total]) -> Heart[Total]:
        key = word, tag
        heart = self._hearts.get(key)
        if heart is None:
            if len(self._hearts) >= _HEARTS:
                self._hearts.clear()
            heart = self._hearts[key] = Heart(self._all, word, tag, token)
        return heart


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
