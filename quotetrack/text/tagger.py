"""Part-of-speech tags for the tokens of a layout.

An averaged perceptron over greedy left-to-right decisions (Collins 2002) with a
dictionary of the words that have one tag only: those, most of a text, cost one lookup.

Tags are those of the Penn Treebank, merged where attribution needs no more:
NNPS -> NNP, JJR and JJS -> JJ, RBR and RBS -> RB, WP$ -> WP, PDT -> DT,
NFP, HYPH, SYM and LS -> ":", ADD -> NNP, AFX -> JJ, FW, GW and XX -> NN, "to" -> TO.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quotetrack.text import weights as files
from quotetrack.text.weights import Lanes, Sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.text.layout import Layout
    from quotetrack.text.weights import Weights

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


class Tagger:
    """The perceptron.

    Args:
        certain: Words with one tag.
        allowed: Words with several: the indices of those.
        weights: Of the features of `word_features` and `context_features`, for each tag.
        tags: The tags, by index.
    """

    def __init__(
        self,
        certain: Mapping[str, str],
        allowed: Mapping[str, list[int]],
        weights: Weights,
        tags: Sequence[str],
    ) -> None:
        self.certain = certain
        self.allowed = allowed
        self.weights = weights
        self.tags = tags
        self._fixed = {**certain, **FIXED}
        self._lanes = Lanes(len(tags))
        add = weights.adder(len(tags))
        self._by_word: Sums[str, int] = Sums(add, word_features)
        self._by_tags: Sums[tuple[str, str, bool, bool, bool], int] = Sums(add, _tag_features)
        self._by_left: Sums[str, int] = Sums(add, _left_features)
        self._by_second_left: Sums[str, int] = Sums(add, _second_left_features)
        self._by_right: Sums[str, int] = Sums(add, _right_features)
        self._by_second_right: Sums[str, int] = Sums(add, _second_right_features)
        self._by_tag_and_word: Sums[tuple[str, str], int] = Sums(add, _tag_and_word_features)
        self._by_tag_and_right: Sums[tuple[str, str], int] = Sums(add, _tag_and_right_features)
        self._by_words: Sums[tuple[str, str], int] = Sums(add, _words_features)

    def tag(self, sentence: Sequence[str]) -> list[str]:
        """One tag a word of one sentence."""
        words = [START, START, *map(normal, sentence), END, END]
        fixed = self._fixed.get
        tags: list[str] = []
        before = before_that = START
        inside = False  # straight double marks alternate
        for i in range(2, len(words) - 2):
            word = words[i]
            tag = fixed(word)
            if tag is None:
                if word == '"':
                    tag = "''" if inside else "``"
                    inside = not inside
                elif word == "'":
                    tag = "POS" if before[:2] == "NN" and i + 3 < len(words) else "''"
                else:
                    tag = self._best(words, i, before, before_that)
            tags.append(tag)
            before_that, before = before, tag
        return tags

    def _best(self, words: Sequence[str], i: int, before: str, before_that: str) -> str:
        """The tag with the highest score among those that the word allows."""
        word, right = words[i], words[i + 1]
        first = i == 2
        scores = self._lanes.unpack(
            self._by_word[word]
            + self._by_tags[before, before_that, word[0].isupper(), right[0].isupper(), first]
            + self._by_left[words[i - 1]]
            + self._by_second_left[words[i - 2]]
            + self._by_right[right]
            + self._by_second_right[words[i + 2]]
            + self._by_tag_and_word[before, word]
            + self._by_tag_and_right[before, right]
            + self._by_words[word, right]
        )
        options = self.allowed.get(word)
        if options is None and first:
            options = self.allowed.get(word.lower())
        return self.tags[best_of(scores, options)]


@lru_cache(maxsize=1 << 14)
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


def context_features(
    words: Sequence[str], i: int, before: str, before_that: str
) -> tuple[str, ...]:
    """Features of a word's surroundings: tags to the left, words on both sides.

    Args:
        words: Of a sentence, with two of `START` before and two of `END` behind.
        i: The word.
        before: Tag of the word before.
        before_that: Tag of the word before that one.
    """
    word, right = words[i], words[i + 1]
    return (
        *_tag_features(before, before_that, word[0].isupper(), right[0].isupper(), i == 2),
        *_left_features(words[i - 1]),
        *_second_left_features(words[i - 2]),
        *_right_features(right),
        *_second_right_features(words[i + 2]),
        *_tag_and_word_features(before, word),
        *_tag_and_right_features(before, right),
        *_words_features(word, right),
    )


def _tag_features(
    before: str,
    before_that: str,
    capital: bool,  # noqa: FBT001  keys of `Sums` are positional
    right_capital: bool,  # noqa: FBT001
    first: bool,  # noqa: FBT001
) -> tuple[str, ...]:
    case = "X" if capital else "x"
    return (
        "a" + before,
        "b" + before + " " + before_that,
        "l" + case + before + ("X" if right_capital else "x"),
        "m" + case + ("0" if first else "1"),
    )


def _left_features(left: str) -> tuple[str, ...]:
    return ("d" + left.lower(),)


def _second_left_features(word: str) -> tuple[str, ...]:
    return ("i" + word.lower(),)


def _right_features(right: str) -> tuple[str, ...]:
    lower = right.lower()
    return "e" + lower, "f" + lower[-3:]


def _second_right_features(word: str) -> tuple[str, ...]:
    return ("g" + word.lower(),)


def _tag_and_word_features(before: str, word: str) -> tuple[str, ...]:
    return ("c" + before + " " + word.lower(),)


def _tag_and_right_features(before: str, right: str) -> tuple[str, ...]:
    lower = right.lower()
    return "j" + lower + " " + before, "n" + lower[-2:] + " " + before


def _words_features(word: str, right: str) -> tuple[str, ...]:
    return ("k" + word.lower() + " " + right.lower(),)


def best_of(scores: Sequence[int], options: Sequence[int] | None) -> int:
    """Index of the highest score, among the options if there are any."""
    if options is None:
        return scores.index(max(scores))
    return max(options, key=scores.__getitem__)


@cache
def load() -> Tagger:
    """The weights that come with the package."""
    header, weights = files.load("tagger.z")
    tags = tuple(header["tags"])
    certain = {word: tags[k] for k, words in enumerate(header["certain"]) for word in words.split()}
    return Tagger(certain, header["allowed"], weights, tags)


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
