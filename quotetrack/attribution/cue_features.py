"""What the cue tagger sees of a token; every feature begins with a capital C.

The features come in groups, each a function whose arguments are all that the group
depends on (see `Sums`).  The same code serves training and reading, so that the two can
never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from quotetrack.text.stems import stem
from quotetrack.text.weights import Kept, Names, Sums, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from quotetrack.attribution.view import View
    from quotetrack.attribution.wordclass import WordClasses
    from quotetrack.text.weights import Features, Record

_NOMINAL = frozenset(("NN", "NNS", "NNP", "PRP", "WP"))
_START, _END = "<s>", "</s>"
_PAD = 3
_FURTHEST_SUBJECT = 6
_SUBJECTS = [f"Csj{distance}" for distance in range(_FURTHEST_SUBJECT + 1)]
_FURTHEST_NOMINAL = 4
_FURTHEST_THAT = 6
_MANY = 3
"""Verbs and marks are counted no further."""
_TOKENS = 1 << 12
"""Words kept of each tag."""
_HEARTS = 1 << 11
"""Words with tags whose sums are kept."""
_Key = str | tuple[str | int, ...]


@dataclass(slots=True)
class Token(Generic[Total]):
    """A word with its tag: what it adds to the tokens around it."""

    word: str
    tag: str
    kind: str
    """Its letter in `Surroundings.kinds`."""
    wanted: bool
    """Whether it may be the heart of a cue."""
    of_word: Record[Total]
    of_group: Record[Total]
    named_left: str
    """Name of the feature that a token has which it stands before; then behind."""
    named_right: str
    third_before: Total
    """What it adds to a token that it stands so far before, or behind."""
    second_before: Total
    before: Total
    behind: Total
    second_behind: Total
    third_behind: Total
    heart: Heart[Total] | None
    """What it adds up to itself, once asked for."""


@dataclass(slots=True)
class Surroundings(Generic[Total]):
    """A sentence with what its tokens find to the left and right."""

    view: View
    tokens: list[Token[Total]]
    """Three more at each end."""
    wanted: list[int]
    """Words that are often cues, verbs never seen, and what the rules found."""
    kinds: str
    """For every token N (noun or pronoun), V (verb), Q (quotation mark), T ("that") or "-"."""
    inside: str
    """For every token q or o, n in sentences without quotations, - before and behind them."""
    rules: list[str]
    """Those of the view and one more; empty without any."""


def _kind(word: str, tag: str) -> str:
    if tag in _NOMINAL:
        return "N"
    if tag[0] == "V" or tag == "MD":
        return "V"
    return "Q" if tag == "Q" else "T" if word == "that" else "-"


def _word(heart: Heart[Total], word: str, base: str) -> tuple[str, ...]:
    tag = heart.tag
    return (
        "C",
        f"Cw={word}",
        f"Ct={tag}",
        f"Cl={base}",
        f"Clt={base}|{tag}",
        f"Cs3={word[-3:]}",
        f"Cg={heart.group}",
        f"Cgt={heart.group}|{tag}",
        f"Ch={heart.habit}",
        f"Cm={heart.manner}",
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
        marks: Whether the one before, it and the one behind are quoted (see `Surroundings.inside`)
            and what the rules say of it and of the one behind, if anything -> more.
    """

    def __init__(
        self, features: Features[Total], classes: WordClasses, word: str, tag: str
    ) -> None:
        base = stem(word)
        self._add: Callable[[Iterable[str]], Total] = features.add
        self._none: Total = features.none
        self.tag = tag
        self.habit = classes.habit(base)
        self.group = classes.cluster(word)
        self.manner = classes.manner(word)
        self.own: Record[Total] = features.records["s|" + base]
        self.alone: Total = features.add(_word(self, word, base))
        self.right: Kept[str, Total] = Kept(self._right)
        self.left: Kept[str, Total] = Kept(self._left)
        self.clause: Kept[int, Total] = Kept(self._clause)
        self.marks: Kept[str, Total] = Kept(self._marks)
        self.named_with_subject = "j" + tag
        self.named_before_nominal = "n" + self.habit

    def _right(self, right: str) -> Total:
        tag = self.tag
        names = (
            f"Ctt+={tag}|{right}",
            f"Cgt+={self.group}|{right}",
            f"Cht={self.habit}|{tag}|{right}",
            f"Cmt={self.manner}|{tag}|{right}",
        )
        return self._add(names) + self.own.get("+" + right, self._none)

    def _left(self, left: str) -> Total:
        tag = self.tag
        names = f"Ctt-={left}|{tag}", f"Cht-={self.habit}|{tag}|{left}"
        return self._add(names) + self.own.get("-" + left, self._none)

    def _clause(self, where: int) -> Total:
        habit, that, verbs = self.habit, where >> 2, where & 3
        names = f"Cthat={that}|{habit}", f"Cv={verbs}|{self.tag}|{habit}"
        return self._add(names) + self.own.get(f"t{that}", self._none)

    def _marks(self, told: str) -> Total:
        tag, habit = self.tag, self.habit
        any_quoted = "-" if told[1] == "n" else "Q"
        quotes = told[:3].replace("n", "o")
        quote = quotes[1]
        rule, behind = told[3:].split("|") if told[3:] else ("-", "-")
        names = (
            f"Cq={quote}{quotes[0]}{quotes[2]}",
            f"Cqt={quote}|{tag}",
            f"Cqq={any_quoted}|{quote}|{habit}",
            f"Cr={rule}|{tag}",
            f"Crq={rule}|{quote}{any_quoted}|{habit}",
            f"Crn={rule}|{behind}",
        )
        own, none = self.own, self._none
        return self._add(names) + own.get("q" + quote, none) + own.get("r" + rule, none)


class CueFeatures(Generic[Total]):
    """The features of tokens, added up.

    Args:
        features: Weights to read, `Names` to train.
        classes: Of words, verbs and cues.
        heads: Content words that were often cues: stem and two letters of the tag ("say/VB").
    """

    def __init__(
        self, features: Features[Total], classes: WordClasses, heads: Container[str]
    ) -> None:
        add = features.add
        self._all: Features[Total] = features
        self._classes = classes
        self._none: Total = features.none
        self._tagged: _Tagged[Total] = _Tagged(features, classes, heads)
        self._with_hearts: list[Token[Total]] = []
        self._shape: Sums[_Key, Total] = Sums(add, _shape)
        self._tags: Sums[_Key, Total] = Sums(add, _tags)
        self._right_tags: Sums[_Key, Total] = Sums(add, _right_tags)
        self._subject: Sums[_Key, Total] = Sums(add, _subject)
        self._nominal: Sums[_Key, Total] = Sums(add, _nominal)
        self._outside_marks: Sums[_Key, Total] = Sums(add, _outside_marks)

    def surroundings(self, view: View) -> Surroundings[Total]:
        """Look at a sentence from both sides."""
        words: list[str] = view.words
        rules: list[str] = view.rule_cues
        tagged = self._tagged
        before, behind = [tagged[_START][_START]] * _PAD, [tagged[_END][_END]] * _PAD
        here = [tagged[tag][word] for word, tag in zip(words, view.tags, strict=True)]
        tokens: list[Token[Total]] = before + here + behind
        wanted: list[int] = [i for i, token in enumerate(here) if token.wanted]
        if ruled := rules.count("-") < len(rules):
            by_rule: list[int] = [i for i, rule in enumerate(rules) if rule != "-"]
            wanted = sorted({*wanted, *by_rule})
        if view.any_quoted:
            inside = "".join(map("oq".__getitem__, view.quoted))
        else:
            inside = "n" * len(words)
        return Surroundings(
            view,
            tokens,
            wanted,
            "".join([token.kind for token in here]),
            f"-{inside}-",
            [*rules, "-"] if ruled else [],
        )

    def rows(self, around: Surroundings[Total], wanted: Iterable[int]) -> dict[int, Total]:
        """All that is seen of the wanted tokens of a sentence."""
        view: View = around.view
        none = self._none
        tokens, kinds, inside, rules = around.tokens, around.kinds, around.inside, around.rules
        marked, with_that = "Q" in kinds, "T" in kinds
        found: dict[int, Total] = {}
        for i in wanted:
            third_left, second_left, left, token, right, second_right, third_right = tokens[
                i : i + 2 * _PAD + 1
            ]
            tag, left_tag, right_tag = token.tag, left.tag, right.tag
            heart = token.heart or self._heart(token)
            own, habit = heart.own, heart.habit
            verbs = min(kinds.count("V", kinds.rfind("Q", 0, i) + 1 if marked else 0, i), _MANY)
            that = max(kinds.find("T", i + 1, i + 1 + _FURTHEST_THAT) - i, 0) if with_that else 0
            told = inside[i : i + 3]
            if rules and not rules[i] == rules[i + 1] == "-":
                told += f"{rules[i]}|{rules[i + 1]}"
            row = (
                heart.alone
                + heart.right[right_tag]
                + heart.left[left_tag]
                + heart.clause[that << 2 | verbs]
                + heart.marks[told]
                + own.get(left.named_left, none)
                + own.get(right.named_right, none)
                + self._shape[view.cased[i]]
                + self._tags[left_tag, tag, right_tag]
                + self._right_tags[tag, right_tag, second_right.tag]
                + third_left.third_before
                + second_left.second_before
                + left.before
                + right.behind
                + second_right.second_behind
                + third_right.third_behind
            )
            at = kinds.rfind("N", 0, i)
            if at >= 0 and i - at <= _FURTHEST_SUBJECT:
                subject = tokens[at + _PAD]
                row = (
                    row
                    + subject.of_word.get(_SUBJECTS[i - at], none)
                    + subject.of_group.get(heart.named_with_subject, none)
                    + subject.of_group.get(f"h{subject.tag}|{habit}", none)
                    + self._subject[subject.tag, tag]
                )
            at = kinds.find("N", i + 1, i + 1 + _FURTHEST_NOMINAL)
            if at >= 0:
                nominal = tokens[at + _PAD]
                row = (
                    row
                    + nominal.of_group.get(heart.named_before_nominal, none)
                    + self._nominal[nominal.tag, tag, at - i]
                )
            if i and inside[i + 1] == "o":
                row = row + self._outside_marks[min(kinds.count("Q", 0, i), _MANY), habit]
            found[i] = row
        return found

    def _heart(self, token: Token[Total]) -> Heart[Total]:
        if len(self._with_hearts) >= _HEARTS:
            for other in self._with_hearts:
                other.heart = None
            self._with_hearts.clear()
        self._with_hearts.append(token)
        heart = token.heart = Heart(self._all, self._classes, token.word, token.tag)
        return heart


class _Tagged(dict[str, "_Tokens[Total]"], Generic[Total]):
    """Tag -> its tokens."""

    def __init__(
        self, features: Features[Total], classes: WordClasses, heads: Container[str]
    ) -> None:
        super().__init__()
        self.features: Features[Total] = features
        self.classes = classes
        self.heads = heads

    def __missing__(self, tag: str) -> _Tokens[Total]:
        tokens = self[tag] = _Tokens(self, tag)
        return tokens


class _Tokens(dict[str, Token[Total]]):
    """Lower-case word -> token with one tag, kept for those met."""

    def __init__(self, tagged: _Tagged[Total], tag: str) -> None:
        super().__init__()
        self._features: Features[Total] = tagged.features
        self._classes = tagged.classes
        self._heads = tagged.heads
        self._tag = tag
        add = tagged.features.add
        places = ("-3", "-2", "-1", "+1", "+2", "+3")
        self._at: list[Total] = [add((f"Ct{place}={tag}",)) for place in places]

    def __missing__(self, word: str) -> Token[Total]:
        if len(self) >= _TOKENS:
            self.clear()
        tag, none, records = self._tag, self._features.none, self._features.records
        base = stem(word)
        of_word = records[word]
        # the first and last have no group
        of_group = records["k|" + (word if word in {_START, _END} else self._classes.cluster(word))]
        third_before, second_before, before, behind, second_behind, third_behind = self._at
        token = self[word] = Token(
            word,
            tag,
            _kind(word, tag),
            f"{base}/{tag[:2]}" in self._heads
            or (tag[0] == "V" and base not in self._classes.habits),
            of_word,
            of_group,
            "<" + word,
            ">" + word,
            third_before,
            second_before + of_word.get("Cw-2", none),
            before + of_word.get("Cw-1", none) + of_group.get("-", none),
            behind + of_word.get("Cw+1", none) + of_group.get("+", none),
            second_behind + of_word.get("Cw+2", none),
            third_behind,
            None,
        )
        return token


def cue_features(view: View, classes: WordClasses) -> list[list[str]]:
    """All features of every token, as training reads them."""
    features = CueFeatures(Names(), classes, ())
    return list(features.rows(features.surroundings(view), range(len(view.words))).values())
