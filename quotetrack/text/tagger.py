"""Part-of-speech tags for the tokens of a layout.

An averaged perceptron over greedy left-to-right decisions (Collins 2002) with a
dictionary of the words that have one tag only: those, most of a text, cost one lookup.

Tags are those of the Penn Treebank, merged where attribution needs no more:
NNPS -> NNP, JJR and JJS -> JJ, RBR and RBS -> RB, WP$ -> WP, PDT -> DT,
NFP, HYPH, SYM and LS -> ":", ADD -> NNP, AFX -> JJ, FW, GW and XX -> NN, "to" -> TO.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic

from quotetrack import data
from quotetrack.text import weights as files
from quotetrack.text.weights import KEPT, NO_ROW, Sums, Total, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotetrack.text.layout import Layout
    from quotetrack.text.weights import Features, Numbers, Packed

MERGED = {
    "NNPS": "NNP",
    "JJR": "JJ",
    "JJS": "JJ",
    "RBR": "RB",
    "RBS": "RB",
    "WP$": "WP",
    "PDT": "DT",
    "NFP": ":",
    "HYPH": ":",
    "SYM": ":",
    "LS": ":",
    "ADD": "NNP",
    "AFX": "JJ",
    "FW": "NN",
    "#": ":",
    "GW": "NN",
    "XX": "NN",
}
"""Treebank tags that are not kept, and what they become."""

FIXED = {
    "to": "TO", "To": "TO",
    "“": "``", "„": "``", "‘": "``", "«": "``", "``": "``", "”": "''", "»": "''", "''": "''",
    ",": ",", ".": ".", "!": ".", "?": ".", ";": ":", ":": ":", "—": ":", "–": ":", "--": ":",
    "/": ":", "...": ":", "…": ":", "(": "-LRB-", "[": "-LRB-", "{": "-LRB-",
    ")": "-RRB-", "]": "-RRB-", "}": "-RRB-",
    "$": "$", "€": "$", "£": "$", "¥": "$", "%": "NN", "-": ":", "•": ":", "*": ":",
}  # fmt: skip


START, END = "<s>", "</s>"
"""What stands before the first word of a sentence and after the last."""


_CLOSED = frozenset(
    ("IN", "DT", "PRP", "PRP$", "CC", "TO", "MD", "WP", "WP$", "WDT", "WRB", "EX", "PDT", "RP")
)
"""Tags of small words, which are nearly all known: a longer unknown word has none of them."""
_SMALL = 3


class Tagger:
    """The perceptron.

    Args:
        certain: Words with one tag.
        allowed: Words with several: the indices of those.
        weights: Of the features of `TagFeatures`, for each tag.
        tags: The tags, by index.
    """

    def __init__(
        self,
        certain: Mapping[str, str],
        allowed: Mapping[str, tuple[int, ...]],
        weights: Packed,
        tags: Sequence[str],
    ) -> None:
        self.certain = certain
        self.allowed = allowed
        self.tags = tags
        self._weights = Weights(weights, len(tags))
        self._features = TagFeatures(self._weights, {**certain, **FIXED})
        self._every = tuple(range(len(tags)))
        self._open = tuple([k for k, tag in enumerate(tags) if tag not in _CLOSED])
        self._best_of_options: dict[tuple[int, ...], Callable[[int], int]] = {}
        self._best_of_word: dict[str, Callable[[int], int]] = {}

    def tag(self, sentence: Sequence[str]) -> list[str]:
        """One tag a word of one sentence."""
        words, row = self._features.words(sentence), self._features.row
        tags = [START, START, *[word.tag for word in words[2:-2]]]
        inside = False  # straight double marks alternate
        for i in [i for i, tag in enumerate(tags) if not tag]:
            name = words[i].name
            if name == '"':
                tags[i] = "''" if inside else "``"
                inside = not inside
            elif name == "'":
                possessive = tags[i - 1][:2] == "NN" and i + 3 < len(words)
                tags[i] = "POS" if possessive else "''"
            else:
                best_of = self._best_of_word.get(name) or self._best_of(words[i], first=i == 2)
                tags[i] = self.tags[best_of(row(words, i, tags[i - 1], tags[i - 2]))]
        return tags[2:]

    def _best_of(self, word: Word[int], *, first: bool) -> Callable[[int], int]:
        """What tells the tag with the highest score among those that a word allows."""
        known = self.allowed.get(word.name)
        options = known or (self.allowed.get(word.lower) if first else None)
        if options is None:
            small = len(word.lower) <= _SMALL or word.lower in data.words("rare_small_words.txt")
            options = self._every if small else self._open
        best_of = self._best_of_options.get(options)
        if best_of is None:
            best_of = self._best_of_options[options] = self._weights.lanes.highest(options)
        if known:
            self._best_of_word[word.name] = best_of
        return best_of


@dataclass(slots=True)
class Word(Generic[Total]):
    """A word with what it adds to its own score and to those around it."""

    name: str
    """As the dictionaries hold it."""
    lower: str
    capital: bool
    tag: str
    """The only one it has; empty: it has several."""
    numbers: Numbers
    """Of the features in its record."""
    as_right: str
    """Feature of the word before it: the two are neighbours."""
    to_right: Total
    to_second_right: Total
    to_second_left: Total
    to_left: dict[str, Total]
    """Tag before the word on the left -> what is added to that word."""
    own: dict[str, Total]
    """Tag before -> what its own form and that tag add, if no capital letter follows."""
    own_before_capital: dict[str, Total]


class TagFeatures(Generic[Total]):
    """What the tagger sees of a word.

    Args:
        features: Weights to read, `Names` to train.
        certain: Words with one tag.
    """

    def __init__(self, features: Features[Total], certain: Mapping[str, str]) -> None:
        add = features.add
        self._rows: Mapping[int, Total] = features.rows
        self._words: _Words[Total] = _Words(features, certain)
        self._form: Sums[str, Total] = Sums(add, word_features)
        self._tag_and_case: Sums[tuple[str, bool, bool], Total] = Sums(add, _tag_and_case)
        self._two_tags: Sums[tuple[str, str], Total] = Sums(add, _two_tags)
        self._ending: Sums[str, Total] = Sums(add, _ending)
        self._tag_and_ending: Sums[tuple[str, str], Total] = Sums(add, _tag_and_ending)

    def words(self, sentence: Sequence[str]) -> list[Word[Total]]:
        """The words of a sentence, two marks at each end."""
        return list(map(self._words.__getitem__, (START, START, *sentence, END, END)))

    def row(self, words: Sequence[Word[Total]], i: int, before: str, before_that: str) -> Total:
        """All features of a word and its surroundings.

        Args:
            words: Of a sentence, with the marks at its ends.
            i: The word.
            before: Tag of the word before.
            before_that: Tag of the word before that one.
        """
        word, right = words[i], words[i + 1]
        own = (word.own_before_capital if right.capital else word.own).get(before)
        if own is None:
            own = self._own(word, right, before)
        from_right = right.to_left.get(before)
        if from_right is None:
            from_right = self._from_right(right, before)
        return (
            own
            + from_right
            + self._two_tags[before, before_that]
            + self._rows[word.numbers.get(right.as_right, NO_ROW)]
            + words[i - 1].to_right
            + words[i - 2].to_second_right
            + words[i + 2].to_second_left
        )

    def _own(self, word: Word[Total], right: Word[Total], before: str) -> Total:
        known = word.own_before_capital if right.capital else word.own
        found: Total = (
            self._form[word.name]
            + self._tag_and_case[before, word.capital, right.capital]
            + self._rows[word.numbers.get("c" + before, NO_ROW)]
        )
        known[before] = found
        return found

    def _from_right(self, right: Word[Total], before: str) -> Total:
        rows, numbers, lower = self._rows, right.numbers, right.lower
        found = right.to_left[before] = (
            self._ending[lower[-3:]]
            + self._tag_and_ending[before, lower[-2:]]
            + rows[numbers.get("e", NO_ROW)]
            + rows[numbers.get("j" + before, NO_ROW)]
        )
        return found


class _Words(dict[str, Word[Total]]):
    """Word of a text -> what the tagger knows of it, kept for those met."""

    def __init__(self, features: Features[Total], certain: Mapping[str, str]) -> None:
        super().__init__()
        self._features: Features[Total] = features
        self._certain = certain

    def __missing__(self, written: str) -> Word[Total]:
        if len(self) >= KEPT:
            self.clear()
        name = normal(written)
        lower, rows = name.lower(), self._features.rows
        numbers = self._features.numbers(lower)
        word = self[written] = Word(
            name,
            lower,
            name[0].isupper(),
            self._certain.get(name, ""),
            numbers,
            "k" + lower,
            rows[numbers.get("d", NO_ROW)],
            rows[numbers.get("i", NO_ROW)],
            rows[numbers.get("g", NO_ROW)],
            {},
            {},
            {},
        )
        return word


def normal(word: str) -> str:
    """A word as the dictionaries hold it: typographic apostrophes straight, digits as 0."""
    if "’" in word:
        word = word.replace("’", "'")
    if word[0].isdigit():
        return "".join("0" if c.isdigit() else c for c in word)
    return word


def word_features(word: str) -> tuple[str, ...]:
    """Features of a word by itself."""
    lower = word.lower()
    shape = (
        "d" if word[0].isdigit()
        else "C" if word.isupper() and len(word) > 1
        else "X" if word[0].isupper()
        else "x"
    )  # fmt: skip
    found = ["w" + lower, "h" + shape, "3" + lower[-3:], "2" + lower[-2:], "1" + lower[-1:]]
    found += ["4" + lower[-4:], "p" + lower[:3], "s" + shape + lower[-2:]]
    if "-" in word:
        found += ["-", "-" + lower.rsplit("-", 1)[1]]
    return tuple(found)


def _tag_and_case(before: str, capital: bool, right_capital: bool) -> tuple[str, ...]:  # noqa: FBT001  keys of `Sums` are positional
    case = "X" if capital else "x"
    return (
        f"a{before}",
        f"l{case}{before}{'X' if right_capital else 'x'}",
        f"m{case}{'0' if before == START else '1'}",
    )


def _two_tags(before: str, before_that: str) -> tuple[str, ...]:
    return (f"b{before}|{before_that}",)


def _ending(ending: str) -> tuple[str, ...]:
    return (f"f{ending}",)


def _tag_and_ending(before: str, ending: str) -> tuple[str, ...]:
    return (f"n{ending}|{before}",)


@cache
def load() -> Tagger:
    """The weights that come with the package."""
    header, weights = files.load("tagger.z")
    tags = tuple(header["tags"])
    certain = {word: tags[k] for k, words in enumerate(header["certain"]) for word in words.split()}
    allowed = {word: tuple(options) for word, options in header["allowed"].items()}
    return Tagger(certain, allowed, weights, tags)


def is_common_word(word: str) -> bool:
    """Whether a lower-case word was seen in training text often enough to be no mere name."""
    model = load()
    return word in model.certain or word in model.allowed


def tag_words(words: Sequence[str], model: Tagger | None = None) -> list[str]:
    """One tag a word of one sentence."""
    return (model or load()).tag(words)


def tag(layout: Layout) -> list[str]:
    """One tag a token of the layout."""
    model = load()
    tags: list[str] = []
    for sentence in layout.sentences:
        tags += model.tag(layout.words[sentence.first : sentence.last])
    return tags
