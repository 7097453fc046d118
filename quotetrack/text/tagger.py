"""Part-of-speech tags for the tokens of a layout.

An averaged perceptron over greedy left-to-right decisions (Collins 2002) with a
dictionary of the words that have one tag only: those, most of a text, cost one lookup.

Tags are those of the Penn Treebank, merged where attribution needs no more:
NNPS -> NNP, JJR and JJS -> JJ, RBR and RBS -> RB, WP$ -> WP, PDT -> DT,
NFP, HYPH, SYM and LS -> ":", ADD -> NNP, AFX -> JJ, FW, GW and XX -> NN, "to" -> TO.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Generic

from quotetrack.text import weights as files
from quotetrack.text.weights import Sums, Total, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotetrack.text.layout import Layout
    from quotetrack.text.weights import Features, Packed, Record

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
        weights: Of the features of `TagFeatures`, for each tag.
        tags: The tags, by index.
    """

    def __init__(
        self,
        certain: Mapping[str, str],
        allowed: Mapping[str, list[int]],
        weights: Packed,
        tags: Sequence[str],
    ) -> None:
        self.certain = certain
        self.allowed = allowed
        self.tags = tags
        self._fixed = {**certain, **FIXED}
        self._weights = Weights(weights, len(tags))
        self._features = TagFeatures(self._weights)

    def tag(self, sentence: Sequence[str]) -> list[str]:
        """One tag a word of one sentence."""
        words = padded(sentence)
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
        total = self._features.row(words, i, before, before_that)
        scores = self._weights.lanes.unpack(total)
        options = self.allowed.get(words[i])
        if options is None and i == 2:
            options = self.allowed.get(words[i].lower())
        return self.tags[best_of(scores, options)]


class TagFeatures(Generic[Total]):
    """What the tagger sees of a word.

    Args:
        features: Weights to read, `Names` to train.
    """

    def __init__(self, features: Features[Total]) -> None:
        self._none: Total = features.none
        self._records: Mapping[str, Record[Total]] = features.records
        self._word: Sums[str, Total] = Sums(features.add, word_features)
        self._tags: Sums[tuple[str, str, bool, bool, bool], Total] = Sums(
            features.add, _tag_features
        )
        self._ending: Sums[str, Total] = Sums(features.add, _ending_features)
        self._tag_and_ending: Sums[tuple[str, str], Total] = Sums(
            features.add, _tag_and_ending_features
        )

    def row(self, words: Sequence[str], i: int, before: str, before_that: str) -> Total:
        """All features of a word and its surroundings.

        Args:
            words: Of a sentence, padded.
            i: The word.
            before: Tag of the word before.
            before_that: Tag of the word before that one.
        """
        none, records = self._none, self._records
        word, right = words[i], words[i + 1]
        lower_right = right.lower()
        own, behind = records[word.lower()], records[lower_right]
        return (
            self._word[word]
            + self._tags[before, before_that, word[0].isupper(), right[0].isupper(), i == 2]
            + self._ending[lower_right[-3:]]
            + self._tag_and_ending[before, lower_right[-2:]]
            + own.get("c" + before, none)
            + own.get("k" + lower_right, none)
            + behind.get("e", none)
            + behind.get("j" + before, none)
            + records[words[i - 1].lower()].get("d", none)
            + records[words[i - 2].lower()].get("i", none)
            + records[words[i + 2].lower()].get("g", none)
        )


def padded(sentence: Sequence[str]) -> list[str]:
    """The words of a sentence as the dictionaries hold them, two marks at each end."""
    return [START, START, *map(normal, sentence), END, END]


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


def _tag_features(
    before: str,
    before_that: str,
    capital: bool,  # noqa: FBT001  keys of `Sums` are positional
    right_capital: bool,  # noqa: FBT001
    first: bool,  # noqa: FBT001
) -> tuple[str, ...]:
    case = "X" if capital else "x"
    return (
        f"a{before}",
        f"b{before}|{before_that}",
        f"l{case}{before}{'X' if right_capital else 'x'}",
        f"m{case}{'0' if first else '1'}",
    )


def _ending_features(ending: str) -> tuple[str, ...]:
    return (f"f{ending}",)


def _tag_and_ending_features(before: str, ending: str) -> tuple[str, ...]:
    return (f"n{ending}|{before}",)


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
